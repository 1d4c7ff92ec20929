package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.BrowserKind;

/**
 * Who is in a call, and how. Ann and Bob stay; Cid comes and goes, which switches the call.
 *
 * @param name for tables
 * @param hidden whether Bob looks at another tab
 */
record Scene(String name, BrowserKind ann, BrowserKind bob, BrowserKind cid, boolean hidden) {

  /** Three Chromium on this machine. */
  static Scene chromium() {
    return new Scene(
        "Chromium", BrowserKind.CHROMIUM, BrowserKind.CHROMIUM, BrowserKind.CHROMIUM, false);
  }
}
