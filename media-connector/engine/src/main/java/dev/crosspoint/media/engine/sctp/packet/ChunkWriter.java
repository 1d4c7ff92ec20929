package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/** Writes chunks into a buffer that has room for them. */
final class ChunkWriter {
  static final int HEADER_LENGTH = 4;

  private ChunkWriter() {}

  /** Bytes of a chunk with its header and padding. */
  static int paddedLength(Chunk chunk) {
    return Parameter.padded(
        switch (chunk) {
          case Chunk.Data data -> Chunk.Data.paddedLength(data.payload().remaining());
          case Chunk.Init init -> length(init.parameters());
          case Chunk.InitAck ack -> length(ack.parameters());
          case Chunk.Sack sack ->
              Chunk.Sack.HEADER_LENGTH + 4 * (sack.gaps().size() + sack.duplicates().size());
          case Chunk.Heartbeat heartbeat -> HEADER_LENGTH + heartbeat.value().remaining();
          case Chunk.HeartbeatAck ack -> HEADER_LENGTH + ack.value().remaining();
          case Chunk.Abort abort -> HEADER_LENGTH + Parameter.lengthOfAll(abort.causes());
          case Chunk.Shutdown _ -> HEADER_LENGTH + 4;
          case Chunk.ShutdownAck _, Chunk.CookieAck _, Chunk.ShutdownComplete _ -> HEADER_LENGTH;
          case Chunk.OperationError error -> HEADER_LENGTH + Parameter.lengthOfAll(error.causes());
          case Chunk.CookieEcho echo -> HEADER_LENGTH + echo.cookie().remaining();
          case Chunk.Reconfig reconfig ->
              HEADER_LENGTH + Parameter.lengthOfAll(reconfig.parameters());
          case Chunk.ForwardTsn forward -> HEADER_LENGTH + 4 + 4 * forward.skipped().size();
          case Chunk.Unknown unknown -> HEADER_LENGTH + unknown.value().remaining();
        });
  }

  private static int length(InitParameters init) {
    return HEADER_LENGTH + 16 + Parameter.lengthOfAll(init.parameters());
  }

  /** Writes at the buffer's position and moves it behind the chunk and its padding. */
  static void write(Chunk chunk, ByteBuffer out) {
    int start = out.position();
    int end = start + paddedLength(chunk);
    out.put((byte) type(chunk)).put((byte) flags(chunk)).putShort((short) 0);
    writeValue(chunk, out);
    out.putShort(start + 2, (short) (out.position() - start));
    Parameter.pad(out, end);
  }

  private static int type(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Data _ -> ChunkType.DATA;
      case Chunk.Init _ -> ChunkType.INIT;
      case Chunk.InitAck _ -> ChunkType.INIT_ACK;
      case Chunk.Sack _ -> ChunkType.SACK;
      case Chunk.Heartbeat _ -> ChunkType.HEARTBEAT;
      case Chunk.HeartbeatAck _ -> ChunkType.HEARTBEAT_ACK;
      case Chunk.Abort _ -> ChunkType.ABORT;
      case Chunk.Shutdown _ -> ChunkType.SHUTDOWN;
      case Chunk.ShutdownAck _ -> ChunkType.SHUTDOWN_ACK;
      case Chunk.OperationError _ -> ChunkType.ERROR;
      case Chunk.CookieEcho _ -> ChunkType.COOKIE_ECHO;
      case Chunk.CookieAck _ -> ChunkType.COOKIE_ACK;
      case Chunk.ShutdownComplete _ -> ChunkType.SHUTDOWN_COMPLETE;
      case Chunk.Reconfig _ -> ChunkType.RECONFIG;
      case Chunk.ForwardTsn _ -> ChunkType.FORWARD_TSN;
      case Chunk.Unknown unknown -> unknown.type();
    };
  }

  private static int flags(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Data data ->
          (data.immediate() ? 8 : 0)
              | (data.unordered() ? 4 : 0)
              | (data.beginning() ? 2 : 0)
              | (data.ending() ? 1 : 0);
      case Chunk.Abort abort -> abort.reflected() ? 1 : 0;
      case Chunk.ShutdownComplete complete -> complete.reflected() ? 1 : 0;
      case Chunk.Unknown unknown -> unknown.flags();
      default -> 0;
    };
  }

  private static void writeValue(Chunk chunk, ByteBuffer out) {
    switch (chunk) {
      case Chunk.Data data -> write(data, out);
      case Chunk.Init init -> write(init.parameters(), out);
      case Chunk.InitAck ack -> write(ack.parameters(), out);
      case Chunk.Sack sack -> write(sack, out);
      case Chunk.Heartbeat heartbeat -> out.put(heartbeat.value().duplicate());
      case Chunk.HeartbeatAck ack -> out.put(ack.value().duplicate());
      case Chunk.Abort abort -> write(abort.causes(), out);
      case Chunk.Shutdown shutdown -> out.putInt(shutdown.cumulativeTsn());
      case Chunk.OperationError error -> write(error.causes(), out);
      case Chunk.CookieEcho echo -> out.put(echo.cookie().duplicate());
      case Chunk.Reconfig reconfig -> write(reconfig.parameters(), out);
      case Chunk.ForwardTsn forward -> write(forward, out);
      case Chunk.Unknown unknown -> out.put(unknown.value().duplicate());
      case Chunk.ShutdownAck _, Chunk.CookieAck _, Chunk.ShutdownComplete _ -> {}
    }
  }

  private static void write(Chunk.Data data, ByteBuffer out) {
    out.putInt(data.tsn());
    out.putShort((short) data.streamId());
    out.putShort((short) data.ssn());
    out.putInt(data.protocol());
    out.put(data.payload().duplicate());
  }

  private static void write(InitParameters init, ByteBuffer out) {
    out.putInt(init.tag());
    out.putInt((int) init.window());
    out.putShort((short) init.outgoingStreams());
    out.putShort((short) init.incomingStreams());
    out.putInt(init.initialTsn());
    write(init.parameters(), out);
  }

  private static void write(Chunk.Sack sack, ByteBuffer out) {
    out.putInt(sack.cumulativeTsn());
    out.putInt((int) sack.window());
    out.putShort((short) sack.gaps().size());
    out.putShort((short) sack.duplicates().size());
    for (Chunk.Gap gap : sack.gaps()) {
      out.putShort((short) gap.first());
      out.putShort((short) gap.last());
    }
    sack.duplicates().forEach(out::putInt);
  }

  private static void write(Chunk.ForwardTsn forward, ByteBuffer out) {
    out.putInt(forward.cumulativeTsn());
    for (Chunk.Skipped skipped : forward.skipped()) {
      out.putShort((short) skipped.streamId());
      out.putShort((short) skipped.ssn());
    }
  }

  private static void write(List<Parameter> parameters, ByteBuffer out) {
    parameters.forEach(parameter -> parameter.write(out));
  }
}
