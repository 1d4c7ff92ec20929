package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.io.tcp.TcpSnapshot;
import dev.crosspoint.media.io.udp.PacketTransit;
import java.util.EnumMap;
import java.util.Map;

/**
 * A loop's state as it was at one moment.
 *
 * @param alive whether its thread took a turn lately and its port is bound
 * @param port local port
 * @param counters of all engines that the loop had
 * @param sendQueueFull datagrams that were discarded because the kernel took no more
 * @param sendFailures datagrams that the kernel refused, for example for want of a route
 * @param tcp what the two are for TCP, and its connections
 * @param busy share of a processor core that its thread took lately, 0 to 1
 * @param transit how long packets took through it lately
 */
public record LoopSnapshot(
    int index,
    boolean alive,
    int port,
    EngineCounters counters,
    long sendQueueFull,
    long sendFailures,
    TcpSnapshot tcp,
    double busy,
    PacketTransit.Times transit) {

  LoopSnapshot withAlive(boolean nowAlive) {
    return new LoopSnapshot(
        index, nowAlive, port, counters, sendQueueFull, sendFailures, tcp, busy, transit);
  }

  /** What is there now, counted on from what failed engines had counted. */
  static EngineCounters sum(EngineCounters failed, EngineCounters current) {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    dropped.putAll(failed.dropped());
    current.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
    return new EngineCounters(
        failed.packetsReceived() + current.packetsReceived(),
        failed.bytesReceived() + current.bytesReceived(),
        failed.packetsSent() + current.packetsSent(),
        failed.bytesSent() + current.bytesSent(),
        failed.packetsForwarded() + current.packetsForwarded(),
        failed.packetsResent() + current.packetsResent(),
        failed.packetsPadding() + current.packetsPadding(),
        dropped,
        current.routers(),
        current.transports());
  }
}
