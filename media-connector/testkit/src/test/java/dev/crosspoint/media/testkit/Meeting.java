package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One who sends audio and video, and two who receive both. */
final class Meeting {
  static final int AUDIO = 11;
  static final int VIDEO = 21;
  static final int VIDEO_RTX = 22;
  static final byte[] KEY_FRAME = {0x10, 0x00, 1, 2, 3};
  static final byte[] INTER_FRAME = {0x10, 0x01, 4, 5, 6};

  final SimulatedCall call;
  final SimulatedCall.Peer alice;
  final List<SimulatedCall.Peer> receivers;
  final OutgoingStream audio;
  final OutgoingStream video;

  Meeting(long seed, SrtpProfile profile) {
    call = new SimulatedCall(seed, profile);
    alice = call.join("alice");
    receivers = List.of(call.join("bob"), call.join("carol"));
    long now = call.nowNs();
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            "alice",
            "alice-audio",
            StreamParameters.opusFrom(AUDIO),
            false,
            now);
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            "alice",
            "alice-video",
            StreamParameters.vp8From(VIDEO, VIDEO_RTX),
            false,
            now);
    audio =
        alice
            .client()
            .add(
                OutgoingStream.plain(StreamParameters.PRODUCER_OPUS, AUDIO, 65_500)
                    .withExtension(StreamParameters.PRODUCER_LEVEL_ID, "x")
                    .withTransportCc(StreamParameters.PRODUCER_TRANSPORT_CC_ID));
    video =
        alice
            .client()
            .add(
                StreamParameters.vp8Stream(VIDEO, 65_400)
                    .withTransportCc(StreamParameters.PRODUCER_TRANSPORT_CC_ID));
    for (SimulatedCall.Peer receiver : receivers) {
      consume(receiver);
    }
  }

  private void consume(SimulatedCall.Peer receiver) {
    String name = receiver.transportId();
    long now = call.nowNs();
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            name,
            name + "-audio",
            "alice-audio",
            StreamParameters.opusTo(audioSsrc(receiver), Set.of()),
            false,
            now);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            name,
            name + "-video",
            "alice-video",
            StreamParameters.vp8To(videoSsrc(receiver), videoSsrc(receiver) + 1),
            false,
            now);
    receiver.client().repair(videoSsrc(receiver), videoSsrc(receiver) + 1);
  }

  int audioSsrc(SimulatedCall.Peer receiver) {
    return 1000 * (1 + receivers.indexOf(receiver)) + receiver.transportId().length();
  }

  int videoSsrc(SimulatedCall.Peer receiver) {
    return audioSsrc(receiver) + 100;
  }

  List<ReceivedPacket> videoAt(SimulatedCall.Peer receiver) {
    return receiver.client().packets(videoSsrc(receiver));
  }

  /** A picture of three packets. */
  void sendFrame(boolean key) {
    byte[] continuation = {0x00, 7, 8, 9};
    alice.client().send(video, key ? KEY_FRAME : INTER_FRAME, false);
    alice.client().send(video, continuation, false);
    alice.client().send(video, continuation, true);
    video.advance(3000);
  }

  /** Video at 33 ms, audio at 20 ms or so; the first picture is a key frame. */
  void play(int frames) {
    for (int i = 0; i < frames; i++) {
      sendFrame(i == 0);
      alice.client().send(audio, new byte[] {1, 2, 3}, false);
      audio.advance(1584);
      call.run(Duration.ofMillis(33));
    }
  }
}
