package dev.crosspoint.e2e;

import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import java.io.Closeable;
import java.util.List;

/**
 * Three people at machines of their own, who go from one call to the next.
 *
 * @param annsHost Ann's machine
 * @param bobsHost Bob's machine
 * @param cidsHost Cid's machine
 */
record Trio(
    Person ann,
    Person bob,
    Person cid,
    NetworkHost annsHost,
    NetworkHost bobsHost,
    NetworkHost cidsHost,
    Browsers browsers)
    implements Closeable {

  /** Lines are thin for cameras that take as many. */
  static final int FRAMES_PER_SECOND = 20;

  static Trio start() {
    NetworkLab lab = NetworkLab.get();
    NetworkHost annsHost = lab.connect("ann");
    NetworkHost bobsHost = lab.connect("bob");
    NetworkHost cidsHost = lab.connect("cid");
    Browsers browsers = new Browsers();
    return new Trio(
        new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1, annsHost).filming(FRAMES_PER_SECOND),
        new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2, bobsHost).filming(FRAMES_PER_SECOND),
        new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3, cidsHost).filming(FRAMES_PER_SECOND),
        annsHost,
        bobsHost,
        cidsHost,
        browsers);
  }

  /** The same networks with others in the places of Ann and Bob. */
  Trio with(Person otherAnn, Person otherBob) {
    return new Trio(otherAnn, otherBob, cid, annsHost, bobsHost, cidsHost, browsers);
  }

  /** Ann and Bob are in a new call and talk directly. */
  String annAndBobTalk(LabServer server) {
    String link = ann.startCall(server.page(), "Chaos");
    bob.join(link);
    Person.everybodySeesAndHears(ann, bob);
    ann.awaitMode("DIRECT");
    bob.awaitMode("DIRECT");
    return link;
  }

  List<Person> everybody() {
    return List.of(ann, bob, cid);
  }

  /** All three see and hear each other over the media server. */
  void everybodyTalksInTheGroup() {
    everybody().forEach(person -> person.awaitMode("SFU"));
    Person.everybodySeesAndHears(ann, bob, cid);
  }

  /** All three see and hear each other, some of them past the media server. */
  void everybodyTalksWithSomeKeptDirect() {
    everybody().forEach(Person::awaitHybrid);
    Person.everybodySeesAndHears(ann, bob, cid);
  }

  void everybodyIsTold(String sentence) {
    everybody().forEach(person -> person.awaitTold(sentence));
  }

  /** All three leave their calls, and nothing of what was done to them is left. */
  void goAway() {
    annsHost.unblock();
    bobsHost.unblock();
    cidsHost.unblock();
    everybody().forEach(Person::goAway);
  }

  @Override
  public void close() {
    browsers.close();
    annsHost.close();
    bobsHost.close();
    cidsHost.close();
  }
}
