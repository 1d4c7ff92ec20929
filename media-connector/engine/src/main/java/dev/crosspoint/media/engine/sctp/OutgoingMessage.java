package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.nio.ByteBuffer;

/** A message on its way to the peer, which is cut into pieces as there is room for them. */
final class OutgoingMessage {
  private final SctpMessage message;
  private final ByteBuffer payload;
  private final long expiresNs;
  private final int maxTransmissions;
  private int ssn;
  private int taken;
  private long firstTsn;
  private long lastTsn;
  private boolean abandoned;

  OutgoingMessage(SctpMessage message, Reliability reliability, long nowNs) {
    this.message = message;
    this.payload = message.payload().slice();
    this.expiresNs =
        reliability instanceof Reliability.MaxLifetime(long ns) ? nowNs + ns : Long.MAX_VALUE;
    this.maxTransmissions =
        reliability instanceof Reliability.MaxRetransmits(int times)
            ? times + 1
            : Integer.MAX_VALUE;
  }

  int streamId() {
    return message.streamId();
  }

  boolean isUnordered() {
    return message.unordered();
  }

  /** The stream sequence number, once {@link #begin} gave one. */
  int ssn() {
    return ssn;
  }

  /** The first piece is about to be sent. */
  void begin(int streamSequenceNumber) {
    ssn = streamSequenceNumber;
  }

  /** Bytes that no piece has yet. */
  int rest() {
    return payload.limit() - taken;
  }

  /** The next piece, with at most so many bytes. */
  Chunk.Data nextFragment(long tsn, int most) {
    int length = Math.min(most, rest());
    Chunk.Data piece =
        new Chunk.Data(
            false,
            message.unordered(),
            taken == 0,
            length == rest(),
            (int) tsn,
            message.streamId(),
            ssn,
            message.protocol(),
            payload.slice(taken, length));
    if (taken == 0) {
      firstTsn = tsn;
    }
    lastTsn = tsn;
    taken += length;
    return piece;
  }

  /** The number of the first piece; the others follow. */
  long firstTsn() {
    return firstTsn;
  }

  /** The number of the last piece so far. */
  long lastTsn() {
    return lastTsn;
  }

  boolean isExpired(long nowNs) {
    return nowNs >= expiresNs;
  }

  /** Whether a piece that was sent so often may be sent once more. */
  boolean allowsAnother(int transmissions, long nowNs) {
    return transmissions < maxTransmissions && !isExpired(nowNs);
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** No piece is sent any more. */
  void abandon() {
    abandoned = true;
  }
}
