package dev.crosspoint.media.engine.sctp;

/** How long a message is worth sending (RFC 3758; RFC 7496, 3). */
public sealed interface Reliability {

  /** Until it has arrived. */
  record Reliable() implements Reliability {}

  /**
   * @param times how often it is sent again at most
   */
  record MaxRetransmits(int times) implements Reliability {}

  /**
   * @param ns how long after it was handed in it is still sent
   */
  record MaxLifetime(long ns) implements Reliability {}
}
