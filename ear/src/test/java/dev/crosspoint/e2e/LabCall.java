package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A call in the network lab: Ann and Bob talk directly and are watched, and Cid may come.
 *
 * @param annAndBob notices when one of them has nothing of the other
 */
record LabCall(RunningServer server, Trio trio, String link, CallRecord record, Witness annAndBob) {
  static final String MOVED = "DIRECT SFU PARTICIPANT_JOINED COMPLETED";
  static final String READY = "transitionReady";
  static final String SWITCHED = "transitionSwitched";
  static final String IS_READY = "window.crosspoint.describe().transitionStep === 'READY'";
  static final String FAILED = "Switching to group mode failed, retrying…";

  static LabCall start(LabServer lab, Trio trio) throws IOException, InterruptedException {
    RunningServer server = lab.server();
    String link = trio.annAndBobTalk(lab);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());
    return new LabCall(server, trio, link, CallRecord.of(server, link), annAndBob);
  }

  /** Ann and Bob have paths to the media server that wait to be used. */
  void pathsStandBy() {
    trio.ann().awaitStandby();
    trio.bob().awaitStandby();
  }

  void cidComes() {
    trio.cid().join(link);
  }

  /** Cid comes, and everything is ready but that he does not say so until he speaks. */
  void cidIsHeldBack() throws IOException, InterruptedException {
    trio.cid().joinWithholding(link, READY);
    record.awaitPhase("CONNECTING");
  }

  /** Somebody who comes without a microphone, and says nothing of the paths by themselves. */
  TestCall.Person silentComes(String name) throws IOException, InterruptedException {
    return TestCall.of(server, link).joinSilent(name);
  }

  /** In the end all three talk in the group, and Ann and Bob never missed anything. */
  void movesUnnoticed() throws IOException, InterruptedException {
    moves(Witness.NOTICEABLE);
  }

  /** The same where the story makes Ann or Bob miss something, which must not last that long. */
  void moves(Duration tooLong) throws IOException, InterruptedException {
    trio.everybodyTalksInTheGroup();
    annAndBob.nothingStoppedFor(tooLong);
    record.awaitSummary(MOVED);
  }

  /** The first attempt came as far as connecting, and was given up then. */
  void firstAttemptFailed(String why) throws IOException, InterruptedException {
    firstAttemptFailed(why, "REQUESTED", "PREPARING", "CONNECTING");
  }

  /** The first attempt went through these phases, and was given up then. */
  void firstAttemptFailed(String why, String... before) throws IOException, InterruptedException {
    assertThat(record.steps(1))
        .startsWith(before)
        .endsWith("ROLLING_BACK: " + why, "ROLLED_BACK: " + why)
        .hasSize(before.length + 2);
  }

  /** The ids under which Ann and Bob are in the call. */
  List<Object> theirIds() {
    String self = "window.crosspoint.describe().self";
    return List.of(trio.ann().ask(self), trio.bob().ask(self));
  }
}
