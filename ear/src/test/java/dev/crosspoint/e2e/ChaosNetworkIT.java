package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.Traffic;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The media ports are blocked, and people stay in the call. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChaosNetworkIT {

  @Test
  void an_insider_whose_media_are_blocked_stays_over_direct_paths_until_they_are_let_through(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    block(trio.annsHost());
    trio.cid().join(link);
    List.of(trio.ann(), trio.bob(), trio.cid()).forEach(Person::awaitHybrid);
    Person.everybodySeesAndHears(trio.ann(), trio.bob(), trio.cid());

    CallRecord record = CallRecord.of(server.server(), link);
    record.awaitSummary("DIRECT HYBRID PARTICIPANT_JOINED COMPLETED");

    trio.annsHost().unblock();
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    assertThat(record.summaries()).anyMatch(moved -> moved.matches("HYBRID SFU .* COMPLETED"));
  }

  @Test
  void three_whose_media_are_all_blocked_talk_directly(LabServer server, Trio trio)
      throws Exception {
    String link = trio.annAndBobTalk(server);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    block(trio.annsHost(), trio.bobsHost(), trio.cidsHost());
    trio.cid().join(link);
    Person.everybodySeesAndHears(trio.ann(), trio.bob(), trio.cid());
    List.of(trio.ann(), trio.bob(), trio.cid()).forEach(person -> person.awaitMode("DIRECT"));

    annAndBob.nothingStopped();
    assertThat(CallRecord.of(server.server(), link).summaries())
        .noneMatch(summary -> summary.matches("DIRECT (SFU|HYBRID) .* COMPLETED"));
  }

  @Test
  void a_group_goes_on_when_the_media_of_one_are_blocked_and_has_them_again_directly(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    trio.cid().join(link);
    trio.everybodyTalksInTheGroup();
    Witness bobAndCid = Witness.of(trio.bob(), trio.cid());

    block(trio.annsHost());
    List.of(trio.ann(), trio.bob(), trio.cid()).forEach(Person::awaitHybrid);
    Person.everybodySeesAndHears(trio.ann(), trio.bob(), trio.cid());

    bobAndCid.nothingStopped();
    CallRecord.of(server.server(), link).awaitSummary("SFU HYBRID PATH_LOST COMPLETED");
  }

  private static void block(NetworkHost... hosts) {
    for (NetworkHost host : hosts) {
      host.block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP);
    }
  }
}
