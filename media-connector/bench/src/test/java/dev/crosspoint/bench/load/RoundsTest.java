package dev.crosspoint.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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
  void what_is_handed_over_or_due_is_done_although_no_packet_comes() throws Exception {
    CompletableFuture<Queue<String>> due = new CompletableFuture<>();
    EventLoop loop = group.next();
    loop.execute(() -> {
      Queue<String> done = new ArrayDeque<>();
      var _ =
          loop.schedule(() -> done.add("later") && due.complete(done), 10, TimeUnit.MILLISECONDS);
      loop.execute(() -> done.add("now"));
    });

    assertThat(due.get(PATIENCE_S, TimeUnit.SECONDS)).containsExactly("now", "later");
  }
}
