package dev.crosspoint.media.engine.congestion;

import java.util.stream.DoubleStream;

/**
 * What losses say about the capacity. A line may lose packets whatever is sent, or because more is
 * sent than it takes; both can be told apart by whether more is lost when more is sent. So each
 * capacity that comes into question is judged by how likely it makes the losses that were seen, if
 * what goes beyond it is lost and, of the rest, an even share. Where two explain them equally well
 * an even share of up to a tenth is believed, and beyond that the smaller capacity.
 */
final class LossModel {
  /** The losses speak of no limit. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private static final int WINDOWS = 20;
  private static final long WINDOW_NS = 250_000_000;
  private static final int LEAST_PACKETS = 10;
  private static final int CANDIDATES = 6;
  private static final double AGEING = 0.92;
  private static final double[] WEIGHTS =
      DoubleStream.iterate(1, weight -> weight * AGEING).limit(WINDOWS).toArray();
  private static final double LEAST_LOSS = 1e-4;
  private static final double MOST_LOSS = 0.5;
  private static final double BELIEVED = 0.12;
  private static final double DOUBT = 2;

  /** A limit is believed in when it makes the losses so much likelier, in powers of e. */
  private static final double EVIDENCE = 6;

  private static final double GROWTH = 1.08;
  private static final double CAUTION = 0.95;
  private static final double SECOND_NS = 1e9;

  private final double[] rates = new double[WINDOWS];
  private final int[] sent = new int[WINDOWS];
  private final int[] lost = new int[WINDOWS];
  private int windows;
  private int packets;
  private int missing;
  private long bytes;
  private long firstNs = Long.MIN_VALUE;
  private long limit = UNLIMITED;
  private double even;

  /** Bits for each second; {@link #UNLIMITED} when losses speak of no limit. */
  long limit() {
    return limit;
  }

  /** The share that is lost whatever is sent, 0 to 1. */
  double evenLoss() {
    return even;
  }

  /** What became of a packet; in the order of sending. */
  void onPacket(long sentNs, int size, boolean arrived) {
    if (firstNs == Long.MIN_VALUE) {
      firstNs = sentNs;
    }
    if (sentNs - firstNs >= WINDOW_NS && packets >= LEAST_PACKETS) {
      closeWindow(sentNs);
    }
    packets++;
    bytes += size;
    if (!arrived) {
      missing++;
    }
  }

  private void closeWindow(long sentNs) {
    int slot = windows++ % WINDOWS;
    rates[slot] = bytes * 8 * SECOND_NS / (sentNs - firstNs);
    sent[slot] = packets;
    lost[slot] = missing;
    firstNs = sentNs;
    packets = 0;
    missing = 0;
    bytes = 0;
    limit = estimate();
  }

  private long estimate() {
    int known = Math.min(windows, WINDOWS);
    double highest = 0;
    long missed = 0;
    for (int i = 0; i < known; i++) {
      missed += lost[i];
      highest = Math.max(highest, rates[i]);
    }
    if (missed == 0) {
      even = 0;
      return UNLIMITED;
    }
    double best = Double.POSITIVE_INFINITY;
    double likelihood = score(best, known) + (limit == UNLIMITED ? EVIDENCE : 0);
    int latest = (windows - 1) % WINDOWS;
    double delivered = rates[latest] * (sent[latest] - lost[latest]) / sent[latest];
    for (int i = 0; i < CANDIDATES; i++) {
      double candidate = candidate(i, delivered, highest);
      double judged = candidate > 0 ? score(candidate, known) : Double.NEGATIVE_INFINITY;
      if (judged > likelihood) {
        likelihood = judged;
        best = candidate;
      }
    }
    even = evenLoss(best, known);
    return best == Double.POSITIVE_INFINITY ? UNLIMITED : (long) best;
  }

  /** Around what the limit was, what has just been delivered, and what was tried. */
  private double candidate(int index, double delivered, double highest) {
    double before = limit == UNLIMITED ? 0 : limit;
    return switch (index) {
      case 0 -> before * GROWTH;
      case 1 -> before;
      case 2 -> before * CAUTION;
      case 3 -> delivered;
      case 4 -> delivered * CAUTION;
      default -> highest * CAUTION;
    };
  }

  /** The logarithm of the likelihood, with what is believed beforehand. */
  private double score(double capacity, int known) {
    double even = evenLoss(capacity, known);
    double sum = 0;
    double weight = 0;
    for (int age = 0; age < known; age++) {
      int slot = Math.floorMod(windows - 1 - age, WINDOWS);
      double weighted = WEIGHTS[age];
      double p = lossAt(rates[slot], capacity, even);
      sum += weighted * (lost[slot] * Math.log(p) + (sent[slot] - lost[slot]) * Math.log1p(-p));
      weight += weighted * sent[slot];
    }
    return sum - weight * DOUBT * Math.max(0, even - BELIEVED);
  }

  /** The even share that is left when what goes beyond the capacity is taken off. */
  private double evenLoss(double capacity, int known) {
    double lostEvenly = 0;
    double passed = 0;
    for (int age = 0; age < known; age++) {
      int slot = Math.floorMod(windows - 1 - age, WINDOWS);
      double weighted = WEIGHTS[age];
      double beyond = beyond(rates[slot], capacity);
      lostEvenly += weighted * (lost[slot] - sent[slot] * beyond);
      passed += weighted * sent[slot] * (1 - beyond);
    }
    return passed <= 0 ? LEAST_LOSS : Math.clamp(lostEvenly / passed, LEAST_LOSS, MOST_LOSS);
  }

  private static double lossAt(double rate, double capacity, double even) {
    double beyond = beyond(rate, capacity);
    return Math.clamp(beyond + (1 - beyond) * even, LEAST_LOSS, 1 - LEAST_LOSS);
  }

  private static double beyond(double rate, double capacity) {
    return rate <= capacity ? 0 : (rate - capacity) / rate;
  }
}
