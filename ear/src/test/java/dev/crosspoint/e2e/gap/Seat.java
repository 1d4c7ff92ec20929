package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.BrowserKind;

/** What somebody takes part with. */
record Seat(BrowserKind browser, Access access) {
  static Seat near(BrowserKind browser) {
    return new Seat(browser, Access.LOOPBACK);
  }

  /** A Chromium. */
  static Seat at(Access access) {
    return new Seat(BrowserKind.CHROMIUM, access);
  }
}
