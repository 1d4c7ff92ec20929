package dev.crosspoint.web.signaling;

import java.time.Duration;

/** The settings that tests run with. */
final class TestSettings {
  static final SignalingSettings SETTINGS =
      new SignalingSettings(
          65_536,
          32,
          3,
          4,
          8_192,
          8,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(45),
          Duration.ofSeconds(15));

  private TestSettings() {}
}
