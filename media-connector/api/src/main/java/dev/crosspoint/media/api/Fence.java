package dev.crosspoint.media.api;

/**
 * Orders the commands of a call across owners. The engine remembers the highest fence it has seen
 * for a router and rejects every lower one with {@link MediaErrorCode#STALE_COMMAND}, so an owner
 * that was paused and wakes can do no harm.
 *
 * @param epoch grows by one with every change of owner; taken from the call's row in the database
 * @param sequence grows by one with every command of one owner
 */
public record Fence(long epoch, long sequence) implements Comparable<Fence> {
  public Fence {
    if (epoch < 0 || sequence < 0) {
      throw new IllegalArgumentException("epoch and sequence are not negative");
    }
  }

  @Override
  public int compareTo(Fence other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
  }
}
