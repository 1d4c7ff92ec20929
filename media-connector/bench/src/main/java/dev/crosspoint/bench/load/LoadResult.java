package dev.crosspoint.bench.load;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a load cost.
 *
 * @param setUp of the server until everybody could receive everything, for all people together
 * @param cpu of the server while media flowed
 * @param heap what the server's heap came to meanwhile
 * @param took how long that was
 * @param reception what arrived
 */
record LoadResult(
    LoadPlan plan,
    CpuTimes setUp,
    CpuTimes cpu,
    ServerHeap.Work heap,
    Duration took,
    Reception.Figures reception) {

  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private double microsPerPacket(long ns) {
    return ns / MICRO / Math.max(1, reception.packets());
  }

  private static double percentileMs(Histogram latency, double percentile) {
    return latency.getValueAtPercentile(percentile) / MILLI;
  }

  /** The figures by name, in the units that the names say. */
  ObjectNode json() {
    double seconds = took.toNanos() / SECOND;
    return SignalingSocket.JSON
        .createObjectNode()
        .put("load", plan.toString())
        .put("warmUpSeconds", plan.warmUp().toSeconds())
        .put("packetsPerSecond", Math.round(reception.packets() / seconds))
        .put("plannedPacketsPerSecond", plan.forwardedPerSecond())
        .put("microsPerPacket", microsPerPacket(cpu.processNs()))
        .put("loopMicrosPerPacket", microsPerPacket(cpu.loopsNs()))
        .put("compilingMicrosPerPacket", microsPerPacket(cpu.compilersNs()))
        .put("collectingMicrosPerPacket", microsPerPacket(cpu.collectorsNs()))
        .put("bytesPerPacket", heap.allocated() / (double) Math.max(1, reception.packets()))
        .put("collections", heap.collections())
        .put("coreShare", cpu.processNs() / (double) took.toNanos())
        .put("silentStreams", reception.missing(plan.receivers(), plan.streamsOfReceiver()))
        .put("lost", reception.lost())
        .put("reordered", reception.reordered())
        .put("replayed", reception.replayed())
        .put("unreadable", reception.unreadable())
        .put("p50Ms", percentileMs(reception.latency(), 50))
        .put("p99Ms", percentileMs(reception.latency(), 99))
        .put("p999Ms", percentileMs(reception.latency(), 99.9))
        .put("readP50Ms", percentileMs(reception.untilRead(), 50))
        .put("readP99Ms", percentileMs(reception.untilRead(), 99))
        .put("readP999Ms", percentileMs(reception.untilRead(), 99.9))
        .put("setUpCpuMs", eachMs(setUp.processNs()))
        .put("setUpLoopMs", eachMs(setUp.loopsNs()))
        .put("setUpCompilingMs", eachMs(setUp.compilersNs()));
  }

  private double eachMs(long ns) {
    return ns / MILLI / plan.people();
  }

  @Override
  public String toString() {
    ObjectNode figures = json();
    StringBuilder text = new StringBuilder(plan.toString());
    figures.properties().stream()
        .filter(figure -> figure.getValue().isNumber())
        .forEach(figure ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%n  %-24s %,12.2f",
                    figure.getKey(),
                    figure.getValue().asDouble())));
    return text.toString();
  }
}
