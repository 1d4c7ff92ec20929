package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A camera whose pictures show a person's number, and a microphone with that person's tone. */
public final class Devices {
  private static final int PERIOD_MS = 10;
  private static final int SAMPLES = Tone.RATE * PERIOD_MS / 1_000;

  /** 20 pictures a second. */
  private static final int PERIODS_OF_PICTURE = 5;

  private final int person;
  private final CustomVideoSource camera = new CustomVideoSource();
  private final CustomAudioSource microphone = new CustomAudioSource();
  private final List<MediaStreamTrack> tracks;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private int periods;

  Devices(PeerConnectionFactory factory, int person) {
    this.person = person;
    this.tracks =
        List.of(
            factory.createAudioTrack("microphone", microphone),
            factory.createVideoTrack("camera", camera));
  }

  List<MediaStreamTrack> tracks() {
    return tracks;
  }

  /** From now on pictures and sound are taken; the tracks must be in use, and stay it. */
  public void start() {
    var _ = clock.scheduleAtFixedRate(this::take, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  private void take() {
    byte[] sound = Tone.samples(person, (long) periods * SAMPLES, SAMPLES);
    microphone.pushAudio(sound, Tone.BITS, Tone.RATE, 1, SAMPLES);
    if (periods % PERIODS_OF_PICTURE == 0) {
      NativeI420Buffer picture = NumberedPicture.draw(person, periods / PERIODS_OF_PICTURE);
      camera.pushFrame(new VideoFrame(picture, System.nanoTime()));
      picture.release();
    }
    periods++;
  }

  /** Nothing is taken any more when this has returned. */
  void close() {
    clock.shutdownNow();
    clock.close();
  }
}
