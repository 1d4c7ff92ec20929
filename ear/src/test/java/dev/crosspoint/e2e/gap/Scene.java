package dev.crosspoint.e2e.gap;

import static dev.crosspoint.e2e.BrowserKind.CHROMIUM;
import static dev.crosspoint.e2e.BrowserKind.FIREFOX;

import dev.crosspoint.e2e.BrowserKind;
import java.util.List;

/**
 * Who is in a call, and how. Ann and Bob stay; Cid comes and goes, which switches the call.
 *
 * @param name for tables
 * @param bobIsAway whether Bob looks at another tab
 * @param rounds how often Cid comes and goes in a measurement
 */
record Scene(
    String name, BrowserKind ann, BrowserKind bob, BrowserKind cid, boolean bobIsAway, int rounds) {

  /** Three Chromium on this machine. */
  static Scene chromium() {
    return new Scene("Chromium", CHROMIUM, CHROMIUM, CHROMIUM, false, 100);
  }

  /** Everything that is measured. */
  static List<Scene> all() {
    return List.of(
        chromium(),
        new Scene("one tab hidden", CHROMIUM, CHROMIUM, CHROMIUM, true, 5),
        new Scene("Firefox third", CHROMIUM, CHROMIUM, FIREFOX, false, 5),
        new Scene("Chromium with Firefox", CHROMIUM, FIREFOX, CHROMIUM, false, 5));
  }
}
