package dev.crosspoint.media.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crosspoint.media.engine.sctp.Reliability;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The message by which a channel is opened on a stream without any other signalling (RFC 8832,
 * 5.1).
 *
 * @param ordered whether messages arrive in order
 */
public record DataChannelOpen(
    boolean ordered, Reliability reliability, int priority, String label, String protocol) {
  /** The payload protocol of such messages (RFC 8832, 8.1). */
  public static final int PROTOCOL = 50;

  private static final int ACK = 2;
  private static final int OPEN = 3;
  private static final int HEADER_LENGTH = 12;
  private static final int UNORDERED = 0x80;
  private static final int RELIABLE = 0;
  private static final int MAX_RETRANSMITS = 1;
  private static final int MAX_LIFETIME = 2;
  private static final long MILLISECOND_NS = 1_000_000;

  /** Reads the message between position and limit; empty when it is none. */
  public static Optional<DataChannelOpen> parse(ByteBuffer payload) {
    ByteBuffer message = payload.slice();
    if (message.limit() < HEADER_LENGTH || message.get(0) != OPEN) {
      return Optional.empty();
    }
    int labelLength = message.getShort(8) & 0xFFFF;
    int protocolLength = message.getShort(10) & 0xFFFF;
    if (message.limit() != HEADER_LENGTH + labelLength + protocolLength) {
      return Optional.empty();
    }
    int type = message.get(1) & 0xFF;
    int priority = message.getShort(2) & 0xFFFF;
    String label = text(message, HEADER_LENGTH, labelLength);
    String protocol = text(message, HEADER_LENGTH + labelLength, protocolLength);
    return reliability(type & ~UNORDERED, Integer.toUnsignedLong(message.getInt(4)))
        .map(reliability ->
            new DataChannelOpen((type & UNORDERED) == 0, reliability, priority, label, protocol));
  }

  private static Optional<Reliability> reliability(int type, long parameter) {
    return switch (type) {
      case RELIABLE -> Optional.of(new Reliability.Reliable());
      case MAX_RETRANSMITS ->
          Optional.of(
              new Reliability.MaxRetransmits((int) Math.min(parameter, Integer.MAX_VALUE - 1)));
      case MAX_LIFETIME -> Optional.of(new Reliability.MaxLifetime(parameter * MILLISECOND_NS));
      default -> Optional.empty();
    };
  }

  private static String text(ByteBuffer message, int at, int length) {
    return UTF_8.decode(message.slice(at, length)).toString();
  }

  /** The answer (RFC 8832, 5.2). */
  public static ByteBuffer acknowledgement() {
    return ByteBuffer.allocate(1).put(0, (byte) ACK);
  }
}
