package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.ChunkType;
import dev.crosspoint.media.engine.sctp.packet.InitParameters;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;

/**
 * What both sides of an association agreed on (RFC 9260, 5.1).
 *
 * @param localTag what the peer's packets show
 * @param localTsn where this side's numbers begin
 * @param peerTag what this side's packets show
 * @param peerTsn where the peer's numbers begin
 * @param peerWindow bytes that the peer has room for at first
 * @param outgoingStreams streams that this side may send on
 * @param incomingStreams streams that the peer may send on
 * @param mayForward whether the peer understands FORWARD TSN
 * @param mayReset whether the peer understands RE-CONFIG
 */
record Agreement(
    int localTag,
    int localTsn,
    int peerTag,
    int peerTsn,
    long peerWindow,
    int outgoingStreams,
    int incomingStreams,
    boolean mayForward,
    boolean mayReset) {

  /** What follows from what this side and the peer said. */
  static Agreement of(int localTag, int localTsn, SctpSettings local, InitParameters peer) {
    return new Agreement(
        localTag,
        localTsn,
        peer.tag(),
        peer.initialTsn(),
        peer.window(),
        Math.min(local.streams(), peer.incomingStreams()),
        Math.min(local.streams(), peer.outgoingStreams()),
        peer.find(Parameter.FORWARD_TSN_SUPPORTED).isPresent()
            || lists(peer, ChunkType.FORWARD_TSN),
        lists(peer, ChunkType.RECONFIG));
  }

  private static boolean lists(InitParameters peer, int chunkType) {
    return peer.find(Parameter.SUPPORTED_EXTENSIONS)
        .map(Parameter::value)
        .filter(types -> contains(types, chunkType))
        .isPresent();
  }

  private static boolean contains(ByteBuffer types, int chunkType) {
    for (int at = 0; at < types.limit(); at++) {
      if ((types.get(at) & 0xFF) == chunkType) {
        return true;
      }
    }
    return false;
  }
}
