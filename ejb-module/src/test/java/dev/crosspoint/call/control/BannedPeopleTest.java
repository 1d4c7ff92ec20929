package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ServerEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** People whom an administrator keeps out of calls. */
class BannedPeopleTest extends RunningCallScene {
  @Test
  void whoIsBannedIsNotLetIn() {
    ada.join();
    bans.put("ben", Optional.empty(), "root");

    ben.joinRefused(ErrorCode.BANNED);

    assertThat(ada.all(ServerEvent.ParticipantJoined.class)).isEmpty();
    bans.lift("ben", "root");
    ben.join();
    assertThat(ada.all(ServerEvent.ParticipantJoined.class)).hasSize(1);
  }

  @Test
  void whoIsBannedWhileTheyComeInIsNotLetInEither() {
    ada.join();
    database.before("insert into participant", () -> bans.put("ben", Optional.empty(), "root"));

    ben.joinRefused(ErrorCode.BANNED);

    assertThat(ada.all(ServerEvent.ParticipantJoined.class)).isEmpty();
    assertThat(database.query("SELECT leave_reason FROM participant WHERE subject = 'ben'"))
        .containsExactly("REMOVED");
  }

  @Test
  void whoIsInACallWhenTheyAreBannedIsTakenOutAndTheOthersGoOn() {
    threeOverSfu();

    bans.put("ben", Optional.of(time.instant().plus(Duration.ofHours(1))), "root");

    assertThat(ben.ended).contains(EndReason.REMOVED);
    assertThat(ada.ended).isEmpty();
    assertThat(ada.all(ServerEvent.ParticipantLeft.class))
        .containsExactly(new ServerEvent.ParticipantLeft(ben.id(), LeaveReason.REMOVED));
    assertThat(database.query("SELECT leave_reason FROM participant WHERE subject = 'ben'"))
        .containsExactly("REMOVED");
  }
}
