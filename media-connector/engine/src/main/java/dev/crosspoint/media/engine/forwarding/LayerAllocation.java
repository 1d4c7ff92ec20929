package dev.crosspoint.media.engine.forwarding;

import java.util.ArrayList;
import java.util.List;

/**
 * Shares what a line takes among the pictures that its client is sent: sound first, then the lowest
 * layer of every picture in the order of their priority, then higher ones, one after another.
 */
public final class LayerAllocation {
  /** The line takes everything, as far as is known. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** What is not sent yet has to fit with some room to spare, or it would come and go. */
  private static final double MARGIN = 1.15;

  private final List<Consumer> pictures = new ArrayList<>();
  private final List<Consumer> all;
  private int[] rungs = new int[4];

  /**
   * @param all of one client, as they come and go
   */
  public LayerAllocation(List<Consumer> all) {
    this.all = all;
  }

  /**
   * Assigns every consumer its layer.
   *
   * @param available bits for each second, or {@link #UNLIMITED}
   */
  public void run(long available, long nowNs) {
    long left = available;
    pictures.clear();
    for (int i = 0; i < all.size(); i++) {
      Consumer consumer = all.get(i);
      if (consumer.isPicture()) {
        insert(consumer);
      } else {
        left = spend(left, consumer.cost(Rung.whole(0), nowNs));
      }
    }
    share(left, nowNs);
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).assign(rungs[i], nowNs);
    }
  }

  /**
   * What has to be available for everything to be sent that is wanted, in bits for each second:
   * what is sent goes on as it is, the rest is begun only with room to spare.
   */
  public long toSendAll(long nowNs) {
    long sent = 0;
    long more = 0;
    for (int i = 0; i < all.size(); i++) {
      Consumer consumer = all.get(i);
      long own = cost(consumer, consumer.assigned(), nowNs);
      sent += own;
      // Of a size that its sender has given up nothing is known: it makes no room for others.
      more += Math.max(0, consumer.wantedBitsPerSecond(nowNs) - own);
    }
    return sent + toBegin(more);
  }

  private static long toBegin(long bitsPerSecond) {
    return (long) Math.ceil(MARGIN * bitsPerSecond);
  }

  /** The most important first; of equals the one that has been there longer. */
  private void insert(Consumer consumer) {
    int at = pictures.size();
    while (at > 0 && pictures.get(at - 1).priority() < consumer.priority()) {
      at--;
    }
    pictures.add(at, consumer);
  }

  private void share(long available, long nowNs) {
    if (rungs.length < pictures.size()) {
      rungs = new int[pictures.size() * 2];
    }
    long left = available;
    for (int i = 0; i < pictures.size(); i++) {
      rungs[i] = Rung.NONE;
    }
    boolean raised = true;
    while (raised) {
      raised = false;
      for (int i = 0; i < pictures.size(); i++) {
        Consumer consumer = pictures.get(i);
        int next = next(consumer, rungs[i], nowNs);
        if (next == Rung.NONE) {
          continue;
        }
        long more = cost(consumer, next, nowNs) - cost(consumer, rungs[i], nowNs);
        long needed = next > consumer.assigned() ? toBegin(more) : more;
        if (needed <= left) {
          left = spend(left, more);
          rungs[i] = next;
          raised = true;
        }
      }
    }
  }

  /** The next rung above that the sender can send. */
  private static int next(Consumer consumer, int rung, long nowNs) {
    int next = consumer.above(rung);
    while (next != Rung.NONE && !consumer.isPossible(next, nowNs)) {
      next = consumer.above(next);
    }
    return next;
  }

  private static long cost(Consumer consumer, int rung, long nowNs) {
    return rung == Rung.NONE ? 0 : consumer.cost(rung, nowNs);
  }

  private static long spend(long left, long cost) {
    return left == UNLIMITED ? UNLIMITED : left - cost;
  }
}
