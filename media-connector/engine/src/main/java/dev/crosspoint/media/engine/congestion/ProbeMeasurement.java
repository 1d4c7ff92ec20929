package dev.crosspoint.media.engine.congestion;

import java.util.Arrays;

/**
 * What came of probes: packets sent at a known rate, and the rate at which they arrived. What
 * arrives more slowly than it was sent, and was to be, shows the capacity, the rest only that there
 * is more.
 */
final class ProbeMeasurement {
  /** Nothing new is known. */
  static final long NOTHING = 0;

  private static final int REMEMBERED = 4;
  private static final double SECOND_NS = 1e9;
  private static final long LONGEST_NS = 1_000_000_000;
  private static final int LEAST_PACKETS = 4;
  private static final double LEAST_PART = 0.7;
  private static final double IMPOSSIBLE = 2;
  private static final double SLOWER = 0.9;
  private static final double CAUTION = 0.95;

  private final Probe[] probes = new Probe[REMEMBERED];
  private long result;
  private boolean limited;

  ProbeMeasurement() {
    Arrays.setAll(probes, _ -> new Probe());
  }

  private static final class Probe {
    private int id;
    private long rate;
    private int planned;
    private int packets;
    private long bytes;
    private int firstBytes;
    private int lastBytes;
    private long firstSentNs;
    private long lastSentNs;
    private long firstArrivalNs;
    private long lastArrivalNs;
  }

  /**
   * A probe begins.
   *
   * @param rate at which it is to be sent
   * @param bytes that it will send, at least
   */
  void begin(int id, long rate, int bytes) {
    Probe probe = probes[id % REMEMBERED];
    probe.id = id;
    probe.rate = rate;
    probe.planned = bytes;
    probe.packets = 0;
    probe.bytes = 0;
  }

  void onPacket(int id, int size, long sentNs, long arrivalNs) {
    Probe probe = probes[id % REMEMBERED];
    if (probe.id != id) {
      return;
    }
    if (probe.packets == 0) {
      probe.firstSentNs = sentNs;
      probe.lastSentNs = sentNs;
      probe.firstArrivalNs = arrivalNs;
      probe.lastArrivalNs = arrivalNs;
      probe.firstBytes = size;
      probe.lastBytes = size;
    }
    if (sentNs >= probe.lastSentNs) {
      probe.lastSentNs = sentNs;
      probe.lastBytes = size;
    }
    if (arrivalNs < probe.firstArrivalNs) {
      probe.firstArrivalNs = arrivalNs;
      probe.firstBytes = size;
    }
    probe.lastArrivalNs = Math.max(probe.lastArrivalNs, arrivalNs);
    probe.packets++;
    probe.bytes += size;
    judge(probe);
  }

  /** What probes have shown since the last call, in bits for each second, or {@link #NOTHING}. */
  long take() {
    long taken = result;
    result = NOTHING;
    return taken;
  }

  /** Whether the result taken last is all that goes through. */
  boolean isLimited() {
    return limited;
  }

  private void judge(Probe probe) {
    long sentNs = probe.lastSentNs - probe.firstSentNs;
    long arrivedNs = probe.lastArrivalNs - probe.firstArrivalNs;
    boolean enough = probe.packets >= LEAST_PACKETS && probe.bytes >= LEAST_PART * probe.planned;
    if (!enough || sentNs <= 0 || arrivedNs <= 0 || sentNs > LONGEST_NS || arrivedNs > LONGEST_NS) {
      return;
    }
    double sendRate = (probe.bytes - probe.lastBytes) * 8 * SECOND_NS / sentNs;
    double receiveRate = (probe.bytes - probe.firstBytes) * 8 * SECOND_NS / arrivedNs;
    if (receiveRate > IMPOSSIBLE * sendRate) {
      return;
    }
    // Packets that left closer together than they were to show nothing about the line.
    limited = receiveRate < SLOWER * Math.min(sendRate, (double) probe.rate);
    result = (long) (limited ? CAUTION * receiveRate : Math.min(sendRate, receiveRate));
  }
}
