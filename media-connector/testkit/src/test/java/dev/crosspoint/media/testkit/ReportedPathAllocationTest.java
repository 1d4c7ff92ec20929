package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.congestion.TransportCcFeedback;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the engine itself allocates for receivers who tell what arrives over lines of which some are
 * too narrow: estimates, pacing, probes, and layers that are left out.
 */
class ReportedPathAllocationTest {
  private static final String ROUTER = "router";
  private static final int RECEIVERS = 20;
  private static final int PACKET = 1200;
  private static final int SPATIAL_LAYERS = 3;
  private static final int PACKETS_OF_LAYER = 8;
  private static final int PACKETS_OF_FRAME = SPATIAL_LAYERS * PACKETS_OF_LAYER;
  private static final int FRAME_MS = 33;
  private static final int WARM_UP = 1_500;
  private static final int MEASURED = 500;
  private static final int KEY_FRAME_EVERY = 100;
  private static final int FRAMES_OF_LINE = 250;
  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final long MS_NS = 1_000_000;
  private static final long WIDE = 30_000_000;

  /** Of the 7 Mbit/s of a picture with all its layers. */
  private static final long NARROW = 5_600_000;

  private final MediaEngine engine =
      new MediaEngine(lastingConsent(), new Lines(), new NoCrypto(), new Random(1));
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
  private final TransportAddress.Udp sender = address(1);
  private final List<Receiver> receivers = new ArrayList<>();
  private final Map<TransportAddress, Receiver> byAddress = new HashMap<>();
  private long nowNs = 1_000_000_000L;
  private int number;
  private int frame;
  private boolean timers;
  private long paced;

  /** How the layers are made. */
  enum Layers {
    TEMPORAL_OF_VP8,
    SPATIAL_OF_VP9
  }

  @ParameterizedTest
  @EnumSource(Layers.class)
  void a_packet_for_who_reports_over_a_narrow_line_costs_no_garbage(Layers layers) {
    begin(layers);
    play(layers, WARM_UP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long forwarded = engine.counters().packetsForwarded();
    long padded = engine.counters().packetsPadding();
    long leftOut = leftOut();
    paced = 0;

    long before = threads.getCurrentThreadAllocatedBytes();
    play(layers, MEASURED);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    forwarded = engine.counters().packetsForwarded() - forwarded;
    padded = engine.counters().packetsPadding() - padded;
    leftOut = leftOut() - leftOut;
    assertThat(padded).as("probes").isPositive();
    assertThat(leftOut).as("layers that are left out").isGreaterThan(forwarded / 10);
    assertThat(paced - padded).as("packets that waited for the line").isPositive();
    assertThat((double) allocated / forwarded)
        .as("bytes for each forwarded packet, reports and feedback included")
        .isLessThan(0.5);
  }

  private long leftOut() {
    return engine.counters().dropped().getOrDefault(DropReason.LAYER_NOT_SELECTED, 0L);
  }

  private void begin(Layers layers) {
    boolean vp9 = layers == Layers.SPATIAL_OF_VP9;
    engine.createRouter(ROUTER);
    join("alice", sender);
    ProducerParameters sent = StreamParameters.vp8From(5, 6);
    engine.produce(
        ROUTER,
        "alice",
        "video",
        vp9 ? StreamParameters.encoded(sent, CodecName.VP9) : sent,
        false,
        nowNs);
    for (int i = 0; i < RECEIVERS; i++) {
      String name = "receiver" + i;
      TransportAddress.Udp address = address(2 + i);
      Receiver receiver = new Receiver(join(name, address), address, i);
      receivers.add(receiver);
      byAddress.put(address, receiver);
      ConsumerParameters received = StreamParameters.vp8To(100 + i, 200 + i);
      engine.consume(
          ROUTER,
          name,
          name,
          "video",
          vp9 ? StreamParameters.encoded(received, CodecName.VP9) : received,
          false,
          nowNs);
    }
  }

  /** Returns the client's side of the keys. */
  private SrtpKeys join(String name, TransportAddress.Udp address) {
    IceCredentials credentials = engine.createTransport(ROUTER, name, nowNs);
    SimulatedClient client = new SimulatedClient(new Random(2), _ -> {});
    engine.onDatagram(client.checkMessage(credentials, true), address.socketAddress(), nowNs);
    byte[] salt = new byte[12];
    byte[] key = new byte[16];
    SrtpKeys keys =
        new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, key, salt, key.clone(), salt.clone());
    engine.dtlsConnected(name, keys, nowNs);
    return keys.mirrored();
  }

  private void play(Layers layers, int frames) {
    for (int i = 0; i < frames; i++) {
      for (int packet = 0; packet < PACKETS_OF_FRAME; packet++) {
        datagram.clear();
        datagram.put(16, (byte) 0);
        switch (layers) {
          case TEMPORAL_OF_VP8 -> writeVp8(packet);
          case SPATIAL_OF_VP9 -> writeVp9(packet);
        }
        send(packet == PACKETS_OF_FRAME - 1);
      }
      frame++;
      for (int ms = 0; ms < FRAME_MS; ms++) {
        pass();
      }
    }
  }

  private boolean isKey() {
    return frame % KEY_FRAME_EVERY == 0;
  }

  /** RFC 7741, 4.2: three temporal layers. */
  private void writeVp8(int packet) {
    int temporal = PATTERN[frame % PATTERN.length];
    boolean sync = temporal > 0 && frame % PATTERN.length < 3;
    datagram.put(12, (byte) (packet == 0 ? 0x90 : 0x80)).put(13, (byte) 0xE0);
    datagram.putShort(14, (short) (0x8000 | (frame & 0x7FFF)));
    datagram.put(16, (byte) (frame / PATTERN.length));
    datagram.put(17, (byte) ((temporal << 6) | (sync ? 0x20 : 0)));
    datagram.put(18, (byte) (isKey() ? 0 : 1));
  }

  /** RFC 9628, 4.2, not in flexible mode: three spatial layers, two temporal ones. */
  private void writeVp9(int packet) {
    int spatial = packet / PACKETS_OF_LAYER;
    int temporal = frame % 2;
    int begins = packet % PACKETS_OF_LAYER == 0 ? 0x08 : 0;
    int ends = packet % PACKETS_OF_LAYER == PACKETS_OF_LAYER - 1 ? 0x04 : 0;
    int first = (isKey() ? 0xA0 : 0xE0) | begins | ends;
    datagram.put(12, (byte) first).put(13, (byte) (frame & 0x7F));
    datagram.put(14, (byte) ((temporal << 5) | 0x10 | (spatial << 1) | (spatial > 0 ? 1 : 0)));
    datagram.put(15, (byte) (frame / 2));
  }

  private void send(boolean last) {
    int type = StreamParameters.PRODUCER_VP8 | (last ? 0x80 : 0);
    datagram.putShort(0, (short) (0x8000 | type)).putShort(2, (short) number++);
    datagram.putInt(4, frame * 3_000).putInt(8, 5);
    datagram.limit(PACKET);
    engine.onDatagram(datagram, sender.socketAddress(), nowNs);
  }

  /** A millisecond. */
  private void pass() {
    nowNs += MS_NS;
    if (engine.nextDeadlineNs() <= nowNs) {
      timers = true;
      engine.onTimeout(nowNs);
      timers = false;
    }
    for (int i = 0; i < receivers.size(); i++) {
      receivers.get(i).report();
    }
  }

  private static EngineConfig lastingConsent() {
    return EngineConfig.standard().withIceTimeout(Duration.ofDays(1));
  }

  private static TransportAddress.Udp address(int number) {
    return new TransportAddress.Udp(SimulatedCall.address(number));
  }

  /** Somebody behind a line with a queue in front of it. */
  private final class Receiver {
    private static final long LONGEST_QUEUE_NS = 300 * MS_NS;

    private final TransportAddress.Udp address;
    private final SrtpSession srtp;
    private final int number;
    private final TransportCcFeedback arrivals = new TransportCcFeedback(50 * MS_NS);
    private final RtcpWriter report = new RtcpWriter(ByteBuffer.allocateDirect(2048));
    private final RtpPacket view = new RtpPacket();
    private long freeNs;

    Receiver(SrtpKeys keys, TransportAddress.Udp address, int number) {
      this.address = address;
      this.srtp = new SrtpSession(keys, new NoCrypto());
      this.number = number;
    }

    /** One half of the lines is wide when the other is narrow, and both change again and again. */
    private long bitsPerSecond() {
      return (frame / FRAMES_OF_LINE + number) % 2 == 0 ? NARROW : WIDE;
    }

    void take(ByteBuffer packet) {
      if (!view.parseHeader(packet, packet.limit())
          || view.extensionLength(StreamParameters.CONSUMER_TRANSPORT_CC_ID) != 2) {
        return;
      }
      paced += timers ? 1 : 0;
      freeNs = Math.max(freeNs, nowNs);
      if (freeNs - nowNs < LONGEST_QUEUE_NS) {
        freeNs += packet.limit() * 8L * 1_000_000_000L / bitsPerSecond();
        int at = view.extensionOffset(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
        arrivals.onPacket(packet.getShort(at) & 0xFFFF, freeNs);
      }
    }

    void report() {
      while (arrivals.write(report.clear(), 1, 1, nowNs)) {
        ByteBuffer compound = report.buffer();
        int length = srtp.protectRtcp(compound, report.length());
        engine.onDatagram(compound.limit(length).position(0), address.socketAddress(), nowNs);
        compound.clear();
      }
    }
  }

  private final class Lines extends UnheardOutput {
    @Override
    public void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
      Receiver receiver = byAddress.get(remote);
      int type = packet.get(1) & 0xFF;
      boolean media = (packet.get(0) & 0xC0) == 0x80 && (type < 192 || type >= 224);
      if (receiver != null && media) {
        receiver.take(packet);
      }
    }
  }
}
