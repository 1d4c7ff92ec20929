package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import dev.crosspoint.media.engine.sctp.packet.SctpPacket;
import java.util.List;
import java.util.Optional;

/**
 * The verification tags of an association (RFC 9260, 8.5).
 *
 * @param local what the peer's packets show; 0 is none yet
 * @param peer what this side's packets show; 0 is none yet
 */
record Tags(int local, int peer) {

  /** Whether a packet belongs to the association, or may bring one about. */
  boolean fit(SctpPacket packet) {
    int tag = packet.verificationTag();
    if (packet.chunks().size() > 1 && packet.chunks().stream().anyMatch(Tags::comesAlone)) {
      return false;
    }
    return switch (packet.chunks().getFirst()) {
      case Chunk.Init _ -> tag == 0;
      case Chunk.CookieEcho _ -> true; // The cookie tells.
      case Chunk.Abort(boolean reflected, List<Parameter> _) -> fit(tag, reflected);
      case Chunk.ShutdownComplete(boolean reflected) -> fit(tag, reflected);
      default -> fit(tag, false);
    };
  }

  /** Whether no other chunk may be in the packet (RFC 9260, 6.10). */
  private static boolean comesAlone(Chunk chunk) {
    return chunk instanceof Chunk.Init
        || chunk instanceof Chunk.InitAck
        || chunk instanceof Chunk.ShutdownComplete;
  }

  private boolean fit(int tag, boolean reflected) {
    int expected = reflected ? peer : local;
    return expected != 0 && tag == expected;
  }

  /** What to tell a peer that believes in an association that is none (RFC 9260, 8.4). */
  static Optional<Chunk> answerToStranger(SctpPacket packet) {
    return switch (packet.chunks().getFirst()) {
      case Chunk.Data _, Chunk.Sack _, Chunk.Heartbeat _, Chunk.Shutdown _ ->
          Optional.of(new Chunk.Abort(true, List.of()));
      case Chunk.ShutdownAck _ -> Optional.of(new Chunk.ShutdownComplete(true));
      default -> Optional.empty();
    };
  }
}
