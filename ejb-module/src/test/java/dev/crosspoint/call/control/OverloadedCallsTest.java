package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.Participant;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.Source;
import dev.crosspoint.contract.SourceRole;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.VideoCap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of a server that is under load, from its reading to what people are told. */
class OverloadedCallsTest extends RunningCallScene {
  private static final String OTHER = "p3x8n5";

  private final TestClient dora = new TestClient(calls, "dora", CALL);
  private final TestClient eve = new TestClient(calls, "eve", OTHER);
  private final TestClient fay = new TestClient(calls, "fay", OTHER);
  private final TestClient gus = new TestClient(calls, "gus", OTHER);

  @BeforeEach
  void createOther() {
    store.create(call(OTHER));
  }

  @Test
  void above_90_newcomers_to_all_calls_wait_in_one_line_and_those_inside_go_on() {
    threeOverSfu();

    load(95);
    dora.join();
    eve.join();

    assertThat(dora.joined().status()).isEqualTo(ParticipantStatus.QUEUED);
    assertThat(waitsAt(dora)).isEqualTo(1);
    assertThat(waitsAt(eve)).isEqualTo(2);
    assertThat(waits).containsExactly(WaitReason.OVERLOADED, WaitReason.OVERLOADED);
    assertThat(dora.paths()).isEmpty();
    assertThat(ada.ended).isEmpty();
    assertThat(ada.sfuPathId()).isNotEmpty();
    assertThat(gate.taken()).isEqualTo(1);
  }

  @Test
  void they_are_let_in_by_themselves_and_in_order_when_the_load_has_stayed_below_70() {
    threeOverSfu();
    load(95);
    dora.join();
    eve.join();

    load(69, Duration.ofSeconds(1));
    load(69, CALM.minusSeconds(1));
    assertThat(dora.paths()).isEmpty();
    load(69, Duration.ofSeconds(1));

    assertThat(dora.paths()).hasSize(1);
    assertThat(status(ada, dora)).isNotEqualTo(ParticipantStatus.QUEUED);
    assertThat(status(eve, eve)).isEqualTo(ParticipantStatus.ADMITTED);
    assertThat(door.waiting()).isZero();
  }

  @Test
  void no_call_begins_to_use_the_sfu_until_the_load_has_gone_and_then_it_does_by_itself() {
    eve.join();
    fay.join();
    load(95);
    gus.join();

    assertThat(engine.routers()).isEmpty();
    assertThat(eve.paths()).allMatch(DirectPath.class::isInstance);
    load(50);
    load(50);

    List.of(eve, fay, gus).forEach(TestClient::ready);
    List.of(eve, fay, gus).forEach(TestClient::switched);
    assertThat(gus.sfuPathId()).isNotEmpty();
  }

  @Test
  void who_gives_up_waiting_leaves_the_line_and_who_was_inside_before_does_not_wait() {
    threeOverSfu();
    load(95);
    dora.join();
    eve.join();
    String formerId = ada.id();

    dora.loseConnection();
    ada.loseConnection();
    ada.joinAgain(formerId);
    dora.joinAgain(dora.id());
    load(95, Duration.ofSeconds(1));

    assertThat(ada.joined().status()).isNotEqualTo(ParticipantStatus.QUEUED);
    assertThat(dora.joined().status()).isEqualTo(ParticipantStatus.QUEUED);
    assertThat(waitsAt(eve)).isEqualTo(1);
    assertThat(waitsAt(dora)).isEqualTo(2);
  }

  @Test
  void who_waited_alone_waits_anew_although_the_call_was_given_up_meanwhile() {
    load(95);
    eve.join();
    dora.join();

    dora.loseConnection();
    dora.joinAgain(dora.id());
    load(95, Duration.ofSeconds(1));

    assertThat(dora.joined().status()).isEqualTo(ParticipantStatus.QUEUED);
    assertThat(waitsAt(eve)).isEqualTo(1);
    assertThat(waitsAt(dora)).isEqualTo(2);
    assertThat(dora.paths()).isEmpty();
  }

  @Test
  void who_was_inside_and_comes_from_another_window_does_not_wait_either() {
    threeOverSfu();
    load(95);

    TestClient elsewhere = client("ada").join();

    assertThat(elsewhere.joined().status()).isNotEqualTo(ParticipantStatus.QUEUED);
    assertThat(ada.ended).contains(EndReason.REPLACED_BY_OTHER_SESSION);
  }

  @Test
  void who_waits_and_comes_from_another_window_waits_on_in_the_same_place() {
    load(95);
    dora.join();
    eve.join();

    TestClient elsewhere = client("dora").join();

    assertThat(elsewhere.joined().status()).isEqualTo(ParticipantStatus.QUEUED);
    assertThat(waitsAt(elsewhere)).isEqualTo(1);
    load(95, Duration.ofSeconds(1));
    assertThat(waitsAt(eve)).isEqualTo(2);
    assertThat(door.waiting()).isEqualTo(2);
  }

  @Test
  void who_was_let_in_and_loses_the_session_before_they_are_connected_does_not_wait_again() {
    eve.join();
    fay.join();
    load(95);
    gus.join();
    load(50, Duration.ofSeconds(1));
    load(50, CALM);
    assertThat(status(eve, gus)).isEqualTo(ParticipantStatus.CONNECTING);
    load(95);

    gus.loseConnection();
    gus.joinAgain(gus.id());

    assertThat(door.waiting()).isZero();
  }

  @Test
  void a_call_that_is_over_leaves_nobody_in_the_line() {
    load(95);
    dora.join();
    eve.join();

    directory.stop();

    assertThat(door.waiting()).isZero();
  }

  @Test
  void everybody_is_told_of_every_rung_up_and_down_and_who_comes_later_of_the_present_one() {
    threeOverSfu();

    load(75);
    dora.join();
    load(85);
    load(85);
    load(50);
    load(50);
    load(50);
    load(50);

    assertThat(limits(ada))
        .containsExactly(
            QualityLimit.VIDEO_REDUCED,
            QualityLimit.SCREENS_LOW,
            QualityLimit.SCREENS_STOPPED,
            QualityLimit.SCREENS_LOW,
            QualityLimit.VIDEO_REDUCED,
            QualityLimit.NONE);
    assertThat(limits(dora)).first().isEqualTo(QualityLimit.VIDEO_REDUCED);
    assertThat(engine.caps)
        .startsWith(VideoCap.REDUCED)
        .contains(VideoCap.LOW)
        .endsWith(VideoCap.FULL);
  }

  @Test
  void above_80_nobody_begins_to_share_a_screen_and_who_shares_one_may_still_mute_themselves() {
    threeOverSfu();
    ada.say(new ClientMessage.SetSources(List.of(microphone(false), screen("s1"))));

    load(85);
    load(85);

    ben.sayRefused(
        ErrorCode.SCREEN_SHARING_LIMITED,
        new ClientMessage.SetSources(List.of(microphone(false), screen("s2"))));
    ada.say(new ClientMessage.SetSources(List.of(microphone(true), screen("s1"))));
    assertThat(last(ada).sources()).contains(microphone(true));
  }

  @Test
  void a_screen_in_a_direct_call_costs_the_server_nothing_and_is_not_refused() {
    eve.join();
    fay.join();
    load(85);
    load(85);

    eve.say(new ClientMessage.SetSources(List.of(screen("s1"))));

    assertThat(last(fay).sources()).containsExactly(screen("s1"));
  }

  private static Source screen(String id) {
    return new Source(id, MediaKind.video, SourceRole.SCREEN, false);
  }

  private static Participant last(TestClient client) {
    return client
        .all(ServerEvent.ParticipantUpdated.class)
        .reduce((_, last) -> last)
        .orElseThrow()
        .participant();
  }

  private static int waitsAt(TestClient client) {
    ServerEvent.Queued queued =
        client.all(ServerEvent.Queued.class).reduce((_, last) -> last).orElseThrow();
    assertThat(queued.reason()).isEqualTo(WaitReason.OVERLOADED);
    return (int) queued.position();
  }

  private static ParticipantStatus status(TestClient told, TestClient of) {
    return told.all(ServerEvent.ParticipantUpdated.class)
        .map(ServerEvent.ParticipantUpdated::participant)
        .filter(participant -> participant.participantId().equals(of.id()))
        .reduce((_, last) -> last)
        .orElseThrow()
        .status();
  }

  private static List<QualityLimit> limits(TestClient client) {
    return client
        .all(ServerEvent.QualityLimited.class)
        .map(ServerEvent.QualityLimited::limit)
        .toList();
  }
}
