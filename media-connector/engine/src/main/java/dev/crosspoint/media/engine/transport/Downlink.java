package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.congestion.ArrivalReport;
import dev.crosspoint.media.engine.congestion.BandwidthEstimator;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.LayerAllocation;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The way to a client as congestion control sees it: how much it takes, what waits until it takes
 * more, and the padding that finds out whether it does. As long as the client tells nothing, by
 * reports on arrival or by REMB, nothing waits.
 */
final class Downlink {
  /** Before a client's first reports. */
  private static final long START_BPS = 600_000;

  private static final long LEAST_BPS = 30_000;
  private static final long MOST_BPS = 50_000_000;

  /** How fast packets leave, compared with what the line takes on average. */
  private static final double AHEAD = 2.5;

  /** What resends may take of the line: enough for a way that loses much by nature. */
  private static final double RESENDS = 0.3;

  private static final int RESEND_BYTES = 1200;

  private static final long RETRY_BPS = 200_000;
  private static final long SILENCE_NS = 3_000_000_000L;
  private static final long TRIAL_NS = 5_000_000_000L;

  /** A client may report as often as it likes. */
  private static final long ALLOCATION_NS = 50_000_000;

  /** More padding at once would be a burst of its own. */
  private static final int MOST_PADDING = 16;

  private final Counters counters;
  private final List<Consumer> consumers;
  private final BandwidthEstimator estimator =
      new BandwidthEstimator(START_BPS, LEAST_BPS, MOST_BPS);
  private final ArrivalReport report = new ArrivalReport();
  private final LayerAllocation allocation;
  private final Pacer pacer = new Pacer(AHEAD);
  private final Pacer resends = new Pacer(RESENDS);
  private final PacedQueue queue = new PacedQueue();
  private final ProbeBurst probe = new ProbeBurst();
  private boolean reported;
  private long reportedNs;
  private long trialUntilNs = Long.MIN_VALUE;
  private long allocatedNs = Long.MIN_VALUE / 2;
  private int padded;

  /**
   * @param consumers those of the client, as they come and go
   */
  Downlink(List<Consumer> consumers, Counters counters) {
    this.consumers = consumers;
    this.allocation = new LayerAllocation(consumers);
    this.counters = counters;
  }

  /** How much the client can be sent, in bits for each second. */
  long bitsPerSecond(long nowNs) {
    return estimator.bitsPerSecond(nowNs);
  }

  /** Whether a picture's packet has to wait. */
  boolean isBusy(long nowNs) {
    return !queue.isEmpty() || (isPaced(nowNs) && !pacer.mayPass(nowNs));
  }

  /** Whether it is known what the line takes. */
  private boolean isPaced(long nowNs) {
    return reported || estimator.isTold(nowNs);
  }

  /** Whether the line has room for a resend, which is taken for sent then. */
  boolean admitsResend(long nowNs) {
    if (!isPaced(nowNs)) {
      return true;
    }
    boolean admitted = resends.mayPass(nowNs);
    if (admitted) {
      resends.spend(RESEND_BYTES);
    }
    return admitted;
  }

  /** Lets a picture's packet wait; false when there is no room. */
  boolean delay(Consumer consumer, InboundStream stream, long number, int length, long nowNs) {
    if (!queue.add(consumer, stream, number, length)) {
      counters.dropped(DropReason.PACER_FULL);
      return false;
    }
    pace(nowNs);
    return true;
  }

  /** What waits for this consumer will not be sent. */
  void forget(Consumer gone) {
    discarded(queue.forget(gone));
  }

  /** Nothing is sent any more. */
  void close() {
    discarded(queue.clear());
  }

  private void discarded(int packets) {
    for (int i = 0; i < packets; i++) {
      counters.dropped(DropReason.CONSUMER_CLOSED);
    }
  }

  /** A packet leaves that has no transport-wide number. */
  void onUnnumbered(int bytes, long nowNs) {
    if (isPaced(nowNs)) {
      pacer.spend(bytes);
    }
  }

  /** A packet leaves; returns its transport-wide number. */
  int onSent(int bytes, long nowNs) {
    if (isPaced(nowNs)) {
      pacer.spend(bytes);
    }
    int number = estimator.onSent(bytes, probe.id(), nowNs);
    probe.onSent(bytes);
    return number;
  }

  /** The client told of packets (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
  void onReport(ByteBuffer compound, int offset, int length, long nowNs) {
    if (!report.wrap(compound, offset, length)) {
      counters.dropped(DropReason.RTCP_MALFORMED);
      return;
    }
    reported = true;
    reportedNs = nowNs;
    estimator.onReport(report, nowNs);
    useEstimate(nowNs);
  }

  /** The client's own estimate, in bits for each second. */
  void onRemb(long bitsPerSecond, long nowNs) {
    estimator.onRemb(bitsPerSecond, nowNs);
    useEstimate(nowNs);
  }

  private void useEstimate(long nowNs) {
    if (nowNs - allocatedNs >= ALLOCATION_NS) {
      allocate(nowNs);
    }
    resends.use(estimator.bitsPerSecond(nowNs), 0, nowNs);
    pace(nowNs);
  }

  /** Shares the line among the pictures. */
  void allocate(long nowNs) {
    allocatedNs = nowNs;
    allocation.run(available(nowNs), nowNs);
    estimator.want(allocation.toSendAll(nowNs));
    beginProbe(nowNs);
  }

  private void pace(long nowNs) {
    pacer.use(estimator.bitsPerSecond(nowNs), queue.bytes(), nowNs);
  }

  /**
   * Where nothing is sent nothing is told, and the estimate would stay as low as it is for ever:
   * after a silence of those who do tell a little is tried.
   */
  private long available(long nowNs) {
    long limit = estimator.limit(nowNs);
    if (limit == BandwidthEstimator.UNLIMITED) {
      return LayerAllocation.UNLIMITED;
    }
    if (reported && nowNs - reportedNs > SILENCE_NS) {
      trialUntilNs = nowNs + TRIAL_NS;
    }
    return nowNs < trialUntilNs ? Math.max(limit, RETRY_BPS) : limit;
  }

  long nextDeadlineNs() {
    return Math.min(queue.isEmpty() ? Long.MAX_VALUE : pacer.nextNs(), probe.nextNs());
  }

  void onTimeout(long nowNs) {
    pace(nowNs);
    while (!queue.isEmpty() && pacer.mayPass(nowNs)) {
      queue.release(nowNs);
    }
    for (int i = 0; i < MOST_PADDING && probe.isDue(nowNs); i++) {
      if (!pad(nowNs)) {
        probe.end();
      }
    }
  }

  private void beginProbe(long nowNs) {
    long rate = probe.isUnderWay() ? BandwidthEstimator.NO_PROBE : estimator.probeDue(nowNs);
    if (rate != BandwidthEstimator.NO_PROBE) {
      int bytes = ProbeBurst.bytesAt(rate);
      probe.begin(estimator.beginProbe(rate, bytes, nowNs), rate, bytes, nowNs);
    }
  }

  /** Sends something that the client has had already, of whichever consumer can. */
  private boolean pad(long nowNs) {
    for (int i = 0; i < consumers.size(); i++) {
      padded = (padded + 1) % consumers.size();
      if (consumers.get(padded).sendPadding(nowNs)) {
        return true;
      }
    }
    return false;
  }
}
