package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.Traffic;
import org.junit.jupiter.api.Test;

/** The media ports are blocked, and people stay in the call. */
@InNetworkLab
class ChaosNetworkIT {

  @Test
  void an_insider_whose_media_are_blocked_stays_over_direct_paths_until_they_are_let_through(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    block(trio.annsHost());
    call.cidComes();
    trio.everybodyTalksWithSomeKeptDirect();
    call.record().awaitSummary("DIRECT HYBRID PARTICIPANT_JOINED COMPLETED");

    trio.annsHost().unblock();
    trio.everybodyTalksInTheGroup();

    call.annAndBob().nothingStopped();
    assertThat(call.record().summaries())
        .anyMatch(moved -> moved.matches("HYBRID SFU .* COMPLETED"));
  }

  @Test
  void three_whose_media_are_all_blocked_talk_directly(LabServer server, Trio trio)
      throws Exception {
    LabCall call = LabCall.start(server, trio);

    block(trio.annsHost(), trio.bobsHost(), trio.cidsHost());
    call.cidComes();
    Person.everybodySeesAndHears(trio.ann(), trio.bob(), trio.cid());
    trio.everybody().forEach(person -> person.awaitMode("DIRECT"));

    call.annAndBob().nothingStopped();
    assertThat(call.record().summaries())
        .noneMatch(summary -> summary.matches("DIRECT (SFU|HYBRID) .* COMPLETED"));
  }

  @Test
  void a_group_goes_on_when_the_media_of_one_are_blocked_and_has_them_again_directly(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    call.cidComes();
    trio.everybodyTalksInTheGroup();
    Witness bobAndCid = Witness.of(trio.bob(), trio.cid());

    block(trio.annsHost());
    trio.everybodyTalksWithSomeKeptDirect();

    bobAndCid.nothingStopped();
    call.record().awaitSummary("SFU HYBRID PATH_LOST COMPLETED");
  }

  private static void block(NetworkHost... hosts) {
    for (NetworkHost host : hosts) {
      host.block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP);
    }
  }
}
