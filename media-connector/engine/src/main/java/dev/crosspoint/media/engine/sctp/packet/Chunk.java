package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A chunk of an SCTP packet. Transmission sequence numbers (TSN), tags and payload protocols are
 * unsigned 32 bit, stream ids and stream sequence numbers (SSN) unsigned 16 bit. What is in a
 * buffer lies between position and limit; nobody changes it.
 */
public sealed interface Chunk {

  /**
   * A message or a piece of one (RFC 9260, 3.3.1).
   *
   * @param immediate the sender wants to hear of its arrival at once
   * @param beginning whether a message begins here
   * @param ending whether a message ends here
   * @param ssn without meaning when unordered
   * @param protocol what the payload is, for the application alone
   */
  record Data(
      boolean immediate,
      boolean unordered,
      boolean beginning,
      boolean ending,
      int tsn,
      int streamId,
      int ssn,
      int protocol,
      ByteBuffer payload)
      implements Chunk {
    /** Bytes of the chunk without its payload. */
    public static final int HEADER_LENGTH = 16;

    /** Bytes in a packet of a chunk with so long a payload, with header and padding. */
    public static int paddedLength(int payloadLength) {
      return Parameter.padded(HEADER_LENGTH + payloadLength);
    }
  }

  /** Asks for an association (RFC 9260, 3.3.2). */
  record Init(InitParameters parameters) implements Chunk {}

  /** The answer to {@link Init}, with a state cookie (RFC 9260, 3.3.3). */
  record InitAck(InitParameters parameters) implements Chunk {}

  /**
   * What has arrived (RFC 9260, 3.3.4).
   *
   * @param cumulativeTsn everything up to this has
   * @param window bytes that the receiver has room for
   * @param gaps what has arrived beyond, ascending
   * @param duplicates what has arrived more than once since the last such chunk
   */
  record Sack(int cumulativeTsn, long window, List<Gap> gaps, List<Integer> duplicates)
      implements Chunk {
    /** Bytes of the chunk without gaps and duplicates. */
    public static final int HEADER_LENGTH = 16;

    public Sack {
      gaps = List.copyOf(gaps);
      duplicates = List.copyOf(duplicates);
    }
  }

  /**
   * A run of TSNs that arrived although some before them are missing.
   *
   * @param first counted from the cumulative TSN
   * @param last counted from the cumulative TSN, not less than {@code first}
   */
  record Gap(int first, int last) {}

  /** Asks whether the peer is alive (RFC 9260, 3.3.5). */
  record Heartbeat(ByteBuffer value) implements Chunk {}

  /** Repeats what a {@link Heartbeat} said (RFC 9260, 3.3.6). */
  record HeartbeatAck(ByteBuffer value) implements Chunk {}

  /**
   * Ends the association at once (RFC 9260, 3.3.7).
   *
   * @param reflected the packet has the receiver's tag instead of the sender's
   */
  record Abort(boolean reflected, List<Parameter> causes) implements Chunk {
    public Abort {
      causes = List.copyOf(causes);
    }
  }

  /** The sender has nothing more to send (RFC 9260, 3.3.8). */
  record Shutdown(int cumulativeTsn) implements Chunk {}

  /** Nor has the other side (RFC 9260, 3.3.9). */
  record ShutdownAck() implements Chunk {}

  /** Something was wrong, but the association goes on (RFC 9260, 3.3.10). */
  record OperationError(List<Parameter> causes) implements Chunk {
    public OperationError {
      causes = List.copyOf(causes);
    }
  }

  /** Brings a state cookie back (RFC 9260, 3.3.11). */
  record CookieEcho(ByteBuffer cookie) implements Chunk {}

  /** The cookie was accepted (RFC 9260, 3.3.12). */
  record CookieAck() implements Chunk {}

  /**
   * The association is over (RFC 9260, 3.3.13).
   *
   * @param reflected the packet has the receiver's tag instead of the sender's
   */
  record ShutdownComplete(boolean reflected) implements Chunk {}

  /** Requests about streams, and answers to such (RFC 6525, 3.1). */
  record Reconfig(List<Parameter> parameters) implements Chunk {
    public Reconfig {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * The sender has given up everything up to a TSN (RFC 3758, 3.2).
   *
   * @param skipped the last message given up on each ordered stream
   */
  record ForwardTsn(int cumulativeTsn, List<Skipped> skipped) implements Chunk {
    public ForwardTsn {
      skipped = List.copyOf(skipped);
    }
  }

  /** A stream on which messages were given up, and the last of them. */
  record Skipped(int streamId, int ssn) {}

  /** A chunk of a type that is not spoken here. */
  record Unknown(int type, int flags, ByteBuffer value) implements Chunk {
    /** Whether the rest of the packet is to be ignored (RFC 9260, 3.2). */
    public boolean stops() {
      return (type & 0x80) == 0;
    }

    /** Whether the sender wants to know that it was not understood. */
    public boolean isReported() {
      return (type & 0x40) != 0;
    }
  }
}
