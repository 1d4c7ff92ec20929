package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long calls stay open in which nobody talks to anybody. */
@Singleton
public class CallLifetimes {
  private final Duration abandoned;
  private final Duration unanswered;
  private final Duration alone;

  /**
   * All of them: zero for ever.
   *
   * @param abandoned from the moment when the last has left a call in which people have met; its
   *     link works so long
   * @param unanswered from a call's creation, or from when the last has left it without having met
   *     anybody: longer, because links are sent days before
   * @param alone from when somebody in the call was alone
   * @throws IllegalArgumentException when one is negative
   */
  @Inject
  public CallLifetimes(
      @ConfigProperty(name = "crosspoint.call-abandoned-limit", defaultValue = "PT24H")
          Duration abandoned,
      @ConfigProperty(name = "crosspoint.call-unanswered-limit", defaultValue = "PT168H")
          Duration unanswered,
      @ConfigProperty(name = "crosspoint.call-alone-limit", defaultValue = "PT4H") Duration alone) {
    if (abandoned.isNegative() || unanswered.isNegative() || alone.isNegative()) {
      throw new IllegalArgumentException("crosspoint.call-*-limit is not negative");
    }
    this.abandoned = abandoned;
    this.unanswered = unanswered;
    this.alone = alone;
  }

  /** How long it takes until a call is ended for this; empty when that never happens. */
  Optional<Duration> until(CallEnd end) {
    Duration limit =
        switch (end) {
          case ABANDONED -> abandoned;
          case UNANSWERED -> unanswered;
          case ALONE -> alone;
          case SFU_OFF -> Duration.ZERO; // that does not come with time
        };
    return Optional.of(limit).filter(Duration::isPositive);
  }
}
