package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.congestion.ArrivalReport;
import dev.crosspoint.media.engine.congestion.BandwidthEstimator;
import dev.crosspoint.media.engine.congestion.TransportCcFeedback;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Pictures that fill exactly what the estimator allows, on their way over a line to a receiver that
 * tells what arrived. Samples are taken every tenth of a second.
 */
final class ShapedFlow {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration FRAME = Duration.ofMillis(33);
  private static final Duration SAMPLE = Duration.ofMillis(100);
  private static final long REPORT_NS = 100_000_000;
  private static final int PACKET = 1100;
  private static final double AHEAD = 2.5;
  private static final int PROBE_BYTES = 6_000;
  private static final double PROBE_S = 0.02;

  private final VirtualTime time = new VirtualTime();
  private final Random random;
  private final SimulatedLink forth;
  private final SimulatedLink back;
  private final BandwidthEstimator estimator;
  private final TransportCcFeedback receiver = new TransportCcFeedback(REPORT_NS);
  private final ArrivalReport report = new ArrivalReport();
  private final List<Sample> samples = new ArrayList<>();
  private final long startNs;
  private final long wanted;
  private NetworkConditions conditions;
  private double waiting;
  private double budget;
  private int probe;
  private double probeLeft;
  private double probeBudget;
  private long probeRate;
  private long carriedBytes;

  /**
   * @param atS since the beginning
   * @param estimate bits for each second
   * @param capacity bits for each second
   * @param carried by the line, bits for each second since the sample before
   * @param queueMs what a packet would wait for the line
   */
  record Sample(double atS, long estimate, long capacity, double carried, double queueMs) {}

  ShapedFlow(long seed, NetworkConditions conditions, long wanted) {
    this.random = new Random(seed);
    this.conditions = conditions;
    this.wanted = wanted;
    this.startNs = time.nowNs();
    this.estimator = new BandwidthEstimator(300_000, 30_000, 50_000_000);
    this.forth = new SimulatedLink(time, random, this::arrive);
    this.back = new SimulatedLink(time, random, this::told);
    become(conditions);
    step();
    frame();
    sample();
  }

  void become(NetworkConditions next) {
    conditions = next;
    forth.become(next);
    back.become(NetworkConditions.good().withDelay(next.delay()));
  }

  void run(Duration duration) {
    time.run(duration);
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  private void frame() {
    double bits = Math.min(wanted, estimator.bitsPerSecond(time.nowNs())) * 0.033;
    waiting += bits * (0.7 + 0.6 * random.nextDouble());
    time.after(FRAME, this::frame);
  }

  private void step() {
    double seconds = STEP.toNanos() / 1e9;
    long rate = estimator.bitsPerSecond(time.nowNs());
    double pace = Math.max(AHEAD * rate, waiting / 0.5);
    budget = Math.min(Math.max(0, pace * 0.01), budget + pace * seconds);
    while (waiting > 0 && budget >= 0) {
      send(PACKET, probe);
      budget -= PACKET * 8;
      waiting -= PACKET * 8;
      probeBudget -= PACKET * 8;
      probeLeft -= PACKET * 8;
    }
    probe(seconds);
    RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(2048));
    while (receiver.write(out.clear(), 1, 2, time.nowNs())) {
      back.send(ByteBuffer.wrap(out.buffer().array(), 0, out.length()));
    }
    time.after(STEP, this::step);
  }

  private void probe(double seconds) {
    if (probe == BandwidthEstimator.NO_PROBE_ID) {
      return;
    }
    probeBudget += probeRate * seconds;
    while (probeBudget > 0 && probeLeft > 0) {
      send(PACKET, probe);
      probeBudget -= PACKET * 8;
      probeLeft -= PACKET * 8;
    }
    if (probeLeft <= 0) {
      probe = BandwidthEstimator.NO_PROBE_ID;
    }
  }

  private void beginProbe() {
    long rate = estimator.probeDue(time.nowNs());
    if (probe != BandwidthEstimator.NO_PROBE_ID || rate == BandwidthEstimator.NO_PROBE) {
      return;
    }
    int bytes = Math.max(PROBE_BYTES, (int) (rate * PROBE_S / 8));
    probe = estimator.beginProbe(rate, bytes, time.nowNs());
    probeRate = rate;
    probeBudget = 0;
    probeLeft = bytes * 8;
  }

  private void send(int bytes, int probeId) {
    int number = estimator.onSent(bytes, probeId, time.nowNs());
    forth.send(ByteBuffer.allocate(bytes).putShort(0, (short) number));
  }

  private void arrive(ByteBuffer packet) {
    receiver.onPacket(packet.getShort(0) & 0xFFFF, time.nowNs());
  }

  private void told(ByteBuffer message) {
    if (!report.wrap(message, 0, message.remaining())) {
      throw new AssertionError("the feedback cannot be read");
    }
    estimator.onReport(report, time.nowNs());
    estimator.want(wanted);
    beginProbe();
  }

  private void sample() {
    double at = (time.nowNs() - startNs) / 1e9;
    samples.add(
        new Sample(
            at,
            estimator.bitsPerSecond(time.nowNs()),
            conditions.bitsPerSecond(),
            (forth.carriedBytes() - carriedBytes) * 8 / (SAMPLE.toNanos() / 1e9),
            forth.queue().toNanos() / 1e6));
    carriedBytes = forth.carriedBytes();
    time.after(SAMPLE, this::sample);
  }
}
