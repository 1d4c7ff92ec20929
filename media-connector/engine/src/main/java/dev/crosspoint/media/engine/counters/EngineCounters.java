package dev.crosspoint.media.engine.counters;

import java.util.Map;

/**
 * A snapshot of what an engine counted since its start.
 *
 * @param packetsReceived datagrams and frames of all kinds, dropped ones included
 * @param bytesReceived their payload
 * @param packetsSent datagrams and frames of all kinds
 * @param bytesSent their payload
 * @param packetsForwarded RTP packets sent to consumers, resends not included
 * @param packetsResent RTP packets sent again because a receiver missed them
 * @param packetsPadding RTP packets sent once more to find out how much a line takes
 * @param dropped every {@link DropReason} with its count, zero included
 */
public record EngineCounters(
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    long packetsForwarded,
    long packetsResent,
    long packetsPadding,
    Map<DropReason, Long> dropped,
    int routers,
    int transports) {
  public EngineCounters {
    dropped = Map.copyOf(dropped);
  }
}
