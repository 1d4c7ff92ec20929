package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** People who all send sound and pictures, and receive those of all others. */
final class Conference {
  private static final int FRAME_STEPS = 2;

  /** The packet holds speech (RFC 6464, 3). */
  private static final int VOICE = 0x80;

  final SimulatedCall call;
  final List<Seat> seats = new ArrayList<>();
  private int step;

  /** Somebody in the conference. */
  static final class Seat {
    final String name;
    final SimulatedCall.Peer peer;
    final OutgoingStream audio;
    final OutgoingStream video;
    private Sound sound = new Sound(List.of());
    private int soundStep;
    private int answered;
    private boolean tellsLevels = true;

    private Seat(String name, SimulatedCall.Peer peer, int number) {
      this.name = name;
      this.peer = peer;
      this.audio = OutgoingStream.plain(StreamParameters.PRODUCER_OPUS, audioSsrc(number), 65_500);
      this.video = OutgoingStream.plain(StreamParameters.PRODUCER_VP8, videoSsrc(number), 65_500);
    }

    /** What their microphone hears from now on. */
    void hears(Sound next) {
      sound = next;
      soundStep = 0;
    }

    /** Their packets carry no levels. */
    void tellNoLevels() {
      tellsLevels = false;
    }

    /** How often they were asked for a key frame. */
    int keyFrameRequests() {
      return peer.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
    }
  }

  Conference(long seed, SpeakerPolicy policy, String... names) {
    call = new SimulatedCall(seed, SrtpProfile.AEAD_AES_128_GCM, policy);
    for (String name : names) {
      Seat seat = new Seat(name, call.join(name), seats.size());
      seats.add(seat);
      produce(seat, seats.size() - 1);
    }
    for (Seat receiver : seats) {
      seats.stream()
          .filter(sender -> sender != receiver)
          .forEach(sender -> consume(receiver, sender));
    }
  }

  MediaEngine engine() {
    return call.engine();
  }

  Seat seat(String name) {
    return seats.stream().filter(seat -> seat.name.equals(name)).findFirst().orElseThrow();
  }

  private void produce(Seat seat, int number) {
    long now = call.nowNs();
    engine()
        .produce(
            SimulatedCall.ROUTER,
            seat.name,
            seat.name + "-audio",
            StreamParameters.opusFrom(audioSsrc(number)),
            false,
            now);
    engine()
        .produce(
            SimulatedCall.ROUTER,
            seat.name,
            seat.name + "-video",
            StreamParameters.vp8From(videoSsrc(number), videoSsrc(number) + 1),
            false,
            now);
  }

  private void consume(Seat receiver, Seat sender) {
    long now = call.nowNs();
    engine()
        .consume(
            SimulatedCall.ROUTER,
            receiver.name,
            id(receiver, sender, "audio"),
            sender.name + "-audio",
            StreamParameters.opusTo(ssrc(receiver, sender), Set.of()),
            false,
            now);
    engine()
        .consume(
            SimulatedCall.ROUTER,
            receiver.name,
            id(receiver, sender, "video"),
            sender.name + "-video",
            StreamParameters.vp8To(ssrc(receiver, sender) + 1, ssrc(receiver, sender) + 2),
            false,
            now);
  }

  /** The consumer of somebody's stream at somebody else. */
  static String id(Seat receiver, Seat sender, String kind) {
    return receiver.name + "-of-" + sender.name + "-" + kind;
  }

  private int ssrc(Seat receiver, Seat sender) {
    return 10_000 + 1_000 * seats.indexOf(receiver) + 10 * seats.indexOf(sender);
  }

  private static int audioSsrc(int number) {
    return 100 + number;
  }

  private static int videoSsrc(int number) {
    return 200 + 10 * number;
  }

  List<ReceivedPacket> soundOf(Seat sender, Seat receiver) {
    return receiver.peer.client().packets(ssrc(receiver, sender));
  }

  List<ReceivedPacket> picturesOf(Seat sender, Seat receiver) {
    return receiver.peer.client().packets(ssrc(receiver, sender) + 1);
  }

  /** The receiver has lost pictures. */
  void loses(Seat receiver, Seat sender) {
    receiver.peer.client().sendPictureLoss(ssrc(receiver, sender) + 1);
  }

  /** Lets everybody send: sound every 20 ms, pictures every 40 ms, key frames when asked. */
  void play(Duration duration) {
    for (int i = 0; i < duration.toMillis() / Sound.STEP_MS; i++) {
      for (Seat seat : seats) {
        sendSound(seat);
        if (step % FRAME_STEPS == 0) {
          sendPicture(seat);
        }
      }
      step++;
      call.run(Duration.ofMillis(Sound.STEP_MS));
    }
  }

  private static void sendSound(Seat seat) {
    int level = seat.sound.at(seat.soundStep++);
    if (seat.tellsLevels) {
      seat.audio.setLevel(StreamParameters.PRODUCER_LEVEL_ID, VOICE | level);
    }
    seat.peer.client().send(seat.audio, new byte[] {1, 2, 3}, false);
    seat.audio.advance(960);
  }

  private void sendPicture(Seat seat) {
    boolean key = step == 0 || seat.keyFrameRequests() > seat.answered;
    seat.answered = seat.keyFrameRequests();
    seat.peer.client().send(seat.video, key ? Meeting.KEY_FRAME : Meeting.INTER_FRAME, true);
    seat.video.advance(3_600);
  }

  /** Who had the floor, one after the other. */
  List<String> floor() {
    return call.events().stream()
        .flatMap(event ->
            event instanceof EngineEvent.DominantSpeakerChanged(String _, Optional<String> producer)
                ? producer.stream()
                : Stream.empty())
        .map(producer -> producer.replace("-audio", ""))
        .toList();
  }

  /** What was told of which video consumers are sent, in order, with + and - before their ids. */
  List<String> selections() {
    return call.events().stream()
        .flatMap(event ->
            event
                    instanceof
                    EngineEvent.ConsumerSelected(String _, String consumer, boolean selected)
                ? Stream.of((selected ? "+" : "-") + consumer)
                : Stream.empty())
        .toList();
  }
}
