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
  /** No layer: nothing is sent. */
  static final int NONE = -1;

  /** A picture that stops is worse than a moment of congestion, which may be over soon. */
  private static final long PATIENCE_NS = 2_000_000_000L;

  private final List<InboundStream> streams;
  private int preferred;
  private int assigned;
  private long starvingSinceNs = Long.MAX_VALUE;
  private @Nullable InboundStream current;
  private @Nullable InboundStream target;

  /**
   * @param streams from the lowest to the highest
   */
  LayerSelection(List<InboundStream> streams) {
    this.streams = streams;
    this.preferred = streams.size() - 1;
    this.assigned = preferred;
    this.target = streams.getLast();
  }

  /** The highest layer that the receiver has a use for. */
  int preferred() {
    return preferred;
  }

  void prefer(int layer) {
    preferred = Math.clamp(layer, 0, streams.size() - 1);
  }

  /** The layer that its line is to carry, or {@link #NONE}. */
  int assigned() {
    return assigned;
  }

  /** A line that seems to take nothing is asked to take the lowest layer for a while yet. */
  void assign(int layer, long nowNs) {
    if (layer != NONE) {
      starvingSinceNs = Long.MAX_VALUE;
      assigned = layer;
      return;
    }
    starvingSinceNs = Math.min(starvingSinceNs, nowNs);
    assigned = assigned == NONE || nowNs - starvingSinceNs > PATIENCE_NS ? NONE : 0;
  }

  /** The best that can be sent now: what is assigned, or the nearest below that comes, or above. */
  @Nullable InboundStream best(long nowNs) {
    if (assigned == NONE) {
      return null;
    }
    for (int layer = assigned; layer >= 0; layer--) {
      if (streams.get(layer).isFlowing(nowNs)) {
        return streams.get(layer);
      }
    }
    for (int layer = assigned + 1; layer < streams.size(); layer++) {
      if (streams.get(layer).isFlowing(nowNs)) {
        return streams.get(layer);
      }
    }
    return streams.get(assigned);
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
