package dev.crosspoint.web.signaling;

import static dev.crosspoint.web.signaling.TestDoor.resume;
import static dev.crosspoint.web.signaling.TestDoor.sessionId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalingSessionTest {
  private final TestDoor test = new TestDoor();
  private final TestWire first = new TestWire();
  private final TestWire second = new TestWire();

  @Test
  void the_answer_to_a_join_comes_before_the_events_that_the_join_caused() {
    CompletableFuture<Void> admission = new CompletableFuture<>();
    test.calls.door = admission;
    Thread joining = Thread.ofVirtual().start(() -> test.joined(first));
    while (test.calls.channels.isEmpty()) {
      Thread.onSpinWait();
    }
    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));
    assertThat(first.sent()).isEmpty();

    admission.complete(null);
    join(joining);

    assertThat(first.frames().get(0).at("/message/type").stringValue()).isEqualTo("joined");
    assertThat(first.sequences()).containsExactly(1L);
  }

  @Test
  void the_session_id_is_the_doors_own_and_cannot_be_guessed() {
    test.joined(first);
    assertThat(sessionId(first)).hasSize(32).isNotEqualTo("unused");
  }

  @Test
  void a_resumed_session_gets_exactly_what_it_missed_in_order() {
    SignalingConnection lost = test.joined(first);
    test.calls.channel().send(5, new ServerEvent.Queued(3, WaitReason.CALL_CHANGING));
    test.calls.channel().send(5, new ServerEvent.Queued(2, WaitReason.CALL_CHANGING));
    test.door.closed(lost);
    test.calls.channel().send(6, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));

    test.open(second).received(resume(sessionId(first), 1));

    assertThat(second.frames().get(0).at("/message/type").stringValue()).isEqualTo("resumed");
    assertThat(second.frames().get(0).at("/message/epoch").longValue()).isEqualTo(6);
    assertThat(second.sequences()).containsExactly(2L, 3L);
    test.calls.channel().send(6, new ServerEvent.Queued(0, WaitReason.CALL_CHANGING));
    assertThat(second.sequences()).containsExactly(2L, 3L, 4L);
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void a_request_that_is_sent_again_after_a_resume_is_done_once_and_answered_again() {
    String request = "{\"id\":7,\"message\":{\"type\":\"retryTransition\"}}";
    SignalingConnection lost = test.joined(first);
    lost.received(request);
    test.door.closed(lost);
    SignalingConnection again = test.open(second);
    again.received(resume(sessionId(first), 0));

    again.received(request);

    assertThat(test.calls.handled).hasSize(1);
    assertThat(second.last().get("re").longValue()).isEqualTo(7);
    assertThat(second.last().at("/message/type").stringValue()).isEqualTo("done");
  }

  @Test
  void a_newer_socket_replaces_the_older_one() {
    SignalingConnection older = test.joined(first);
    test.open(second).received(resume(sessionId(first), 0));

    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));
    assertThat(first.sequences()).isEmpty();
    assertThat(second.sequences()).containsExactly(1L);

    test.closeGrace();
    assertThat(first.end()).contains(SocketEnd.REPLACED);
    test.door.closed(older);
    test.clock.advance(Duration.ofSeconds(31));
    test.door.tick();
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void sockets_that_were_closed_here_are_forgotten_although_the_container_never_tells_their_end() {
    test.joined(first);
    test.open(second).received(resume(sessionId(first), 0));
    assertThat(test.door.sockets()).isEqualTo(2);

    test.closeGrace();
    assertThat(test.door.sockets()).isEqualTo(1);
    assertThat(test.door.sessions()).isEqualTo(1);

    test.calls.channel().end(EndReason.SERVER_STOPPING);
    test.closeGrace();
    assertThat(test.door.sockets()).isZero();
    assertThat(test.door.sessions()).isZero();
  }

  @Test
  void a_session_that_is_not_resumed_in_time_is_gone_and_the_call_is_told() {
    test.door.closed(test.joined(first));
    test.clock.advance(Duration.ofSeconds(29));
    test.door.tick();
    assertThat(test.calls.lost).isEmpty();

    test.clock.advance(Duration.ofSeconds(1));
    test.door.tick();
    test.door.tick();

    assertThat(test.calls.lost).containsExactly("participant-1");
    test.open(second).received(resume(sessionId(first), 0));
    assertThat(second.last().at("/error/code").stringValue()).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void a_session_opens_only_for_whoever_opened_it() {
    test.joined(first);
    Caller eve = new Caller("eve", "Eve", Set.of(Role.USER), Optional.of("call"));
    test.door.opened(eve, second).received(resume(sessionId(first), 0));

    assertThat(second.last().at("/error/code").stringValue()).isEqualTo("SESSION_EXPIRED");
    assertThat(first.end()).isEmpty();
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void a_client_that_missed_more_than_is_kept_has_to_join_again() {
    SignalingConnection lost = test.joined(first);
    test.door.closed(lost);
    for (int i = 0; i <= TestSettings.SETTINGS.replayEvents(); i++) {
      test.calls.channel().send(5, new ServerEvent.Queued(i, WaitReason.CALL_CHANGING));
    }
    SignalingConnection again = test.open(second);
    again.received(resume(sessionId(first), 0));

    assertThat(second.last().at("/error/code").stringValue()).isEqualTo("SESSION_EXPIRED");
    assertThat(test.calls.lost).containsExactly("participant-1");
    again.received(TestDoor.JOIN);
    assertThat(second.last().at("/message/type").stringValue()).isEqualTo("joined");
  }

  @Test
  void acknowledged_events_are_forgotten() {
    SignalingConnection connection = test.joined(first);
    int limit = TestSettings.SETTINGS.replayEvents();
    for (int i = 1; i <= 3 * limit; i++) {
      test.calls.channel().send(5, new ServerEvent.Queued(i, WaitReason.CALL_CHANGING));
      connection.received(
          "{\"id\":%d,\"ack\":%d,\"message\":{\"type\":\"heartbeat\"}}".formatted(i, i));
    }
    test.open(second).received(resume(sessionId(first), 3L * limit));
    assertThat(second.last().at("/message/type").stringValue()).isEqualTo("resumed");
    assertThat(second.sequences()).isEmpty();
  }

  @Test
  void an_ended_session_says_why_and_is_not_resumed() {
    test.joined(first);
    test.calls.channel().end(EndReason.CALL_ENDED);
    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));

    assertThat(first.last().at("/message/type").stringValue()).isEqualTo("callEnded");
    test.closeGrace();
    assertThat(first.end()).contains(SocketEnd.SESSION_ENDED);
    test.open(second).received(resume(sessionId(first), 0));
    assertThat(second.last().at("/error/code").stringValue()).isEqualTo("SESSION_EXPIRED");
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void who_leaves_is_answered_and_nobody_waits_for_them() {
    test.joined(first).received("{\"id\":2,\"message\":{\"type\":\"leave\"}}");
    assertThat(first.last().get("re").longValue()).isEqualTo(2);
    assertThat(test.door.sessions()).isZero();
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void a_socket_that_is_of_no_more_use_is_closed_by_the_client_and_only_after_a_while_here() {
    SignalingConnection connection = test.joined(first);
    connection.received("{\"id\":2,\"message\":{\"type\":\"leave\"}}");
    test.clock.advance(SignalingSettings.CLOSE_GRACE.minusMillis(1));
    test.door.tick();
    assertThat(first.end()).isEmpty();
    test.door.closed(connection);
    test.closeGrace();
    assertThat(first.end()).isEmpty();

    test.joined(second).received("{\"id\":2,\"message\":{\"type\":\"leave\"}}");
    test.closeGrace();
    assertThat(second.end()).contains(SocketEnd.SESSION_ENDED);
  }

  @Test
  void a_socket_lost_while_joining_leaves_no_ghost_in_the_call() {
    CompletableFuture<Void> admission = new CompletableFuture<>();
    test.calls.door = admission;
    test.holdTasks();
    SignalingConnection connection = test.joined(first);
    Thread handling = Thread.ofVirtual().start(test::runTasks);
    while (test.calls.channels.isEmpty()) {
      Thread.onSpinWait();
    }
    test.door.closed(connection);
    admission.complete(null);
    join(handling);

    assertThat(test.calls.lost).containsExactly("participant-1");
    assertThat(test.door.sessions()).isZero();
  }

  @Test
  void a_second_join_on_one_socket_is_refused() {
    test.joined(first).received(TestDoor.JOIN);
    assertThat(test.refusals).containsEntry(ErrorCode.ALREADY_JOINED, 1);
    assertThat(test.calls.channels).hasSize(1);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
