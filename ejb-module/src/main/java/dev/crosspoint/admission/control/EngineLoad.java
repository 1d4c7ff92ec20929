package dev.crosspoint.admission.control;

import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.VideoCap;
import dev.crosspoint.media.control.MediaGateway;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The load of the media engine of this server. */
@Singleton
public class EngineLoad implements MediaLoad {
  private static final double PERCENT = 100;

  private final MediaGateway media;
  private volatile boolean failing;

  @Inject
  public EngineLoad(MediaGateway media) {
    this.media = media;
  }

  @Override
  public double busiestLoop() {
    try {
      return PERCENT
          * media.stats().loops().stream()
              .filter(MediaStats.Loop::alive)
              .mapToDouble(MediaStats.Loop::busy)
              .max()
              .orElse(0);
    } catch (MediaException _) {
      return 0;
    }
  }

  @Override
  public void limit(QualityLimit limit) {
    media
        .capVideo(cap(limit))
        .whenComplete((_, failure) -> {
          if (failure != null && !failing) {
            CallLog.LOG.videoNotLimited(limit, failure);
          }
          failing = failure != null;
        });
  }

  private static VideoCap cap(QualityLimit limit) {
    return switch (limit) {
      case NONE -> VideoCap.FULL;
      case VIDEO_REDUCED -> VideoCap.REDUCED;
      case SCREENS_LOW, SCREENS_STOPPED -> VideoCap.LOW;
    };
  }
}
