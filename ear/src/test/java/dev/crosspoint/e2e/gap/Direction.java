package dev.crosspoint.e2e.gap;

/** Which way a call is switched. */
enum Direction {
  TO_SFU("direct → SFU", "SFU"),
  TO_DIRECT("SFU → direct", "DIRECT");

  private final String title;
  private final String mode;

  Direction(String title, String mode) {
    this.title = title;
    this.mode = mode;
  }

  String title() {
    return title;
  }

  /** The mode in which the call is afterwards. */
  String mode() {
    return mode;
  }
}
