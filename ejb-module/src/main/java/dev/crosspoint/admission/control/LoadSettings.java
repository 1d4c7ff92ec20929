package dev.crosspoint.admission.control;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about a server under load. */
@Singleton
public class LoadSettings {
  private final LoadThresholds thresholds;

  /**
   * @see LoadThresholds
   * @throws IllegalArgumentException when the thresholds are out of order
   */
  @Inject
  public LoadSettings(
      @ConfigProperty(name = "crosspoint.load.reduce-video", defaultValue = "70") int reduceVideo,
      @ConfigProperty(name = "crosspoint.load.limit-screens", defaultValue = "80") int limitScreens,
      @ConfigProperty(name = "crosspoint.load.queue", defaultValue = "90") int queue,
      @ConfigProperty(name = "crosspoint.load.readmit", defaultValue = "70") int readmit,
      @ConfigProperty(name = "crosspoint.load.restore", defaultValue = "60") int restore,
      @ConfigProperty(name = "crosspoint.load.dwell", defaultValue = "PT5S") Duration dwell,
      @ConfigProperty(name = "crosspoint.load.screen-grace", defaultValue = "PT15S")
          Duration screenGrace,
      @ConfigProperty(name = "crosspoint.load.calm", defaultValue = "PT15S") Duration calm) {
    thresholds =
        new LoadThresholds(
            reduceVideo, limitScreens, queue, readmit, restore, dwell, screenGrace, calm);
  }

  public LoadThresholds thresholds() {
    return thresholds;
  }
}
