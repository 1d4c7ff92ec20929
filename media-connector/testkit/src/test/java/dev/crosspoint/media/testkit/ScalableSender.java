package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtp.CodecName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A client that sends one stream with three sizes and three rates of pictures in it, can give up
 * the larger sizes, and makes a key picture when asked. Every packet ends with the number of its
 * frame, so that a receiver knows what it got.
 */
final class ScalableSender {
  static final int FRAMES_PER_SECOND = 30;

  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final int SSRC = 5;
  private static final int FIRST_NUMBER = 65_400;
  private static final int FIRST_FRAME = 65_500;

  private final SimulatedCall call;
  private final SimulatedCall.Peer peer;
  private final ScalableMode mode;
  private final OutgoingStream stream;
  private final ScalableDescriptor descriptor;
  private final Map<Integer, ScalableFrame> frames = new TreeMap<>();
  private final List<Integer> frameOfPacket = new ArrayList<>();
  private final Set<Integer> late = new HashSet<>();

  /** For each spatial layer the latest frame of each temporal one, since it was begun. */
  private final List<Map<Integer, Integer>> latest =
      List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  private int nextFrame = FIRST_FRAME;
  private int picture;
  private int beat;
  private int active = ScalableMode.SPATIAL_LAYERS - 1;
  private int wantedActive = active;
  private int answered;
  private boolean telling;

  ScalableSender(SimulatedCall call, SimulatedCall.Peer peer, ScalableMode mode) {
    this.call = call;
    this.peer = peer;
    this.mode = mode;
    this.descriptor = new ScalableDescriptor(mode.isKeyOnly());
    this.stream = peer.client().add(StreamParameters.vp8Stream(SSRC, FIRST_NUMBER));
  }

  /** Announces what it sends as the producer {@code video}. */
  void produce() {
    var parameters =
        StreamParameters.encoded(StreamParameters.vp8From(SSRC, SSRC + 1), mode.codec());
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            peer.transportId(),
            "video",
            mode.isDescribed() ? StreamParameters.described(parameters) : parameters,
            false,
            call.nowNs());
  }

  /** Sends no larger sizes than this from the next picture of the lowest rate on. */
  void keepTo(int spatial) {
    wantedActive = spatial;
  }

  /** This share of packets has to be sent again, 0 to 1. */
  void lose(double share, long seed) {
    Random random = new Random(seed);
    peer.uplink()
        .passOnly(datagram -> {
          boolean lost =
              (datagram.get(1) & 0x7F) == StreamParameters.PRODUCER_VP8
                  && random.nextDouble() < share;
          if (lost) {
            int number = datagram.getShort(2) & 0xFFFF;
            late.add(frameOfPacket.get((number - FIRST_NUMBER) & 0xFFFF));
          }
          return !lost;
        });
  }

  /** Sends pictures while time passes. */
  void play(Duration duration) {
    for (int i = 0; i < duration.toMillis() * FRAMES_PER_SECOND / 1000; i++) {
      sendPicture();
      stream.advance(90_000 / FRAMES_PER_SECOND);
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
    }
  }

  /** All frames so far by their numbers. */
  Map<Integer, ScalableFrame> frames() {
    return frames;
  }

  /** How many pictures there were so far. */
  int pictures() {
    return picture;
  }

  /** Whether the frame came to the server out of order. */
  boolean isLate(ScalableFrame frame) {
    return late.contains(frame.number());
  }

  static int frameOf(ReceivedPacket packet) {
    int number = 0;
    for (int i = packet.payload().size() - Integer.BYTES; i < packet.payload().size(); i++) {
      number = (number << Byte.SIZE) | (packet.payload().get(i) & 0xFF);
    }
    return number;
  }

  private void sendPicture() {
    int asked = peer.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
    boolean lowest = PATTERN[beat % PATTERN.length] == 0;
    boolean larger = lowest && wantedActive > active;
    boolean key = picture == 0 || asked > answered || (larger && mode.isKeyOnly());
    if (key) {
      beat = 0;
      answered = asked;
    }
    if (key || lowest) {
      telling = wantedActive != active || (key && wantedActive < ScalableMode.SPATIAL_LAYERS - 1);
      latest.subList(wantedActive + 1, latest.size()).forEach(Map::clear);
      active = wantedActive;
    }
    for (int spatial = 0; spatial <= active; spatial++) {
      ScalableFrame frame = nextFrame(spatial, key);
      frames.put(frame.number(), frame);
      send(frame);
    }
    telling = false;
    picture++;
    beat++;
  }

  private ScalableFrame nextFrame(int spatial, boolean key) {
    int temporal = PATTERN[beat % PATTERN.length];
    int number = nextFrame++;
    List<Integer> references = new ArrayList<>();
    Map<Integer, Integer> own = latest.get(spatial);
    if (key) {
      own.clear();
    }
    int before = beat % PATTERN.length == PATTERN.length - 1 ? 1 : 0;
    if (own.containsKey(before)) {
      references.add(own.get(before));
    }
    if (spatial > 0 && (key || !mode.isKeyOnly())) {
      references.add(number - 1);
    }
    own.put(temporal, number);
    return new ScalableFrame(
        number, picture, spatial, temporal, key, spatial == active, references);
  }

  private void send(ScalableFrame frame) {
    int packets = frame.packets();
    for (int i = 0; i < packets; i++) {
      boolean starts = i == 0;
      boolean ends = i == packets - 1;
      if (mode.isDescribed()) {
        int told = telling && frame.spatial() == 0 ? active : -1;
        stream.setExtension(
            StreamParameters.PRODUCER_DESCRIPTOR_ID, descriptor.write(frame, starts, ends, told));
      }
      ByteBuffer payload = ByteBuffer.allocate(200 + 200 * frame.spatial());
      if (mode.codec() == CodecName.AV1) {
        putAv1(payload, frame, starts);
      } else {
        putVp9(payload, frame, starts, ends);
      }
      payload.putInt(payload.capacity() - Integer.BYTES, frame.number());
      frameOfPacket.add(frame.number());
      peer.client().send(stream, payload.array(), frame.top() && ends);
    }
  }

  /** One OBU (RTP payload format for AV1, 4.4): a sequence header, a frame, or a part of one. */
  private static void putAv1(ByteBuffer payload, ScalableFrame frame, boolean starts) {
    boolean begins = starts && frame.key() && frame.spatial() == 0;
    payload.put((byte) (0x10 | (starts ? 0 : 0x80) | (begins ? 0x08 : 0)));
    payload.put((byte) (begins ? 0x08 : 0x30));
  }

  /** RFC 9628, 4.2, not in flexible mode. */
  private void putVp9(ByteBuffer payload, ScalableFrame frame, boolean starts, boolean ends) {
    boolean predicted =
        frame.references().stream().anyMatch(r -> r < frame.number() - frame.spatial());
    boolean layered = frame.refersTo(frame.number() - 1) && frame.spatial() > 0;
    boolean top = frame.spatial() == ScalableMode.SPATIAL_LAYERS - 1;
    boolean alone = top || (mode.isKeyOnly() && !frame.key());
    int bits = 0xA0 | (predicted ? 0x40 : 0) | (starts ? 0x08 : 0) | (ends ? 0x04 : 0);
    payload.put((byte) (bits | (alone ? 1 : 0))).put((byte) (frame.picture() & 0x7F));
    payload.put(
        (byte) ((frame.temporal() << 5) | 0x10 | (frame.spatial() << 1) | (layered ? 1 : 0)));
    payload.put((byte) 0);
  }
}
