package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/** The tones of {@code camera.js}, which tell people apart: each has a pitch of their own. */
final class Tone {
  /** Samples of one channel in a second. */
  static final int RATE = 48_000;

  static final int BITS = 16;

  private static final double LOUDNESS = 0.2 * Short.MAX_VALUE;
  private static final double LOWEST_HZ = 313;
  private static final double STEP_HZ = 100;

  private Tone() {}

  /** So many samples of a person's tone after those that were before. */
  static byte[] samples(int person, long before, int count) {
    ByteBuffer samples = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    double turn = 2 * Math.PI * (LOWEST_HZ + STEP_HZ * person) / RATE;
    for (int i = 0; i < count; i++) {
      samples.putShort((short) (LOUDNESS * Math.sin(turn * (before + i))));
    }
    return samples.array();
  }

  /** Listens to one track and tells several times a second whose tone it is. */
  static final class Listener implements AudioTrackSink {
    private static final double OFF_KEY_HZ = 20;
    private static final int TIMES_A_SECOND = 4;

    private final IntConsumer heard;
    private int samples;
    private int rises;
    private boolean below;

    Listener(IntConsumer heard) {
      this.heard = heard;
    }

    @Override
    public void onData(byte[] data, int bits, int rate, int channels, int frames) {
      ByteBuffer sound = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < frames; i++) {
        boolean negative = sound.getShort(i * channels * Short.BYTES) < 0;
        if (below && !negative) {
          rises++;
        }
        below = negative;
      }
      samples += frames;
      if (samples * TIMES_A_SECOND >= rate) {
        tell((double) rises * rate / samples);
        samples = 0;
        rises = 0;
      }
    }

    private void tell(double hz) {
      long person = Math.round((hz - LOWEST_HZ) / STEP_HZ);
      if (person > 0 && Math.abs(LOWEST_HZ + STEP_HZ * person - hz) < OFF_KEY_HZ) {
        heard.accept((int) person);
      }
    }
  }
}
