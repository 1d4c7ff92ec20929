package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.failure.CallFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalingConnectionTest {
  private final TestDoor test = new TestDoor();
  private final TestWire wire = new TestWire();

  @Test
  void bad_messages_are_answered_and_the_socket_survives() {
    SignalingConnection connection = test.joined(wire);
    connection.received("{\"id\":7,\"message\":{\"type\":\"setSources\"}}");
    assertThat(wire.last().get("re").longValue()).isEqualTo(7);
    assertThat(wire.last().at("/error/code").stringValue()).isEqualTo("BAD_MESSAGE");
    connection.received("what?");
    assertThat(wire.last().has("re")).isFalse();

    connection.received("{\"id\":8,\"message\":{\"type\":\"heartbeat\"}}");
    assertThat(wire.last().at("/message/type").stringValue()).isEqualTo("done");
    assertThat(wire.end()).isEmpty();
  }

  @Test
  void too_many_bad_messages_in_a_row_end_the_socket_but_not_the_session() {
    SignalingConnection connection = test.joined(wire);
    for (int i = 0; i < TestSettings.SETTINGS.badMessagesInRow(); i++) {
      connection.received("what?");
    }
    assertThat(wire.end()).contains(SocketEnd.TOO_MANY_BAD_MESSAGES);
    assertThat(wire.last().at("/error/code").stringValue()).isEqualTo("BAD_MESSAGE");
    assertThat(test.door.sessions()).isEqualTo(1);
  }

  @Test
  void a_message_before_the_join_is_refused() {
    test.open(wire).received("{\"id\":2,\"message\":{\"type\":\"retryTransition\"}}");
    assertThat(test.refusals).containsEntry(ErrorCode.NOT_JOINED, 1);
    assertThat(test.calls.handled).isEmpty();
  }

  @Test
  void a_refusal_of_the_call_is_told_with_its_code_and_when_to_try_again() {
    SignalingConnection connection = test.joined(wire);
    test.calls.behaviour =
        _ ->
            CompletableFuture.failedFuture(
                CallFailure.retryLater(ErrorCode.RATE_LIMITED, "slower", 250));
    connection.received("{\"id\":2,\"message\":{\"type\":\"retryTransition\"}}");
    assertThat(wire.last().at("/error/code").stringValue()).isEqualTo("RATE_LIMITED");
    assertThat(wire.last().at("/error/retryAfterMs").longValue()).isEqualTo(250);
  }

  @Test
  void a_failure_inside_the_server_is_told_without_detail() {
    SignalingConnection connection = test.joined(wire);
    test.calls.behaviour =
        _ -> {
          throw new IllegalStateException("secret");
        };
    connection.received("{\"id\":2,\"message\":{\"type\":\"retryTransition\"}}");
    assertThat(wire.last().at("/error/code").stringValue()).isEqualTo("INTERNAL");
    assertThat(wire.sent().getLast()).doesNotContain("secret");
  }

  @Test
  void answers_come_in_the_order_of_the_requests_and_a_slow_session_holds_up_no_other()
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestDoor busy = new TestDoor(threads);
      CompletableFuture<ServerReply> slow = new CompletableFuture<>();
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch quickAnswered = new CountDownLatch(1);
      busy.calls.behaviour =
          message -> {
            asked.countDown();
            return message instanceof ClientMessage.RetryTransition
                ? slow
                : CompletableFuture.completedFuture(new ServerReply.Done());
          };
      SignalingConnection held = busy.joined(wire);
      held.received("{\"id\":2,\"message\":{\"type\":\"retryTransition\"}}");
      held.received("{\"id\":3,\"message\":{\"type\":\"heartbeat\"}}");
      asked.await();

      SignalingConnection quick = busy.door.opened(TestDoor.ADA, new AnsweredWire(quickAnswered));
      quick.received("{\"id\":1,\"message\":{\"type\":\"heartbeat\"}}");
      quickAnswered.await();
      assertThat(wire.frames()).hasSizeLessThan(2);

      slow.complete(new ServerReply.Done());
      held.received("{\"id\":4,\"message\":{\"type\":\"heartbeat\"}}");
      while (wire.sent().size() < 4) {
        Thread.onSpinWait();
      }
    }
    List<Long> answered = wire.frames().stream().map(frame -> frame.get("re").longValue()).toList();
    assertThat(answered).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void a_request_that_is_never_answered_does_not_hold_the_session_for_ever()
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestDoor busy = new TestDoor(threads);
      CountDownLatch asked = new CountDownLatch(1);
      busy.calls.behaviour =
          _ -> {
            asked.countDown();
            return new CompletableFuture<>();
          };
      SignalingConnection connection = busy.joined(wire);
      connection.received("{\"id\":2,\"message\":{\"type\":\"retryTransition\"}}");
      asked.await();
      while (wire.sent().size() < 2) {
        busy.clock.advance(Duration.ofSeconds(1));
        connection.alive();
        busy.door.tick();
        Thread.onSpinWait();
      }
    }
    assertThat(wire.last().at("/error/code").stringValue()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void sends_wait_for_one_another_and_pings_wait_too() {
    test.joined(wire);
    wire.becomeSlow();
    for (int i = 1; i <= 3; i++) {
      test.calls.channel().send(5, new ServerEvent.Queued(i, WaitReason.CALL_CHANGING));
    }
    test.clock.advance(Duration.ofSeconds(15));
    test.door.tick();
    assertThat(wire.sequences()).containsExactly(1L);
    assertThat(wire.pings()).isZero();

    wire.finishSend(true);
    wire.finishSend(true);
    wire.finishSend(true);
    assertThat(wire.sequences()).containsExactly(1L, 2L, 3L);
    assertThat(wire.pings()).isEqualTo(1);
  }

  @Test
  void a_client_that_takes_nothing_loses_its_socket_and_keeps_its_session() {
    test.joined(wire);
    wire.becomeSlow();
    for (int i = 1; i <= 1000 && wire.end().isEmpty(); i++) {
      test.calls.channel().send(5, new ServerEvent.Queued(i, WaitReason.CALL_CHANGING));
    }
    assertThat(wire.end()).contains(SocketEnd.TOO_SLOW);
    assertThat(test.door.sessions()).isEqualTo(1);
    assertThat(test.calls.lost).isEmpty();
  }

  @Test
  void a_silent_socket_is_let_go_and_one_that_answers_pings_is_kept() {
    TestWire alive = new TestWire();
    test.joined(wire);
    SignalingConnection answering = test.open(alive);
    for (int i = 0; i < 4; i++) {
      test.clock.advance(Duration.ofSeconds(15));
      answering.alive();
      test.door.tick();
    }
    assertThat(wire.end()).contains(SocketEnd.SILENT);
    assertThat(alive.end()).isEmpty();
    assertThat(alive.pings()).isEqualTo(4);
  }

  @Test
  void a_flood_of_requests_ends_the_socket() {
    test.holdTasks();
    SignalingConnection connection = test.open(wire);
    for (int i = 0; i <= TestSettings.SETTINGS.pendingRequests(); i++) {
      connection.received("{\"id\":1,\"message\":{\"type\":\"heartbeat\"}}");
    }
    test.runTasks();
    assertThat(wire.end()).contains(SocketEnd.TOO_MANY_REQUESTS);
    assertThat(wire.sent()).isEmpty();
  }

  @Test
  void a_stopping_server_says_goodbye_after_what_it_had_to_say() {
    test.joined(wire);
    wire.becomeSlow();
    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));
    CompletableFuture<Void> stopped = test.door.stop().toCompletableFuture();
    assertThat(wire.end()).isEmpty();
    assertThat(stopped).isNotDone();
    wire.finishSend(true);
    assertThat(wire.end()).contains(SocketEnd.SERVER_STOPPING);
    assertThat(stopped).isDone();
  }

  @Test
  void a_socket_on_which_a_send_failed_is_closed_and_forgotten_and_its_session_waits() {
    test.joined(wire);
    wire.becomeSlow();
    test.calls.channel().send(5, new ServerEvent.Queued(2, WaitReason.CALL_CHANGING));
    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));

    wire.finishSend(false);

    test.door.tick();
    assertThat(wire.end()).isEmpty();
    test.closeGrace();
    assertThat(wire.end()).contains(SocketEnd.TOO_SLOW);
    assertThat(wire.sequences()).containsExactly(1L);
    test.door.tick();
    assertThat(test.door.sockets()).isZero();
    assertThat(test.door.sessions()).isEqualTo(1);
  }

  @Test
  void a_stopping_server_closes_a_socket_that_broke_and_does_not_wait_for_it() {
    test.joined(wire);
    wire.becomeSlow();
    test.calls.channel().send(5, new ServerEvent.Queued(1, WaitReason.CALL_CHANGING));
    wire.finishSend(false);

    assertThat(test.door.stop().toCompletableFuture()).isDone();

    assertThat(wire.end()).contains(SocketEnd.SERVER_STOPPING);
  }

  @Test
  void a_container_that_waits_in_a_close_for_its_reader_holds_neither_the_reader_nor_the_watch()
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestDoor busy = new TestDoor(threads);
      CountDownLatch closing = new CountDownLatch(1);
      CountDownLatch read = new CountDownLatch(1);
      CountDownLatch joined = new CountDownLatch(1);
      SignalingConnection connection =
          busy.door.opened(TestDoor.ADA, new WaitingWire(joined, closing, read));
      connection.received(TestDoor.JOIN);
      joined.await();
      busy.door.stop();
      closing.await();

      busy.door.tick(); // neither waits for the close
      busy.door.closed(connection);
      read.countDown();
    }
  }

  /** A container whose close ends when its reader has seen the end of the socket. */
  private record WaitingWire(CountDownLatch answered, CountDownLatch closing, CountDownLatch read)
      implements SocketWriter {
    @Override
    public void sendText(String text, Consumer<Boolean> done) {
      answered.countDown();
      done.accept(true);
    }

    @Override
    public boolean sendPing() {
      return true;
    }

    @Override
    public void close(SocketEnd end) {
      closing.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tells that something was sent. */
  private record AnsweredWire(CountDownLatch answered) implements SocketWriter {
    @Override
    public void sendText(String text, Consumer<Boolean> done) {
      answered.countDown();
      done.accept(true);
    }

    @Override
    public boolean sendPing() {
      return true;
    }

    @Override
    public void close(SocketEnd end) {}
  }
}
