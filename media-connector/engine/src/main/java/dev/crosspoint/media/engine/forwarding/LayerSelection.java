package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.counters.DropReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a producer's streams a consumer is sent: the layer that its line was assigned, or as
 * long as that does not come the next best. One stream follows another at a key frame of the next,
 * and until that comes the one before goes on.
 */
final class LayerSelection {
  /** A picture that stops is worse than a moment of congestion, which may be over soon. */
  private static final long PATIENCE_NS = 2_000_000_000L;

  private final List<InboundStream> streams;
  private final LayerLadder ladder;
  private int preferred = Rung.ALL;
  private int assigned;
  private long starvingSinceNs = Long.MAX_VALUE;
  private @Nullable InboundStream current;
  private @Nullable InboundStream target;

  /**
   * @param streams from the lowest to the highest
   * @param highest layer that may be sent
   */
  LayerSelection(List<InboundStream> streams, int highest) {
    this.streams = streams;
    this.ladder = new LayerLadder(streams);
    this.assigned = ladder.top(highest);
    this.target = streams.get(Rung.stream(assigned));
  }

  LayerLadder ladder() {
    return ladder;
  }

  /** The highest spatial layer that the receiver has a use for, which of several streams is one. */
  int preferred() {
    return preferred;
  }

  void prefer(int layer) {
    preferred = layer;
  }

  /** The {@link Rung} that its line is to carry. */
  int assigned() {
    return assigned;
  }

  /** A line that seems to take nothing is asked to take the lowest layer for a while yet. */
  void assign(int rung, long nowNs) {
    if (rung != Rung.NONE) {
      starvingSinceNs = Long.MAX_VALUE;
      assigned = rung;
      return;
    }
    starvingSinceNs = Math.min(starvingSinceNs, nowNs);
    boolean over = assigned == Rung.NONE || nowNs - starvingSinceNs > PATIENCE_NS;
    assigned = over ? Rung.NONE : ladder.lowest();
  }

  /** Whether sizes within a stream were added, which can be decoded from a key frame on. */
  boolean addsSize(int before) {
    if (streams.size() > 1 || before == Rung.NONE || assigned == Rung.NONE) {
      return false;
    }
    int highest = streams.getFirst().layers().highestSpatial();
    return Math.min(Rung.spatial(before), highest) < Math.min(Rung.spatial(assigned), highest);
  }

  /** The best that can be sent now: what is assigned, or the nearest below that comes, or above. */
  @Nullable InboundStream best(long nowNs) {
    if (assigned == Rung.NONE) {
      return null;
    }
    int wanted = Rung.stream(assigned);
    for (int stream = wanted; stream >= 0; stream--) {
      if (comes(stream, nowNs)) {
        return streams.get(stream);
      }
    }
    for (int stream = wanted + 1; stream < streams.size(); stream++) {
      if (comes(stream, nowNs)) {
        return streams.get(stream);
      }
    }
    return streams.get(wanted);
  }

  /** Whether what is sent does not come any more, while another size does. */
  boolean hasStopped() {
    return target != null && !isWaiting() && target.isAway();
  }

  private boolean comes(int stream, long nowNs) {
    return streams.get(stream).isFlowing(nowNs) && !streams.get(stream).isAway();
  }

  /** The stream whose packets are sent, or null before the first. */
  @Nullable InboundStream current() {
    return current;
  }

  /** The stream that shall be sent, or null for none. */
  @Nullable InboundStream target() {
    return target;
  }

  /** Chooses what shall be sent; null for nothing, from now on. */
  void choose(@Nullable InboundStream next) {
    target = next;
    if (next == null) {
      current = null;
    }
  }

  /** What is sent next begins anew. */
  void restart() {
    current = null;
  }

  /** Whether the stream that shall be sent has still to begin. */
  boolean isWaiting() {
    return target != null && !target.equals(current);
  }

  /** Whether the packet begins the stream that shall be sent. */
  boolean begins(InboundStream stream, boolean entryPoint) {
    return entryPoint && stream.equals(target) && isWaiting();
  }

  void begin(InboundStream stream) {
    current = stream;
  }

  /** Why a packet that begins nothing goes no further, or null. */
  @Nullable DropReason refusal(InboundStream stream) {
    if (stream.equals(current)) {
      return null;
    }
    return stream.equals(target) ? DropReason.WAITING_FOR_KEY_FRAME : DropReason.LAYER_NOT_SELECTED;
  }
}
