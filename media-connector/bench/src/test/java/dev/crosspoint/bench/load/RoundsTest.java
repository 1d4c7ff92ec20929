package dev.crosspoint.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That packets are read in rounds is in {@link ClientSocketTest}. */
class RoundsTest {
  private static final long PATIENCE_S = 10;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Rounds.factory());

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void what_is_due_at_a_time_is_done_in_that_order_and_what_others_hand_over_before()
      throws Exception {
    Queue<String> done = new ConcurrentLinkedQueue<>();
    Future<?> later = group.schedule(() -> done.add("later"), 300, TimeUnit.MILLISECONDS);
    Future<?> soon = group.schedule(() -> done.add("soon"), 100, TimeUnit.MILLISECONDS);
    group.execute(() -> done.add("now"));

    soon.get(PATIENCE_S, TimeUnit.SECONDS);
    later.get(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(done).containsExactly("now", "soon", "later");
  }
}
