package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;

/** Puts chunks into one packet after the other (RFC 9260, 6.10). Reusable. */
public final class PacketWriter {
  private final ByteBuffer buffer;
  private final int sourcePort;
  private final int destinationPort;

  /**
   * @param length most bytes of a packet, a multiple of four
   */
  public PacketWriter(int length, int sourcePort, int destinationPort) {
    this.buffer = ByteBuffer.allocate(length).position(SctpPacket.HEADER_LENGTH);
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
  }

  /** Whether no chunk was added since the last packet was finished. */
  public boolean isEmpty() {
    return buffer.position() == SctpPacket.HEADER_LENGTH;
  }

  /** Appends a chunk; false when there is no room for it. */
  public boolean add(Chunk chunk) {
    if (ChunkWriter.paddedLength(chunk) > buffer.remaining()) {
      return false;
    }
    ChunkWriter.write(chunk, buffer);
    return true;
  }

  /**
   * The packet, between position and limit of a buffer that holds it until the next chunk is added.
   */
  public ByteBuffer finish(int verificationTag) {
    ByteBuffer packet = buffer.duplicate().flip();
    packet.putShort(0, (short) sourcePort);
    packet.putShort(2, (short) destinationPort);
    packet.putInt(SctpPacket.TAG, verificationTag);
    packet.putInt(SctpPacket.CHECKSUM, 0);
    packet.putInt(SctpPacket.CHECKSUM, SctpPacket.checksum(packet));
    buffer.clear().position(SctpPacket.HEADER_LENGTH);
    return packet;
  }
}
