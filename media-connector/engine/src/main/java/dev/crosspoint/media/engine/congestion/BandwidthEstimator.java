package dev.crosspoint.media.engine.congestion;

import dev.crosspoint.media.engine.congestion.DelayTrend.Usage;

/**
 * How much may be sent to one receiver: what its reports on the arrival of packets say by delay and
 * by loss (draft-ietf-rmcat-gcc-02), what probes have shown, and what it says itself (REMB). Rates
 * are in bits for each second, of whole RTP packets.
 */
public final class BandwidthEstimator {
  /** {@link #probeDue} when nothing is to be probed. */
  public static final long NO_PROBE = ProbePlan.NOTHING;

  /** The probe number of packets that belong to none. */
  public static final int NO_PROBE_ID = 0;

  /** {@link #limit} when the line takes everything, as far as is known. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** What a receiver says by REMB holds for so long. */
  private static final long REMB_NS = 5_000_000_000L;

  private static final int MOST_PROBE_IDS = 100;
  private static final double ROUND_TRIP_WEIGHT = 0.2;
  private static final long FIRST_ROUND_TRIP_NS = 100_000_000;

  private final SentPackets sent = new SentPackets();
  private final DelayTrend trend = new DelayTrend();
  private final QueueDelay queue = new QueueDelay();
  private final DeliveredRate delivered = new DeliveredRate();
  private final LossModel losses = new LossModel();
  private final ProbeMeasurement probes = new ProbeMeasurement();
  private final ProbePlan plan;
  private final long least;
  private final long most;
  private final RateControl control;
  private long roundTripNs = FIRST_ROUND_TRIP_NS;
  private boolean roundTripKnown;
  private long remb = UNLIMITED;
  private long rembNs;
  private int probe = NO_PROBE_ID;
  private boolean limited;
  private boolean measured;

  /**
   * @param start what is believed before anything is known
   * @param least below which nothing makes sense
   * @param most above which nothing is looked for
   */
  public BandwidthEstimator(long start, long least, long most) {
    this.least = least;
    this.most = most;
    control = new RateControl(start, least, most);
    plan = new ProbePlan(most);
  }

  /** How much may be sent. Who reports no arrivals and says what it takes is believed. */
  public long bitsPerSecond(long nowNs) {
    long told = told(nowNs);
    if (!measured && told != UNLIMITED) {
      return told;
    }
    return Math.max(least, Math.min(Math.min(control.rate(), losses.limit()), told));
  }

  /**
   * What there is to be shared, or {@link #UNLIMITED} as long as the line never was too narrow for
   * what was sent and its receiver does not say what it takes: an estimate that only has not grown
   * yet limits nobody.
   */
  public long limit(long nowNs) {
    return limited ? bitsPerSecond(nowNs) : told(nowNs);
  }

  /** Whether the receiver says what it takes. */
  public boolean isTold(long nowNs) {
    return told(nowNs) != UNLIMITED;
  }

  private long told(long nowNs) {
    boolean holds = remb != UNLIMITED && nowNs - rembNs <= REMB_NS;
    return holds ? Math.clamp(remb, least, most) : UNLIMITED;
  }

  /** How much could be used if it went through. More is looked for as long as less is known. */
  public void want(long bitsPerSecond) {
    plan.want(bitsPerSecond);
  }

  /**
   * Notes a packet that leaves, and gives it its transport-wide number.
   *
   * @param size its bytes
   * @param probeId the probe it belongs to, or {@link #NO_PROBE_ID}
   * @return unsigned 16 bit
   */
  public int onSent(int size, int probeId, long nowNs) {
    return sent.add(size, probeId, nowNs);
  }

  /** The rate at which to probe now, or {@link #NO_PROBE}. */
  public long probeDue(long nowNs) {
    return plan.next(bitsPerSecond(nowNs), trend.usage() == Usage.OVERUSE, nowNs);
  }

  /**
   * A probe begins.
   *
   * @param rate at which it is sent
   * @param bytes that it will have, at least
   * @return the number for its packets
   */
  public int beginProbe(long rate, int bytes, long nowNs) {
    probe = probe % MOST_PROBE_IDS + 1;
    probes.begin(probe, rate, bytes);
    plan.begin(rate, nowNs);
    control.onProbeBegun();
    return probe;
  }

  /** The receiver's own estimate (draft-alvestrand-rmcat-remb-03). */
  public void onRemb(long bitsPerSecond, long nowNs) {
    remb = bitsPerSecond;
    rembNs = nowNs;
  }

  /** The receiver has told which packets came, and when. */
  public void onReport(ArrivalReport report, long nowNs) {
    long newestNs = Long.MIN_VALUE;
    while (report.next()) {
      long number = sent.find(report.sequenceNumber());
      if (number < 0) {
        continue;
      }
      if (report.isReceived()) {
        newestNs = Math.max(newestNs, arrived(number, report.arrivalNs()));
      } else if (sent.state(number) == SentPackets.IN_FLIGHT) {
        sent.mark(number, SentPackets.MISSING);
        losses.onPacket(sent.sentNs(number), sent.bytes(number), false);
      }
    }
    if (newestNs == Long.MIN_VALUE) {
      return;
    }
    measured = true;
    measureRoundTrip(nowNs - newestNs);
    if (control.drainsInVain(queue.ns(), nowNs)) {
      queue.forget();
    }
    // What was lost by the way's nature has passed the bottleneck nevertheless.
    long passed = (long) (delivered.bitsPerSecond() / (1 - losses.evenLoss()));
    control.update(trend.usage(), passed, roundTripNs, nowNs);
    useProbes(nowNs);
    limited |= trend.usage() == Usage.OVERUSE || losses.limit() != LossModel.UNLIMITED;
  }

  /** Returns when it was sent. */
  private long arrived(long number, long arrivalNs) {
    long sentNs = sent.sentNs(number);
    byte state = sent.state(number);
    if (state == SentPackets.ARRIVED) {
      return Long.MIN_VALUE;
    }
    sent.mark(number, SentPackets.ARRIVED);
    int size = sent.bytes(number);
    if (state == SentPackets.IN_FLIGHT) {
      losses.onPacket(sentNs, size, true);
      trend.onPacket(sentNs, arrivalNs);
      queue.onPacket(sentNs, arrivalNs);
    }
    delivered.onPacket(arrivalNs, size);
    if (sent.probe(number) != NO_PROBE_ID) {
      probes.onPacket(sent.probe(number), size, sentNs, arrivalNs);
    }
    return sentNs;
  }

  private void measureRoundTrip(long sampleNs) {
    if (!roundTripKnown) {
      roundTripNs = sampleNs;
      roundTripKnown = true;
      return;
    }
    roundTripNs += (long) (ROUND_TRIP_WEIGHT * (sampleNs - roundTripNs));
  }

  private void useProbes(long nowNs) {
    long result = probes.take();
    if (result != ProbeMeasurement.NOTHING) {
      control.onProbe(result, probes.isLimited(), nowNs);
      plan.onResult(result, probes.isLimited(), nowNs);
    }
  }
}
