package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.io.LoopSnapshot;
import dev.crosspoint.media.io.MediaServer;
import dev.crosspoint.media.io.tcp.ConnectionEnd;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The counters of all loops, added up. Reasons are lower case with underscores. */
final class Statistics {

  private Statistics() {}

  static MediaStats of(MediaServer server) {
    List<LoopSnapshot> loops = server.snapshots();
    return new MediaStats(
        sum(loops, EngineCounters::packetsReceived),
        sum(loops, EngineCounters::bytesReceived),
        sum(loops, EngineCounters::packetsSent),
        sum(loops, EngineCounters::bytesSent),
        new MediaStats.Rtp(
            sum(loops, EngineCounters::packetsForwarded),
            sum(loops, EngineCounters::packetsResent),
            sum(loops, EngineCounters::packetsPadding)),
        dropped(loops, server.droppedDtlsRecords()),
        tcp(loops),
        loops.stream().map(Statistics::loop).toList());
  }

  private static long sum(List<LoopSnapshot> loops, ToLongFunction<EngineCounters> counter) {
    return loops.stream().map(LoopSnapshot::counters).mapToLong(counter).sum();
  }

  private static Map<String, Long> dropped(List<LoopSnapshot> loops, long dtlsRecords) {
    Map<String, Long> dropped = new TreeMap<>();
    for (DropReason reason : DropReason.values()) {
      dropped.put(
          reason.name().toLowerCase(Locale.ROOT),
          sum(loops, counters -> counters.dropped().getOrDefault(reason, 0L)));
    }
    dropped.put("dtls_inbox_full", dtlsRecords);
    dropped.put("send_queue_full", loops.stream().mapToLong(LoopSnapshot::sendQueueFull).sum());
    dropped.put("send_failed", loops.stream().mapToLong(LoopSnapshot::sendFailures).sum());
    dropped.put(
        "tcp_send_queue_full", loops.stream().mapToLong(loop -> loop.tcp().sendQueueFull()).sum());
    dropped.put(
        "tcp_send_failed", loops.stream().mapToLong(loop -> loop.tcp().sendFailures()).sum());
    return dropped;
  }

  private static MediaStats.Tcp tcp(List<LoopSnapshot> loops) {
    Map<String, Long> ended = new TreeMap<>();
    for (ConnectionEnd why : ConnectionEnd.values()) {
      long count = loops.stream().mapToLong(loop -> loop.tcp().ended().getOrDefault(why, 0L)).sum();
      ended.put(why.name().toLowerCase(Locale.ROOT), count);
    }
    return new MediaStats.Tcp(
        loops.stream().mapToInt(loop -> loop.tcp().connections()).sum(), ended);
  }

  private static MediaStats.Loop loop(LoopSnapshot loop) {
    return new MediaStats.Loop(
        loop.index(),
        loop.alive(),
        loop.port(),
        loop.counters().routers(),
        loop.counters().transports(),
        loop.busy(),
        new MediaStats.Transit(
            loop.transit().p50Ns(), loop.transit().p99Ns(), loop.transit().p999Ns()));
  }
}
