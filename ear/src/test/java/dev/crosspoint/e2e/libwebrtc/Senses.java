package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whom somebody sees and hears, by what pictures show and how high tones are. */
public final class Senses {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PICTURES = 15;
  private static final int TONES = 4;

  private final BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();

  void perceive(MediaStreamTrack track) {
    switch (track) {
      case VideoTrack video ->
          video.addSink(
              frame -> NumberedPicture.personIn(frame.buffer.toI420()).ifPresent(seen::add));
      case AudioTrack audio -> audio.addSink(new Tone.Listener(heard::add));
      default -> throw new IllegalArgumentException("a track of kind " + track.getKind());
    }
  }

  /** Waits until new pictures of a person are decoded, and their tone is heard, from now on. */
  public void awaitSeesAndHears(int person) {
    await(seen, person, PICTURES, "seen");
    await(heard, person, TONES, "heard");
  }

  private static void await(BlockingQueue<Integer> perceived, int person, int times, String how) {
    perceived.clear();
    long end = System.nanoTime() + PATIENCE.toNanos();
    int count = 0;
    while (count < times) {
      Integer next = next(perceived, end - System.nanoTime());
      if (next == null) {
        throw new AssertionError(
            "person %d was %s %d times of %d".formatted(person, how, count, times));
      }
      if (next == person) {
        count++;
      }
    }
  }

  private static @Nullable Integer next(BlockingQueue<Integer> perceived, long withinNs) {
    try {
      return withinNs < 0 ? null : perceived.poll(withinNs, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
