package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A well-formed SCTP packet with the right checksum (RFC 9260, 3). Well-formed says nothing about
 * whether it makes sense.
 *
 * @param verificationTag says which association it is for
 * @param chunks at least one
 */
public record SctpPacket(
    int sourcePort, int destinationPort, int verificationTag, List<Chunk> chunks) {
  static final int HEADER_LENGTH = 12;
  static final int TAG = 4;
  static final int CHECKSUM = 8;
  private static final int MAX_LENGTH = 2_048;

  public SctpPacket {
    chunks = List.copyOf(chunks);
  }

  /**
   * Reads a copy of the packet between position and limit; empty when it is not SCTP.
   *
   * <p>The last chunk may do without padding.
   */
  public static Optional<SctpPacket> parse(ByteBuffer datagram) {
    int length = datagram.remaining();
    if (length < HEADER_LENGTH + ChunkWriter.HEADER_LENGTH || length > MAX_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).put(datagram.duplicate()).flip();
    int checksum = bytes.getInt(CHECKSUM);
    bytes.putInt(CHECKSUM, 0);
    if (checksum != checksum(bytes)) {
      return Optional.empty();
    }
    return chunks(bytes)
        .map(chunks ->
            new SctpPacket(
                bytes.getShort(0) & 0xFFFF, bytes.getShort(2) & 0xFFFF, bytes.getInt(TAG), chunks));
  }

  private static Optional<List<Chunk>> chunks(ByteBuffer bytes) {
    List<Chunk> chunks = new ArrayList<>();
    int at = HEADER_LENGTH;
    while (at < bytes.limit()) {
      if (bytes.limit() - at < ChunkWriter.HEADER_LENGTH) {
        return Optional.empty();
      }
      int length = bytes.getShort(at + 2) & 0xFFFF;
      if (length < ChunkWriter.HEADER_LENGTH || length > bytes.limit() - at) {
        return Optional.empty();
      }
      ByteBuffer value =
          bytes.slice(at + ChunkWriter.HEADER_LENGTH, length - ChunkWriter.HEADER_LENGTH);
      Optional<Chunk> chunk =
          ChunkReader.read(
              bytes.get(at) & 0xFF, bytes.get(at + 1) & 0xFF, value.asReadOnlyBuffer());
      if (chunk.isEmpty()) {
        return Optional.empty();
      }
      chunks.add(chunk.get());
      at += Parameter.padded(length);
    }
    return Optional.of(chunks);
  }

  /**
   * CRC32c of the bytes between position and limit, in the order of bytes that SCTP has (RFC 9260,
   * appendix A).
   */
  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return Integer.reverseBytes((int) crc.getValue());
  }
}
