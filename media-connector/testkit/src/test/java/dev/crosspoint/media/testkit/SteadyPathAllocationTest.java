package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineOutput;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the engine itself allocates, with a crypto that does nothing. */
class SteadyPathAllocationTest {
  private static final String ROUTER = "router";
  private static final int RECEIVERS = 20;
  private static final int PACKET = 1200;
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 20_000;

  private final MediaEngine engine =
      new MediaEngine(EngineConfig.standard(), new Silence(), new NoCrypto(), new Random(1));
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
  private final InetSocketAddress sender = SimulatedCall.address(1);
  private long nowNs = 1_000_000_000L;

  @Test
  void a_forwarded_packet_costs_no_garbage() {
    join("alice", sender);
    engine.produce(ROUTER, "alice", "video", StreamParameters.vp8From(5, 6), false, nowNs);
    for (int i = 0; i < RECEIVERS; i++) {
      String name = "receiver" + i;
      join(name, SimulatedCall.address(2 + i));
      engine.consume(
          ROUTER, name, name, "video", StreamParameters.vp8To(100 + i, 200 + i), false, nowNs);
    }
    forward(0, WARM_UP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    forward(WARM_UP, MEASURED);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(engine.counters().packetsForwarded())
        .isEqualTo((long) (WARM_UP + MEASURED) * RECEIVERS);
    assertThat((double) allocated / MEASURED / RECEIVERS)
        .as("bytes for each forwarded packet, reports and feedback included")
        .isLessThan(0.5);
  }

  private void join(String name, InetSocketAddress address) {
    engine.createRouter(ROUTER);
    IceCredentials credentials = engine.createTransport(ROUTER, name, nowNs);
    SimulatedClient client = new SimulatedClient(new Random(2), _ -> {});
    engine.onDatagram(client.checkMessage(credentials, true), address, nowNs);
    byte[] salt = new byte[12];
    byte[] key = new byte[16];
    engine.dtlsConnected(
        name,
        new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, key, salt, key.clone(), salt.clone()),
        nowNs);
  }

  private void forward(int from, int count) {
    for (int i = from; i < from + count; i++) {
      datagram.clear();
      datagram.putShort(0, (short) (0x9000 | StreamParameters.PRODUCER_VP8));
      datagram.putShort(2, (short) i).putInt(4, i * 300).putInt(8, 5);
      datagram.putInt(12, 0xBEDE0001);
      datagram.putInt(16, (StreamParameters.PRODUCER_TRANSPORT_CC_ID << 28) | 0x01000000);
      datagram.putShort(17, (short) i).put(20, (byte) 0x10).put(21, (byte) 0);
      datagram.limit(PACKET);
      engine.onDatagram(datagram, sender, nowNs);
      // Keeps every transport inside its consent time: virtual seconds pass in this loop.
      nowNs += 500_000;
      if (engine.nextDeadlineNs() <= nowNs) {
        engine.onTimeout(nowNs);
      }
    }
  }

  private static final class Silence implements EngineOutput {
    @Override
    public void send(ByteBuffer packet, InetSocketAddress remote) {
      // Sent.
    }

    @Override
    public void dtlsRecord(String transportId, ByteBuffer dtlsRecord) {
      // No handshake here.
    }

    @Override
    public void sctpPacket(String transportId, ByteBuffer packet) {
      // No data channels here.
    }

    @Override
    public void event(EngineEvent event) {
      // Nobody listens.
    }
  }

  /** Accepts everything and changes nothing. */
  private static final class NoCrypto implements SrtpCryptoProvider {
    @Override
    public AeadCipher aesGcm(byte[] key) {
      return new AeadCipher() {
        @Override
        public void seal(
            byte[] nonce,
            ByteBuffer aad,
            int aadOffset,
            int aadLength,
            ByteBuffer text,
            int textOffset,
            int textLength) {
          // As it is.
        }

        @Override
        public boolean open(
            byte[] nonce,
            ByteBuffer aad,
            int aadOffset,
            int aadLength,
            ByteBuffer text,
            int textOffset,
            int textLength) {
          return true;
        }

        @Override
        public void close() {
          // Nothing to forget.
        }
      };
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
      return new CounterCipher() {
        @Override
        public void apply(byte[] counter, ByteBuffer buffer, int offset, int length) {
          // As it is.
        }

        @Override
        public void close() {
          // Nothing to forget.
        }
      };
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
      throw new UnsupportedOperationException("GCM needs none");
    }
  }
}
