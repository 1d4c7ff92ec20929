package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ServerEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that is told to keep no paths ready. */
class NoStandbyTest extends RunningCallScene {
  @Override
  boolean standsBy() {
    return false;
  }

  @Test
  void nobodyIsAskedForAPathToTheSfuBeforeItIsNeeded() {
    twoTalk();
    time.pass(Duration.ofMinutes(1));

    assertThat(engine.routers()).isEmpty();
    assertThat(ada.all(ServerEvent.ProbeRequested.class)).isEmpty();
  }
}
