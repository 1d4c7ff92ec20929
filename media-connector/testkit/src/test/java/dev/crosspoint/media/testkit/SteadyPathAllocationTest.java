package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine itself allocates, with a crypto that does nothing. */
class SteadyPathAllocationTest {
  private static final String ROUTER = "router";
  private static final int RECEIVERS = 20;
  private static final int PACKET = 1200;
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 20_000;

  private final MediaEngine engine =
      new MediaEngine(EngineConfig.standard(), new UnheardOutput(), new NoCrypto(), new Random(1));
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
  private final TransportAddress sender = address("UDP", 1);
  private final TransportAddress other = address("UDP", 2);
  private long nowNs = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"UDP", "TCP"})
  void a_forwarded_packet_costs_no_garbage(String protocol) {
    TransportAddress from = address(protocol, 1);
    join("alice", from);
    engine.produce(ROUTER, "alice", "video", StreamParameters.vp8From(5, 6), false, nowNs);
    for (int i = 0; i < RECEIVERS; i++) {
      String name = "receiver" + i;
      join(name, address(protocol, 2 + i));
      engine.consume(
          ROUTER, name, name, "video", StreamParameters.vp8To(100 + i, 200 + i), false, nowNs);
    }
    forward(from, 0, WARM_UP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    forward(from, WARM_UP, MEASURED);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(engine.counters().packetsForwarded())
        .isEqualTo((long) (WARM_UP + MEASURED) * RECEIVERS);
    assertThat((double) allocated / MEASURED / RECEIVERS)
        .as("bytes for each forwarded packet, reports and feedback included")
        .isLessThan(0.5);
  }

  @Test
  void reading_levels_and_choosing_whom_to_forward_costs_no_garbage() {
    engine.createRouter(ROUTER, new SpeakerPolicy(1, 1));
    join("alice", sender);
    join("bob", other);
    engine.produce(ROUTER, "alice", "alice", StreamParameters.opusFrom(5), false, nowNs);
    engine.produce(ROUTER, "bob", "bob", StreamParameters.opusFrom(6), false, nowNs);
    for (int i = 0; i < RECEIVERS; i++) {
      String name = "receiver" + i;
      join(name, address("UDP", 3 + i));
      for (String producer : List.of("alice", "bob")) {
        engine.consume(
            ROUTER,
            name,
            name + producer,
            producer,
            StreamParameters.opusTo(100 + 2 * i + producer.length(), Set.of()),
            false,
            nowNs);
      }
    }
    speak(0, WARM_UP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    speak(WARM_UP, MEASURED);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(engine.counters().dropped().get(DropReason.NOT_AMONG_LOUDEST))
        .isGreaterThan(MEASURED * RECEIVERS / 2);
    assertThat((double) allocated / MEASURED / RECEIVERS)
        .as("bytes for each packet of each receiver, reports and feedback included")
        .isLessThan(0.5);
  }

  /** One after the other has something to say, in syllables. */
  private void speak(int from, int count) {
    for (int i = from; i < from + count; i++) {
      boolean alice = (i & 1) == 0;
      boolean turn = (i / 4_000 & 1) == 0 == alice;
      int level = turn && i % 300 < 200 ? 20 + i / 100 % 3 * 8 : 80;
      datagram.clear();
      datagram.putShort(0, (short) (0x9000 | StreamParameters.PRODUCER_OPUS));
      datagram.putShort(2, (short) (i / 2)).putInt(4, i * 240).putInt(8, alice ? 5 : 6);
      datagram.putInt(12, 0xBEDE0001);
      datagram.putInt(16, (StreamParameters.PRODUCER_LEVEL_ID << 28) | (0x80 | level) << 16);
      datagram.limit(PACKET);
      pass(alice ? sender : other, 600_000);
    }
  }

  private void pass(TransportAddress from, long thenNs) {
    take(datagram, from);
    nowNs += thenNs;
    if (engine.nextDeadlineNs() <= nowNs) {
      engine.onTimeout(nowNs);
    }
  }

  private static TransportAddress address(String protocol, int number) {
    return protocol.equals("UDP")
        ? new TransportAddress.Udp(SimulatedCall.address(number))
        : new TransportAddress.Tcp(SimulatedCall.address(number));
  }

  private void take(ByteBuffer packet, TransportAddress from) {
    switch (from) {
      case TransportAddress.Udp udp -> engine.onDatagram(packet, udp.socketAddress(), nowNs);
      case TransportAddress.Tcp tcp -> {
        if (!engine.onFrame(packet, tcp, nowNs)) {
          throw new AssertionError("the connection is refused");
        }
      }
    }
  }

  private void join(String name, TransportAddress address) {
    engine.createRouter(ROUTER);
    IceCredentials credentials = engine.createTransport(ROUTER, name, nowNs);
    SimulatedClient client = new SimulatedClient(new Random(2), _ -> {});
    take(client.checkMessage(credentials, true), address);
    byte[] salt = new byte[12];
    byte[] key = new byte[16];
    engine.dtlsConnected(
        name,
        new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, key, salt, key.clone(), salt.clone()),
        nowNs);
  }

  private void forward(TransportAddress by, int from, int count) {
    for (int i = from; i < from + count; i++) {
      datagram.clear();
      datagram.putShort(0, (short) (0x9000 | StreamParameters.PRODUCER_VP8));
      datagram.putShort(2, (short) i).putInt(4, i * 300).putInt(8, 5);
      datagram.putInt(12, 0xBEDE0001);
      datagram.putInt(16, (StreamParameters.PRODUCER_TRANSPORT_CC_ID << 28) | 0x01000000);
      datagram.putShort(17, (short) i).put(20, (byte) 0x10).put(21, (byte) 0);
      datagram.limit(PACKET);
      // Keeps every transport inside its consent time: virtual seconds pass in this loop.
      pass(by, 500_000);
    }
  }
}
