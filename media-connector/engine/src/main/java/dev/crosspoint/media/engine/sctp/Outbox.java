package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.PacketWriter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bundles chunks into packets (RFC 9260, 6.10). */
final class Outbox {
  private final PacketWriter writer;
  private final Consumer<ByteBuffer> output;
  private int tag;

  Outbox(SctpSettings settings, Consumer<ByteBuffer> output) {
    this.writer = new PacketWriter(settings.packetLength(), settings.port(), settings.port());
    this.output = output;
  }

  /** The tag that the peer wants to see from now on. */
  void address(int peerTag) {
    tag = peerTag;
  }

  /** Adds a chunk; one that no packet has room for is left out. */
  void add(Chunk chunk) {
    if (!writer.add(chunk)) {
      flush();
      writer.add(chunk);
    }
  }

  /** Sends what was added. */
  void flush() {
    if (!writer.isEmpty()) {
      output.accept(writer.finish(tag));
    }
  }

  /** Sends a packet with one chunk, if that fits, and a tag of its own. */
  void sendAlone(Chunk chunk, int otherTag) {
    flush();
    if (writer.add(chunk)) {
      output.accept(writer.finish(otherTag));
    }
  }
}
