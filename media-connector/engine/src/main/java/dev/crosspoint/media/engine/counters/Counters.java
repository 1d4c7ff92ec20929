package dev.crosspoint.media.engine.counters;

import java.util.EnumMap;
import java.util.Map;

/** The running counters of one engine; written by its thread alone. */
@SuppressWarnings("EnumOrdinal") // an array index on the packet path, never stored or shown
public final class Counters {
  private final long[] dropped = new long[DropReason.values().length];
  private long packetsReceived;
  private long bytesReceived;
  private long packetsSent;
  private long bytesSent;
  private long packetsForwarded;
  private long packetsResent;
  private long packetsPadding;

  public void received(int bytes) {
    packetsReceived++;
    bytesReceived += bytes;
  }

  public void sent(int bytes) {
    packetsSent++;
    bytesSent += bytes;
  }

  public void forwarded() {
    packetsForwarded++;
  }

  public void resent() {
    packetsResent++;
  }

  public void padded() {
    packetsPadding++;
  }

  public void dropped(DropReason reason) {
    dropped[reason.ordinal()]++;
  }

  /** Copies the figures. */
  public EngineCounters snapshot(int routers, int transports) {
    Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      byReason.put(reason, dropped[reason.ordinal()]);
    }
    return new EngineCounters(
        packetsReceived,
        bytesReceived,
        packetsSent,
        bytesSent,
        packetsForwarded,
        packetsResent,
        packetsPadding,
        byReason,
        routers,
        transports);
  }
}
