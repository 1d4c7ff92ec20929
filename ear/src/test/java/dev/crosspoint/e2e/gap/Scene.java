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
 * @param ordinary whether the goals are set for it: browsers that let everything be measured, and
 *     lines as they are
 * @param goals that are set for it, or would be
 * @param rounds how often Cid comes and goes in a measurement
 */
record Scene(
    String name,
    Seat ann,
    Seat bob,
    Seat cid,
    boolean bobIsAway,
    boolean ordinary,
    Goals goals,
    int rounds) {
  private static final int MANY = 100;

  /** Enough to say whether a scene reaches what the first one should. */
  private static final int TWENTY = 20;

  /** Enough to see whether a scene differs from the first. */
  private static final int SOME = 8;

  /** Three Chromium on this machine. */
  static Scene chromium() {
    return near("Chromium", CHROMIUM, CHROMIUM, false, MANY);
  }

  /** Everything that is measured. */
  static List<Scene> all() {
    return List.of(
        chromium(),
        near("one tab hidden", CHROMIUM, CHROMIUM, true, TWENTY),
        new Scene(
            "uplink of 500 kbit/s",
            Seat.at(Access.GOOD),
            Seat.at(Access.THIN),
            Seat.at(Access.GOOD),
            false,
            true,
            Goals.NEAR,
            TWENTY),
        new Scene(
            "100 ms, 2 % loss",
            Seat.at(Access.FAR),
            Seat.at(Access.FAR),
            Seat.at(Access.FAR),
            false,
            false,
            Goals.FAR,
            SOME),
        near("Firefox third", CHROMIUM, FIREFOX, false, SOME),
        near("Chromium with Firefox", FIREFOX, CHROMIUM, false, SOME));
  }

  /** The same with fewer rounds, if it has more. */
  Scene atMost(int most) {
    return new Scene(name, ann, bob, cid, bobIsAway, ordinary, goals, Math.min(rounds, most));
  }

  private static Scene near(
      String name, BrowserKind bob, BrowserKind cid, boolean away, int rounds) {
    boolean ordinary = bob == CHROMIUM && cid == CHROMIUM;
    return new Scene(
        name,
        Seat.near(CHROMIUM),
        Seat.near(bob),
        Seat.near(cid),
        away,
        ordinary,
        Goals.NEAR,
        rounds);
  }
}
