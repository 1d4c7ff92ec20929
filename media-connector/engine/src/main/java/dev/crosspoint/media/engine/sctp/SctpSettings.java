package dev.crosspoint.media.engine.sctp;

/**
 * What an association is limited to.
 *
 * @param port of both sides; inside DTLS it tells nothing apart
 * @param streams most streams in each direction
 * @param packetLength longest packet that is sent, in bytes, a multiple of four
 * @param maxMessageLength longest message that is taken from either side, in bytes
 * @param sendBuffer bytes that wait to be sent or acknowledged, at most
 * @param receiveBuffer bytes that wait for what is missing before them, about; not less than the
 *     longest message
 */
public record SctpSettings(
    int port,
    int streams,
    int packetLength,
    int maxMessageLength,
    int sendBuffer,
    int receiveBuffer) {

  /** Bytes that each message or piece costs beside its payload; so small ones are not free. */
  static final int OVERHEAD = 64;

  private static final int SHORTEST_PACKET = 512;

  /**
   * @throws IllegalArgumentException when the limits contradict each other
   */
  public SctpSettings {
    if (packetLength < SHORTEST_PACKET || packetLength % 4 != 0) {
      throw new IllegalArgumentException("packetLength is a multiple of four, not below 512");
    }
    if (receiveBuffer < maxMessageLength || sendBuffer < maxMessageLength + OVERHEAD) {
      throw new IllegalArgumentException("a buffer has room for the longest message");
    }
  }

  /**
   * What browsers are used to. The packets fit into DTLS records of 1,200 bytes, whatever the
   * cipher.
   */
  public static SctpSettings standard() {
    return new SctpSettings(5_000, 1_024, 1_144, 262_144, 524_288, 524_288);
  }

  /** Bytes of a message that one packet has room for. */
  int fragmentLength() {
    return packetLength - 12 - 16;
  }
}
