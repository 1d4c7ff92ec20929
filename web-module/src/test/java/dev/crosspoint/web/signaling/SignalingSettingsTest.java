package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SignalingSettingsTest {
  @Test
  void aJoinMayNotTakeLongerThanItsSessionLives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Duration.ofSeconds(5), Duration.ofSeconds(5)))
        .withMessageContaining("crosspoint.signaling.request-timeout is PT5S")
        .withMessageContaining("crosspoint.signaling.resume-grace");
  }

  @Test
  void aSecondIsEnough() {
    assertThat(settings(Duration.ofSeconds(4), Duration.ofSeconds(5)).requestTimeout())
        .isEqualTo(Duration.ofSeconds(4));
  }

  private static SignalingSettings settings(Duration requestTimeout, Duration resumeGrace) {
    SignalingSettings usual = TestSettings.SETTINGS;
    return new SignalingSettings(
        usual.maxMessageLength(),
        usual.maxDepth(),
        usual.badMessagesInRow(),
        usual.pendingRequests(),
        usual.outboundLength(),
        usual.replayEvents(),
        resumeGrace,
        usual.pingInterval(),
        usual.silence(),
        requestTimeout);
  }
}
