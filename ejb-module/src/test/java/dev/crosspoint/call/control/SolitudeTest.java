package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody who is alone in a call for four hours. */
class SolitudeTest extends RunningCallScene {
  private static final Duration UNTIL_WARNED = Duration.ofHours(4).minusMinutes(5);
  private static final Duration WARNING = Duration.ofMinutes(5);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  @Test
  void isWarnedFiveMinutesBeforeTheCallEndsAndIsToldWhy() {
    ada.join();
    passes(UNTIL_WARNED.minus(MOMENT));
    assertThat(ada.all(ServerEvent.CallEnding.class)).isEmpty();

    passes(MOMENT);
    assertThat(ada.all(ServerEvent.CallEnding.class))
        .containsExactly(new ServerEvent.CallEnding(WARNING.toMillis()));
    passes(WARNING.minus(MOMENT));
    assertThat(ada.ended).isEmpty();

    passes(MOMENT);
    assertThat(ada.ended).contains(EndReason.ALONE_TOO_LONG);
    assertThat(
            database.query(
                "SELECT concat_ws(' ', status, end_reason, owner_node, ended_at = '%s') FROM call"
                    .formatted(time.instant())))
        .containsExactly("ENDED ALONE t");
    assertThat(database.query("SELECT leave_reason FROM participant")).containsExactly("REMOVED");
    assertThat(meter.ends).containsExactly(CallEnd.ALONE);
    assertThat(directory.epochs()).isEmpty();
  }

  @Test
  void leavesACallBehindThatNobodyEntersAgain() {
    ada.join();
    passes(UNTIL_WARNED.plus(WARNING));

    ben.joinRefused(ErrorCode.CALL_ENDED);
    ada.joinRefused(ErrorCode.CALL_ENDED);
  }

  @Test
  void isNotAloneAnyMoreWhenSomebodyComesAfterTheWarning() {
    ada.join();
    passes(UNTIL_WARNED.plusMinutes(4));
    ben.join();

    passes(UNTIL_WARNED.plus(WARNING));

    assertThat(ada.ended).isEmpty();
    assertThat(meter.ends).isEmpty();
  }

  @Test
  void waitsAnewWhenTheOthersHaveLeft() {
    ada.join();
    passes(UNTIL_WARNED);
    ben.join();
    ben.say(new ClientMessage.Leave());

    passes(UNTIL_WARNED);
    assertThat(ada.ended).isEmpty();
    assertThat(ada.all(ServerEvent.CallEnding.class)).hasSize(2);

    passes(WARNING);
    assertThat(ada.ended).contains(EndReason.ALONE_TOO_LONG);
  }

  @Test
  void waitsAnewAtAnotherOwner() {
    ada.join();
    passes(UNTIL_WARNED);
    directory.stop();
    assertThat(ada.ended).contains(EndReason.SERVER_STOPPING);

    TestClient again = client("ada").join();
    passes(UNTIL_WARNED);
    assertThat(again.ended).isEmpty();

    passes(WARNING);
    assertThat(again.ended).contains(EndReason.ALONE_TOO_LONG);
  }

  @Test
  void staysWhileTheDatabaseIsAwayAndUntilItIsWritten() {
    ada.join();
    passes(UNTIL_WARNED);
    database.setAway(true);
    time.pass(WARNING);
    assertThat(ada.ended).isEmpty();

    database.setAway(false);
    lease.renewIfDue();
    passes(MOMENT);

    assertThat(ada.ended).contains(EndReason.ALONE_TOO_LONG);
  }

  @Test
  void waitsAnewWhenTheRecordKnowsOfSomebodyElse() {
    twoTalk();
    ben.say(new ClientMessage.Leave());
    database.execute("UPDATE participant SET left_at = NULL, leave_reason = NULL");
    passes(UNTIL_WARNED.plus(WARNING));
    assertThat(ada.ended).isEmpty();

    database.execute(
        "UPDATE participant SET left_at = joined_at, leave_reason = 'LEFT' WHERE subject = 'ben'");
    passes(UNTIL_WARNED.plus(WARNING));

    assertThat(ada.ended).contains(EndReason.ALONE_TOO_LONG);
  }

  @Test
  void doesNotEndACallThatHasAnotherOwnerByNow() {
    ada.join();
    passes(UNTIL_WARNED);
    store.claim(CALL, node);

    passes(WARNING);

    assertThat(ada.ended).contains(EndReason.SERVER_STOPPING);
    assertThat(database.query("SELECT status FROM call")).containsExactly("OPEN");
    assertThat(meter.ends).isEmpty();
  }

  @Test
  void twoPeopleMayTalkForDays() {
    twoTalk();

    passes(Duration.ofDays(2));

    assertThat(ada.ended).isEmpty();
  }

  /** Time passes at a server that renews its lease. */
  private void passes(Duration time) {
    Duration left = time;
    while (left.isPositive()) {
      Duration step = left.compareTo(Duration.ofMinutes(1)) < 0 ? left : Duration.ofMinutes(1);
      this.time.pass(step);
      lease.renewIfDue();
      left = left.minus(step);
    }
  }
}
