package dev.crosspoint.media.engine.congestion;

import java.util.Arrays;

/** How much arrives: bits for each second over the latest half second of the receiver's clock. */
final class DeliveredRate {
  private static final int BUCKETS = 20;
  private static final long BUCKET_NS = 25_000_000;
  private static final int LEAST_BUCKETS = 6;
  private static final long SECOND_NS = 1_000_000_000L;

  private final long[] bytes = new long[BUCKETS];
  private long first = Long.MIN_VALUE;
  private long latest;

  void onPacket(long arrivalNs, int size) {
    long bucket = Math.floorDiv(arrivalNs, BUCKET_NS);
    if (first == Long.MIN_VALUE || bucket - latest >= 2 * BUCKETS) {
      Arrays.fill(bytes, 0);
      first = bucket;
      latest = bucket;
    }
    if (bucket <= latest - BUCKETS) {
      return;
    }
    while (latest < bucket) {
      latest++;
      bytes[slot(latest)] = 0;
    }
    bytes[slot(bucket)] += size;
  }

  /** 0 as long as it is not known. */
  long bitsPerSecond() {
    if (first == Long.MIN_VALUE) {
      return 0;
    }
    // The latest bucket is not full yet.
    long from = Math.max(first, latest - BUCKETS + 1);
    long full = latest - from;
    if (full < LEAST_BUCKETS) {
      return 0;
    }
    long sum = 0;
    for (long bucket = from; bucket < latest; bucket++) {
      sum += bytes[slot(bucket)];
    }
    return sum * 8 * SECOND_NS / (full * BUCKET_NS);
  }

  private static int slot(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
