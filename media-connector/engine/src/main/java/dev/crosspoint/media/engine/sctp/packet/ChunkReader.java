package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes chunks of the bytes of one; empty when they contradict themselves. */
final class ChunkReader {
  private static final int ENDING = 1;
  private static final int BEGINNING = 2;
  private static final int UNORDERED = 4;
  private static final int IMMEDIATE = 8;
  private static final int REFLECTED = 1;

  private static final int DATA_VALUE = 12;
  private static final int INIT_VALUE = 16;
  private static final int SACK_VALUE = 12;
  private static final int ITEM = 4;

  private ChunkReader() {}

  /**
   * @param value what follows the chunk's header, from index 0 to the limit
   */
  static Optional<Chunk> read(int type, int flags, ByteBuffer value) {
    return switch (type) {
      case ChunkType.DATA -> data(flags, value);
      case ChunkType.INIT -> init(value).map(Chunk.Init::new);
      case ChunkType.INIT_ACK -> init(value).map(Chunk.InitAck::new);
      case ChunkType.SACK -> sack(value);
      case ChunkType.HEARTBEAT -> Optional.of(new Chunk.Heartbeat(value));
      case ChunkType.HEARTBEAT_ACK -> Optional.of(new Chunk.HeartbeatAck(value));
      case ChunkType.ABORT ->
          listed(value, causes -> new Chunk.Abort((flags & REFLECTED) != 0, causes));
      case ChunkType.SHUTDOWN ->
          value.limit() == ITEM
              ? Optional.of(new Chunk.Shutdown(value.getInt(0)))
              : Optional.empty();
      case ChunkType.SHUTDOWN_ACK -> Optional.of(new Chunk.ShutdownAck());
      case ChunkType.ERROR -> listed(value, Chunk.OperationError::new);
      case ChunkType.COOKIE_ECHO -> Optional.of(new Chunk.CookieEcho(value));
      case ChunkType.COOKIE_ACK -> Optional.of(new Chunk.CookieAck());
      case ChunkType.SHUTDOWN_COMPLETE ->
          Optional.of(new Chunk.ShutdownComplete((flags & REFLECTED) != 0));
      case ChunkType.RECONFIG -> listed(value, Chunk.Reconfig::new);
      case ChunkType.FORWARD_TSN -> forwardTsn(value);
      default -> Optional.of(new Chunk.Unknown(type, flags, value));
    };
  }

  /** A DATA chunk without data is not allowed (RFC 9260, 3.3.1). */
  private static Optional<Chunk> data(int flags, ByteBuffer value) {
    if (value.limit() <= DATA_VALUE) {
      return Optional.empty();
    }
    return Optional.of(
        new Chunk.Data(
            (flags & IMMEDIATE) != 0,
            (flags & UNORDERED) != 0,
            (flags & BEGINNING) != 0,
            (flags & ENDING) != 0,
            value.getInt(0),
            unsigned(value, 4),
            unsigned(value, 6),
            value.getInt(8),
            value.slice(DATA_VALUE, value.limit() - DATA_VALUE)));
  }

  private static Optional<InitParameters> init(ByteBuffer value) {
    if (value.limit() < INIT_VALUE) {
      return Optional.empty();
    }
    return Parameter.readAll(value.slice(INIT_VALUE, value.limit() - INIT_VALUE))
        .map(parameters ->
            new InitParameters(
                value.getInt(0),
                Integer.toUnsignedLong(value.getInt(4)),
                unsigned(value, 8),
                unsigned(value, 10),
                value.getInt(12),
                parameters));
  }

  private static Optional<Chunk> sack(ByteBuffer value) {
    if (value.limit() < SACK_VALUE) {
      return Optional.empty();
    }
    int gapCount = unsigned(value, 8);
    int duplicateCount = unsigned(value, 10);
    if (value.limit() != SACK_VALUE + ITEM * (gapCount + duplicateCount)) {
      return Optional.empty();
    }
    List<Chunk.Gap> gaps = new ArrayList<>(gapCount);
    int at = SACK_VALUE;
    int last = 0;
    for (int i = 0; i < gapCount; i++, at += ITEM) {
      Chunk.Gap gap = new Chunk.Gap(unsigned(value, at), unsigned(value, at + 2));
      if (gap.first() <= last || gap.last() < gap.first()) {
        return Optional.empty();
      }
      last = gap.last();
      gaps.add(gap);
    }
    List<Integer> duplicates = new ArrayList<>(duplicateCount);
    for (int i = 0; i < duplicateCount; i++, at += ITEM) {
      duplicates.add(value.getInt(at));
    }
    long window = Integer.toUnsignedLong(value.getInt(4));
    return Optional.of(new Chunk.Sack(value.getInt(0), window, gaps, duplicates));
  }

  private static Optional<Chunk> forwardTsn(ByteBuffer value) {
    if (value.limit() < ITEM || value.limit() % ITEM != 0) {
      return Optional.empty();
    }
    List<Chunk.Skipped> skipped = new ArrayList<>();
    for (int at = ITEM; at < value.limit(); at += ITEM) {
      skipped.add(new Chunk.Skipped(unsigned(value, at), unsigned(value, at + 2)));
    }
    return Optional.of(new Chunk.ForwardTsn(value.getInt(0), skipped));
  }

  private static Optional<Chunk> listed(
      ByteBuffer value, Function<List<Parameter>, Chunk> constructor) {
    return Parameter.readAll(value).map(constructor);
  }

  private static int unsigned(ByteBuffer value, int at) {
    return value.getShort(at) & 0xFFFF;
  }
}
