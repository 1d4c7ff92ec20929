package dev.crosspoint.media.api;

/** The one rule for identifiers. */
final class Ids {
  private static final int MAX_LENGTH = 64;

  private Ids() {}

  static void check(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("an identifier has 1 to 64 characters");
    }
  }
}
