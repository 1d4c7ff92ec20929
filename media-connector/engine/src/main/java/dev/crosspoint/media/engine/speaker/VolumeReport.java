package dev.crosspoint.media.engine.speaker;

import java.util.Comparator;
import java.util.List;

/** Says now and then who is loud, and once that nobody is any more. */
final class VolumeReport {
  private static final int MOST = 10;

  private final long intervalNs;
  private long nextNs = Long.MIN_VALUE;
  private boolean toldOfSomebody;

  /**
   * @param intervalNs 0 for never
   */
  VolumeReport(long intervalNs) {
    this.intervalNs = intervalNs;
  }

  /**
   * @param anybody whether somebody was audible in the last second or so
   */
  boolean isDue(boolean anybody, long nowNs) {
    if (intervalNs == 0 || (anybody ? nowNs < nextNs : !toldOfSomebody)) {
      return false;
    }
    nextNs = nowNs + intervalNs;
    toldOfSomebody = anybody;
    return true;
  }

  List<AudioVolume> of(List<Speaker> speakers) {
    return speakers.stream()
        .filter(speaker -> speaker.audible(Long.SIZE) > 0)
        .sorted(Comparator.comparingDouble(Speaker::smoothedLoudness).reversed())
        .limit(MOST)
        .map(VolumeReport::volume)
        .toList();
  }

  private static AudioVolume volume(Speaker speaker) {
    return new AudioVolume(
        speaker.producerId(), AudioLevel.SILENCE - (int) Math.round(speaker.smoothedLoudness()));
  }
}
