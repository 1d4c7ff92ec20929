package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import java.nio.ByteBuffer;
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

  private final SimulatedCall call;
  private final SimulatedCall.Peer peer;
  private final List<Layer> layers = new ArrayList<>();
  private boolean adaptive;

  SimulcastSender(SimulatedCall call, SimulatedCall.Peer peer) {
    this.call = call;
    this.peer = peer;
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
      this.stream =
          peer.client()
              .add(
                  OutgoingStream.plain(
                          StreamParameters.PRODUCER_VP8, 100 + index, 1000 * (index + 1))
                      .withExtension(StreamParameters.PRODUCER_MID_ID, "video")
                      .withExtension(StreamParameters.PRODUCER_RID_ID, rid));
      stream.advance(7_777 * index);
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
      for (int left = bytes; left > 0; left -= 1100) {
        ByteBuffer payload = ByteBuffer.allocate(Math.max(8, Math.min(1100, left)));
        payload.put(0, (byte) (left == bytes ? 0x10 : 0x00));
        payload.put(1, (byte) (key ? 0 : 1)).put(2, (byte) index);
        peer.client().send(stream, payload.array(), left <= 1100);
      }
    }
  }

  /** Announces what it sends as the producer {@code video}. */
  void produce(VideoSource source) {
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            peer.transportId(),
            "video",
            StreamParameters.vp8Simulcast(SIZES).showing(source),
            false,
            call.nowNs());
    SIZES.forEach((rid, bits) -> layers.add(new Layer(layers.size(), rid, bits)));
  }

  /** From now on it does as a client that sends only what is wanted. */
  void adapt() {
    adaptive = true;
  }

  /** Sends pictures while time passes. */
  void play(Duration duration) {
    long frames = duration.toMillis() * FRAMES_PER_SECOND / 1000;
    for (int i = 0; i < frames; i++) {
      if (adaptive) {
        obey();
      }
      layers.forEach(Layer::frame);
      if (i % FRAMES_PER_SECOND == 0) {
        report();
      }
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
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
        .reduce((_, last) -> last)
        .map(EngineEvent.LayersWanted::layers)
        .orElse(List.of());
  }

  /** Which size a packet is of, 0 for the lowest. */
  static int layerOf(ReceivedPacket packet) {
    return packet.payload().get(2);
  }
}
