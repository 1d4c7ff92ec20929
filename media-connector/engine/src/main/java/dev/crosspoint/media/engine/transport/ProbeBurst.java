package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.congestion.BandwidthEstimator;

/**
 * A probe on its way: some packets at a higher rate than usual, long enough that the receiver's
 * clock tells something and short enough that nobody notices the queue.
 */
final class ProbeBurst {
  private static final int LEAST_PACKETS = 6;
  private static final int PACKET_BYTES = 1000;
  private static final double LENGTH_S = 0.02;
  private static final double SECOND_NS = 1e9;

  /** Without anything to pad with the probe is over. */
  private static final long LONGEST_NS = 300_000_000;

  private int id = BandwidthEstimator.NO_PROBE_ID;
  private long rate;
  private int planned;
  private long beganNs;
  private long sentBytes;

  /** Bytes that a probe at this rate has, at least. */
  static int bytesAt(long rate) {
    return Math.max(LEAST_PACKETS * PACKET_BYTES, (int) (rate * LENGTH_S / 8));
  }

  void begin(int probeId, long bitsPerSecond, int bytes, long nowNs) {
    id = probeId;
    rate = bitsPerSecond;
    planned = bytes;
    beganNs = nowNs;
    sentBytes = 0;
  }

  boolean isUnderWay() {
    return id != BandwidthEstimator.NO_PROBE_ID;
  }

  /** The number of the probe that what is sent now belongs to. */
  int id() {
    return id;
  }

  /** Any packet of the transport counts. */
  void onSent(int bytes) {
    if (isUnderWay()) {
      sentBytes += bytes;
      if (sentBytes >= planned) {
        end();
      }
    }
  }

  /** Whether something has to be sent to keep the rate. */
  boolean isDue(long nowNs) {
    if (isUnderWay() && nowNs - beganNs > LONGEST_NS) {
      end();
    }
    return isUnderWay() && nowNs >= nextNs();
  }

  long nextNs() {
    return isUnderWay() ? beganNs + (long) (sentBytes * 8 * SECOND_NS / rate) : Long.MAX_VALUE;
  }

  void end() {
    id = BandwidthEstimator.NO_PROBE_ID;
  }
}
