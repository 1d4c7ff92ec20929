package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One picture in three temporal layers (VP8, L1T3), sent to a line that does not take all of them.
 */
class TemporalLayerScenarioTest {
  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final int FRAMES_PER_SECOND = 30;
  private static final int FRAME_BYTES = 1_100;
  private static final int SSRC = 500;

  private final SimulatedCall call = new SimulatedCall(3, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final SimulatedCall.Peer bob = call.join("bob");
  private final OutgoingStream video = alice.client().add(StreamParameters.vp8Stream(5, 65_000));
  private int frame;
  private int pictureId = 32_700;
  private int tl0 = 250;
  private int answered;
  private int packetsPerFrame = 1;

  private void begin() {
    bob.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    begin(StreamParameters.vp8To(SSRC, SSRC + 1));
  }

  private void begin(ConsumerParameters received) {
    long now = call.nowNs();
    call.engine()
        .produce(
            SimulatedCall.ROUTER, "alice", "video", StreamParameters.vp8From(5, 6), false, now);
    bob.client().repair(SSRC, SSRC + 1);
    call.engine().consume(SimulatedCall.ROUTER, "bob", "video", "video", received, false, now);
  }

  /**
   * About 265 kbit/s for each packet of a frame, of which the lowest layer has a quarter and the
   * two lower ones a half.
   */
  private void play(Duration duration) {
    long frames = duration.toMillis() * FRAMES_PER_SECOND / 1000;
    for (int i = 0; i < frames; i++) {
      if (frame % (5 * FRAMES_PER_SECOND) == 0) {
        consent(alice);
        consent(bob);
      }
      sendFrame();
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
    }
  }

  /** Who sends no checks is taken for gone after half a minute (RFC 7675). */
  private void consent(SimulatedCall.Peer peer) {
    peer.client()
        .check(
            call.engine().createTransport(SimulatedCall.ROUTER, peer.transportId(), call.nowNs()));
  }

  private void sendFrame() {
    int temporal = PATTERN[frame % PATTERN.length];
    tl0 += temporal == 0 ? 1 : 0;
    boolean sync = temporal > 0 && frame % PATTERN.length < 3;
    int asked = alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
    boolean key = frame == 0 || (temporal == 0 && asked > answered);
    answered = key ? asked : answered;
    ByteBuffer payload = ByteBuffer.allocate(FRAME_BYTES);
    payload.put((byte) 0x90).put((byte) 0xE0);
    payload.putShort((short) (0x8000 | (pictureId++ & 0x7FFF))).put((byte) tl0);
    payload.put((byte) ((temporal << 6) | (sync ? 0x20 : 0))).put((byte) (key ? 0 : 1));
    for (int i = 1; i <= packetsPerFrame; i++) {
      alice.client().send(video, payload.array(), i == packetsPerFrame);
      // Only the first begins the partition (RFC 7741, 4.2).
      payload.put(0, (byte) 0x80);
    }
    video.advance(90_000 / FRAMES_PER_SECOND);
    frame++;
  }

  private static int pictureId(ReceivedPacket packet) {
    return ((packet.payload().get(2) & 0x7F) << 8) | (packet.payload().get(3) & 0xFF);
  }

  private static int temporalLayer(ReceivedPacket packet) {
    return (packet.payload().get(5) >> 6) & 3;
  }

  private List<ReceivedPacket> lastSeconds(int seconds) {
    List<ReceivedPacket> all = bob.client().packets(SSRC);
    int last = all.getLast().timestamp();
    return all.stream().filter(packet -> last - packet.timestamp() < seconds * 90_000).toList();
  }

  private static NetworkConditions line(long bitsPerSecond) {
    return NetworkConditions.good().withCapacity(bitsPerSecond, Duration.ofMillis(400));
  }

  @Test
  void a_line_that_does_not_take_all_is_sent_fewer_pictures_a_second() {
    begin();
    bob.downlink().become(line(200_000));
    play(Duration.ofSeconds(20));

    List<ReceivedPacket> recent = lastSeconds(5);
    assertThat(recent).hasSizeBetween(60, 90);
    assertThat(recent).allMatch(packet -> temporalLayer(packet) < 2);
    assertThat(bob.downlink().queue()).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void who_only_says_what_the_line_takes_is_sent_no_more_than_that() {
    begin(StreamParameters.unnumbered(StreamParameters.vp8To(SSRC, SSRC + 1)));
    for (int second = 0; second < 15; second++) {
      bob.client().sendRemb(100_000, SSRC);
      play(Duration.ofSeconds(1));
    }

    assertThat(lastSeconds(10)).allMatch(packet -> temporalLayer(packet) == 0);
    assertThat(lastSeconds(10)).hasSizeBetween(70, 80);
  }

  @Test
  void who_only_says_what_the_line_takes_is_sent_as_much_as_that() {
    packetsPerFrame = 6;
    begin(StreamParameters.unnumbered(StreamParameters.vp8To(SSRC, SSRC + 1)));
    for (int second = 0; second < 15; second++) {
      bob.client().sendRemb(1_000_000, SSRC);
      play(Duration.ofSeconds(1));
    }

    // Of 1.6 Mbit/s the two lower layers are 0.8, and the lowest 0.4.
    List<ReceivedPacket> recent = lastSeconds(10);
    assertThat(recent).allMatch(packet -> temporalLayer(packet) < 2);
    assertThat(recent).anyMatch(packet -> temporalLayer(packet) == 1);
  }

  @Test
  void who_only_says_what_the_line_takes_is_sent_large_pictures_bit_by_bit() {
    packetsPerFrame = 60;
    begin(StreamParameters.unnumbered(StreamParameters.vp8To(SSRC, SSRC + 1)));
    bob.client().sendRemb(10_000_000, SSRC);
    call.run(Duration.ofMillis(50));

    sendFrame();
    call.run(Duration.ofMillis(11));
    assertThat(bob.client().packets(SSRC)).hasSizeBetween(8, 45);
    call.run(Duration.ofMillis(39));
    assertThat(bob.client().packets(SSRC)).hasSize(packetsPerFrame);
  }

  @Test
  void who_estimates_from_when_packets_left_is_told_when_they_left() {
    packetsPerFrame = 60;
    bob.client().noteSendTimes(StreamParameters.CONSUMER_ABS_SEND_TIME_ID);
    begin(StreamParameters.timed(StreamParameters.vp8To(SSRC, SSRC + 1)));
    bob.client().sendRemb(10_000_000, SSRC);
    call.run(Duration.ofMillis(50));
    sendFrame();
    call.run(Duration.ofMillis(100));

    List<Integer> times = bob.client().sendTimes();
    assertThat(times).hasSize(packetsPerFrame).isSorted();
    // Those that waited left when their turn came: 528 kbit at 2.5 times 10 Mbit/s.
    assertThat(microseconds(times.getLast() - times.getFirst())).isBetween(10_000L, 25_000L);

    call.run(Duration.ofMillis(50));
    sendFrame();
    call.run(Duration.ofMillis(100));
    int between = bob.client().sendTimes().get(packetsPerFrame) - times.getFirst();
    assertThat(microseconds(between)).isBetween(149_996L, 150_004L);
  }

  private static long microseconds(int sendTime) {
    return (sendTime * 1_000_000L) >> 18;
  }

  @Test
  void what_waits_when_its_consumer_is_closed_is_counted() {
    assertThat(
            waitingWhen(
                () -> call.engine().closeConsumer(SimulatedCall.ROUTER, "video", call.nowNs())))
        .isEqualTo(call.engine().counters().dropped().get(DropReason.CONSUMER_CLOSED));
  }

  @Test
  void what_waits_when_its_transport_is_closed_is_counted() {
    assertThat(
            waitingWhen(
                () -> call.engine().closeTransport(SimulatedCall.ROUTER, "bob", call.nowNs())))
        .isEqualTo(call.engine().counters().dropped().get(DropReason.CONSUMER_CLOSED));
  }

  /** Returns how many packets had been taken and not sent when something is done. */
  private long waitingWhen(Runnable closes) {
    packetsPerFrame = 60;
    begin(StreamParameters.unnumbered(StreamParameters.vp8To(SSRC, SSRC + 1)));
    bob.client().sendRemb(1_000_000, SSRC);
    call.run(Duration.ofMillis(50));
    sendFrame();
    call.run(Duration.ofMillis(50));
    long waiting = packetsPerFrame - call.engine().counters().packetsForwarded();
    assertThat(waiting).isBetween(10L, 50L);
    closes.run();
    return waiting;
  }

  @Test
  void what_is_left_out_is_not_missed_by_number_or_picture_id() {
    begin();
    play(Duration.ofSeconds(3));
    bob.downlink().become(line(200_000));
    play(Duration.ofSeconds(15));
    bob.downlink().become(NetworkConditions.good());
    play(Duration.ofSeconds(15));

    List<ReceivedPacket> recent = lastSeconds(28);
    for (int i = 1; i < recent.size(); i++) {
      ReceivedPacket before = recent.get(i - 1);
      ReceivedPacket next = recent.get(i);
      int numbers = (next.sequenceNumber() - before.sequenceNumber()) & 0xFFFF;
      int pictures = (pictureId(next) - pictureId(before)) & 0x7FFF;
      // One packet is one picture here, so both go on together, whatever the line loses.
      assertThat((short) numbers).isEqualTo((short) ((pictures << 17) >> 17));
    }
  }

  @Test
  void a_picture_for_which_there_is_no_room_stops_and_comes_back_and_both_is_told() {
    begin();
    bob.downlink().become(line(20_000));
    play(Duration.ofSeconds(15));
    assertThat(toldLayers()).contains(-1);

    bob.downlink().become(NetworkConditions.good());
    play(Duration.ofSeconds(25));
    assertThat(toldLayers()).endsWith(0);
    assertThat(lastSeconds(3)).hasSizeBetween(87, 91);
  }

  private List<Integer> toldLayers() {
    return call.events().stream()
        .filter(EngineEvent.ConsumerLayerChanged.class::isInstance)
        .map(event -> ((EngineEvent.ConsumerLayerChanged) event).layer())
        .toList();
  }

  @Test
  void all_pictures_come_back_when_the_line_takes_them_again() {
    begin();
    bob.downlink().become(line(200_000));
    play(Duration.ofSeconds(10));
    bob.downlink().become(NetworkConditions.good());
    play(Duration.ofSeconds(15));

    List<ReceivedPacket> recent = lastSeconds(3);
    assertThat(recent).hasSizeBetween(87, 91);
    assertThat(recent).anyMatch(packet -> temporalLayer(packet) == 2);
  }
}
