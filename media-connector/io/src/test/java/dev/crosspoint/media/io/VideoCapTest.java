package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.forwarding.VideoCap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VideoCapTest {
  private static void cap(TestServer server, VideoCap cap) throws Exception {
    server.server().capVideo(cap).get(20, TimeUnit.SECONDS);
  }

  /** The first router is on one loop, the second on the other. */
  private static VideoCap capOf(TestServer server, String router) throws Exception {
    return server.on(router, host -> host.engine().videoCap());
  }

  @Test
  void a_cap_holds_on_every_loop_until_the_next_one() throws Exception {
    try (TestServer server = new TestServer(0, 2)) {
      assertThat(capOf(server, "a")).isEqualTo(VideoCap.FULL);

      cap(server, VideoCap.LOW);
      assertThat(capOf(server, "a")).isEqualTo(VideoCap.LOW);
      assertThat(capOf(server, "b")).isEqualTo(VideoCap.LOW);

      cap(server, VideoCap.FULL);
      assertThat(capOf(server, "a")).isEqualTo(VideoCap.FULL);
      assertThat(capOf(server, "b")).isEqualTo(VideoCap.FULL);
    }
  }

  @Test
  void an_engine_that_follows_a_failed_one_is_capped_too() throws Exception {
    try (TestServer server = new TestServer(0, 1)) {
      cap(server, VideoCap.REDUCED);
      assertThatThrownBy(() ->
              server.on(
                  "a",
                  _ -> {
                    throw new IllegalStateException("broken on purpose");
                  }))
          .isInstanceOf(ExecutionException.class);

      assertThat(capOf(server, "a")).isEqualTo(VideoCap.REDUCED);
    }
  }

  @Test
  void a_server_that_has_stopped_says_so() throws Exception {
    TestServer server = new TestServer(0, 2);
    server.close();
    assertThatThrownBy(() -> cap(server, VideoCap.LOW))
        .hasCauseInstanceOf(LoopUnavailableException.class);
  }

  @Test
  void a_loop_that_works_is_busier_than_one_that_waits() throws Exception {
    try (TestServer server = new TestServer(0, 2)) {
      server.on("a", _ -> true);
      TestServer.awaitTrue(() -> busiest(server) > 0.05, "one loop is busy");
      double[] busy =
          server.server().snapshots().stream().mapToDouble(LoopSnapshot::busy).toArray();
      assertThat(Math.min(busy[0], busy[1])).isLessThan(Math.max(busy[0], busy[1]));
    }
  }

  /** Lets the loop of the router {@code a} compute for a while. */
  private static double busiest(TestServer server) {
    try {
      server.on(
          "a",
          host -> {
            long until = host.nowNs() + TimeUnit.MILLISECONDS.toNanos(50);
            while (host.nowNs() < until) {
              Thread.onSpinWait();
            }
            return true;
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return server.server().snapshots().stream().mapToDouble(LoopSnapshot::busy).max().orElseThrow();
  }
}
