package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketWriterTest {
  @Test
  void a_close_from_which_the_container_never_returns_is_given_up() {
    AtomicBoolean interrupted = new AtomicBoolean();
    Session never =
        session(() -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        });

    new WebSocketWriter(never, Duration.ofMillis(1)).close(SocketEnd.TOO_SLOW);

    assertThat(interrupted).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void a_close_that_ends_leaves_the_thread_alone() throws InterruptedException {
    new WebSocketWriter(session(() -> {}), Duration.ofMillis(1)).close(SocketEnd.TOO_SLOW);

    Thread.sleep(20);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static Session session(Runnable close) {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (_, _, _) -> {
              close.run();
              return null;
            });
  }
}
