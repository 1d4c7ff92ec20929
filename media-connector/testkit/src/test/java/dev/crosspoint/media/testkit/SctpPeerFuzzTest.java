package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpState;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A peer with keys that says what no stack would. The association goes on from one input to the
 * next, until it is over: what is found may need the inputs before it.
 */
class SctpPeerFuzzTest {
  private static final int LONGEST = 1_200;
  private static final int CHUNK_TYPES = 256;

  /** Packets in answer to one chunk: more would make a small packet a large reply. */
  private static final int MOST_ANSWERS = 10;

  private static RawSctpPeer peer = RawSctpPeer.connected(1);

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void whatever_a_peer_says_is_taken_or_dropped(FuzzedDataProvider data) {
    if (peer.association.state() != SctpState.ESTABLISHED) {
      peer = RawSctpPeer.connected(1);
    }
    peer.heard.clear();
    peer.events.clear();
    while (data.remainingBytes() > 0) {
      int type = data.consumeInt(0, CHUNK_TYPES - 1);
      int flags = data.consumeInt(0, 255);
      byte[] value = data.consumeBytes(data.consumeInt(0, LONGEST));
      int before = peer.packets;
      peer.say(new Chunk.Unknown(type, flags, ByteBuffer.wrap(value)));
      Fuzz.expect(peer.packets - before < MOST_ANSWERS);
      peer.association.send(
          new SctpMessage(type, 53, (flags & 1) == 0, ByteBuffer.allocate(1 + value.length)),
          new Reliability.MaxRetransmits(flags & 3),
          peer.nowNs());
    }
    peer.run(Duration.ofMillis(50));
    Fuzz.expect(peer.association.nextDeadlineNs() > peer.nowNs());
  }
}
