package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtp.CodecName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client that sends one picture in three sizes, each of which begins with a key frame and makes
 * others when asked. Packets tell in their payload which size they are of.
 */
final class SimulcastSender {
  static final int FRAMES_PER_SECOND = 30;

  private static final Map<String, Long> SIZES = sizes();
  private static final long NTP_SECOND = 1L << 32;

  private static final int FIRST_SSRC = 100;

  private final SimulatedCall call;
  private final SimulatedCall.Peer peer;
  private final CodecName codec;
  private final boolean named;
  private final List<Layer> layers = new ArrayList<>();
  private boolean adaptive;
  private String producerId = "video";

  /** One that sends VP8 in streams that name themselves. */
  SimulcastSender(SimulatedCall call, SimulatedCall.Peer peer) {
    this(call, peer, CodecName.VP8, true);
  }

  /**
   * @param codec VP8 or H.264
   * @param named whether streams are found by their RIDs, or else by SSRCs that are announced
   */
  SimulcastSender(SimulatedCall call, SimulatedCall.Peer peer, CodecName codec, boolean named) {
    this.call = call;
    this.peer = peer;
    this.codec = codec;
    this.named = named;
  }

  private static Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("l", 150_000L);
    sizes.put("m", 500_000L);
    sizes.put("h", 1_500_000L);
    return sizes;
  }

  /** One of the encodings. */
  private final class Layer {
    private final OutgoingStream stream;
    private final long bitsPerSecond;
    private final int index;
    private boolean active = true;
    private boolean keyFrameDue = true;
    private int answered;

    Layer(int index, String rid, long bitsPerSecond) {
      this.index = index;
      this.bitsPerSecond = bitsPerSecond;
      OutgoingStream plain =
          OutgoingStream.plain(
              StreamParameters.PRODUCER_VP8, FIRST_SSRC + index, 1000 * (index + 1));
      this.stream = peer.client().add(named ? named(plain, rid) : plain);
      stream.advance(7_777 * index);
    }

    private static OutgoingStream named(OutgoingStream plain, String rid) {
      return plain
          .withExtension(StreamParameters.PRODUCER_MID_ID, "video")
          .withExtension(StreamParameters.PRODUCER_RID_ID, rid);
    }

    void frame() {
      List<ReceivedRtcp> asked =
          peer.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).stream()
              .filter(pli -> pli.words().get(2) == stream.ssrc())
              .toList();
      keyFrameDue |= asked.size() > answered;
      answered = asked.size();
      if (active) {
        send(keyFrameDue);
        keyFrameDue = false;
      } else {
        keyFrameDue = true;
      }
      stream.advance(90_000 / FRAMES_PER_SECOND);
    }

    private void send(boolean key) {
      int bytes = (int) (bitsPerSecond / FRAMES_PER_SECOND / 8);
      if (key && codec == CodecName.H264) {
        // The parameter sets, in a packet of their own as browsers send them.
        send(new byte[] {0x67, 0, (byte) index, 0}, false);
      }
      for (int left = bytes; left > 0; left -= 1100) {
        byte[] payload = new byte[Math.max(8, Math.min(1100, left))];
        boolean first = left == bytes;
        if (codec == CodecName.H264) {
          payload[0] = (byte) (key ? 0x65 : 0x61);
          payload[1] = (byte) (first ? 0x80 : 0x40);
        } else {
          payload[0] = (byte) (first ? 0x10 : 0x00);
          payload[1] = (byte) (key ? 0 : 1);
        }
        payload[2] = (byte) index;
        send(payload, left <= 1100);
      }
    }

    private void send(byte[] payload, boolean marker) {
      peer.client().send(stream, payload, marker);
    }
  }

  /** Announces what it sends as the producer {@code video}. */
  void produce(VideoSource source) {
    produce(producerId, source);
  }

  /** Announces what it sends. */
  void produce(String id, VideoSource source) {
    producerId = id;
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            peer.transportId(),
            producerId,
            StreamParameters.encoded(streams(), codec).showing(source),
            false,
            call.nowNs());
    SIZES.forEach((rid, bits) -> layers.add(new Layer(layers.size(), rid, bits)));
  }

  private ProducerParameters streams() {
    return named
        ? StreamParameters.vp8Simulcast(SIZES)
        : StreamParameters.vp8Simulcast(FIRST_SSRC, SIZES.values());
  }

  /** From now on it does as a client that sends only what is wanted. */
  void adapt() {
    adaptive = true;
  }

  /** From now on a size is not sent, because its line or its processor does not bear it. */
  void giveUp(int layer) {
    layers.get(layer).active = false;
  }

  /** Sends some pictures with a pause after each, as of a screen that changes now and then. */
  void playSlowly(int pictures, Duration pause) {
    for (int i = 0; i < pictures; i++) {
      layers.forEach(Layer::frame);
      call.run(pause);
    }
  }

  /** How often it was asked for a key frame, of whatever size. */
  int keyFramesAsked() {
    return peer.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
  }

  /** Sends pictures while time passes. */
  void play(Duration duration) {
    play(call, List.of(this), duration);
  }

  /** Some send pictures while time passes. */
  static void play(SimulatedCall call, List<SimulcastSender> senders, Duration duration) {
    long frames = duration.toMillis() * FRAMES_PER_SECOND / 1000;
    for (int i = 0; i < frames; i++) {
      for (SimulcastSender sender : senders) {
        sender.picture(i % FRAMES_PER_SECOND == 0);
      }
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
    }
  }

  private void picture(boolean withReport) {
    if (adaptive) {
      obey();
    }
    layers.forEach(Layer::frame);
    if (withReport) {
      report();
    }
  }

  private void report() {
    long seconds = call.nowNs() / 1_000_000_000L;
    long fraction = call.nowNs() % 1_000_000_000L * NTP_SECOND / 1_000_000_000L;
    layers.forEach(
        layer -> peer.client().sendSenderReport(layer.stream, seconds * NTP_SECOND + fraction));
  }

  private void obey() {
    List<Boolean> wanted = wanted();
    for (Layer layer : layers) {
      layer.active = wanted.isEmpty() ? layer.index == layers.size() - 1 : wanted.get(layer.index);
    }
  }

  /** What the sender was told last of which sizes are wanted, the lowest first. */
  List<Boolean> wanted() {
    return call.events().stream()
        .filter(EngineEvent.LayersWanted.class::isInstance)
        .map(EngineEvent.LayersWanted.class::cast)
        .filter(wanted -> wanted.producerId().equals(producerId))
        .reduce((_, last) -> last)
        .map(EngineEvent.LayersWanted::layers)
        .orElse(List.of());
  }

  /** Whether a receiver can begin with a packet: with the parameter sets, or with the picture. */
  boolean begins(ReceivedPacket packet) {
    return codec == CodecName.H264
        ? packet.payload().get(0) == 0x67
        : packet.payload().get(0) == 0x10 && packet.payload().get(1) == 0;
  }

  /** Which size a packet is of, 0 for the lowest. */
  static int layerOf(ReceivedPacket packet) {
    return packet.payload().get(2);
  }
}
