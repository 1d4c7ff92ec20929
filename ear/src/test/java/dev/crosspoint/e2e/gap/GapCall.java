package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.Person;
import dev.crosspoint.e2e.RunningServer;
import dev.crosspoint.e2e.gap.Observation.Participant;
import dev.crosspoint.e2e.gap.TransitionLog.Entry;
import java.sql.SQLException;
import java.util.List;

/** A call of Ann and Bob that is switched, again and again, because Cid comes and goes. */
final class GapCall implements AutoCloseable {
  /** A quiet time, long enough to know what the machine does without a switch. */
  private static final double QUIET_MS = 2_000;

  /** What comes after a switch can belong to it for so long. */
  private static final double TAIL_MS = 1_000;

  /** Small pages leave the machine to the media. */
  private static final int WIDTH = 640;

  private static final int HEIGHT = 400;

  /** Of every camera: as many as are still all shown where nothing is switched. */
  static final int FRAMES_PER_SECOND = 20;

  private static final double PATIENCE_MS = 90_000;
  private static final double POLL_MS = 100;

  private final Seats seats = new Seats();
  private final Observed ann;
  private final Observed bob;
  private final Person cid;
  private final TransitionLog log;
  private long lastNumber;

  /** Starts the call, directly between Ann and Bob. */
  GapCall(RunningServer server, Scene scene) {
    ann = Observed.person(seats, scene.ann(), "Ann", 1, true);
    bob = Observed.person(seats, scene.bob(), "Bob", 2, !scene.bobIsAway());
    cid = small(seats.seat(scene.cid(), "Cid", 3));
    String link = ann.person().startCall(seats.page(server), "Gaps");
    log = new TransitionLog(server, link.substring(link.lastIndexOf('/') + 1));
    bob.person().join(link);
    for (Observed each : List.of(ann, bob)) {
      each.person().awaitMode("DIRECT");
    }
    ann.person().awaitSeesAndHears(bob.person());
    bob.person().awaitSeesAndHears(ann.person());
    if (scene.bobIsAway()) {
      bob.person().page().evaluate("() => window.gap.hide()");
    }
    cid.page().navigate(link);
    cid.page().getByLabel("Your name").fill("Cid");
  }

  /** Cid comes: direct paths become paths over the SFU. */
  Observation toSfu() throws SQLException {
    awaitStandby();
    Observation observed = observe(Direction.TO_SFU, () -> cid.press("Join the call"));
    cid.awaitMode("SFU");
    return observed;
  }

  /** A call that has been direct for a while, as most have: what is made ready then is ready. */
  private void awaitStandby() {
    ann.person().awaitStandby();
    bob.person().awaitStandby();
  }

  /** Cid goes, and stands before the door again. */
  Observation toDirect() throws SQLException {
    Observation observed = observe(Direction.TO_DIRECT, cid::leave);
    cid.press("Join again");
    return observed;
  }

  private Observation observe(Direction direction, Runnable cause) throws SQLException {
    wait(QUIET_MS);
    double begin = System.currentTimeMillis();
    cause.run();
    List<Entry> attempts = awaitCompleted();
    ann.person().awaitMode(direction.mode());
    bob.person().awaitMode(direction.mode());
    wait(TAIL_MS);
    return new Observation(
        direction,
        new Period(begin - QUIET_MS, begin),
        new Period(begin, attempts.getLast().finishedAt() + TAIL_MS / 2),
        attempts,
        List.of(ann.take(), bob.take()));
  }

  private List<Entry> awaitCompleted() throws SQLException {
    double end = System.currentTimeMillis() + PATIENCE_MS;
    while (System.currentTimeMillis() < end) {
      List<Entry> entries = log.after(lastNumber);
      if (!entries.isEmpty() && entries.getLast().completed()) {
        lastNumber = entries.getLast().number();
        return entries;
      }
      wait(POLL_MS);
    }
    throw new IllegalStateException("no transition was completed: " + log.after(lastNumber));
  }

  /** Errors that the pages wrote. */
  List<String> complaints() {
    return seats.complaints();
  }

  private static Person small(Person person) {
    person.page().setViewportSize(WIDTH, HEIGHT);
    return person.filming(FRAMES_PER_SECOND);
  }

  private void wait(double ms) {
    ann.person().page().waitForTimeout(ms);
  }

  @Override
  public void close() {
    seats.close();
  }

  /** Somebody whose page records what it shows and plays. */
  private record Observed(Person person, int number, boolean watching, boolean listening) {
    static Observed person(Seats seats, Seat seat, String name, int number, boolean watching) {
      Person person = small(seats.seat(seat, name, number));
      person.page().addInitScript(Scripts.observer());
      return new Observed(person, number, watching, Seats.canBeHeard(seat));
    }

    Participant take() {
      String recording = (String) person.page().evaluate("() => window.gap.take()");
      return new Participant(
          person.name(), number, watching, listening, Recording.parse(recording));
    }
  }
}
