package dev.crosspoint.launcher;

import java.util.Map;

/**
 * A server for trying out or for tests shares its machine with the browsers that use it. They keep
 * its processors busy whatever the server does, so it must not give anything up for that.
 */
public final class SharedMachine {
  /** No load is above these. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "CROSSPOINT_LOAD_REDUCE_VIDEO", "100",
          "CROSSPOINT_LOAD_LIMIT_SCREENS", "100",
          "CROSSPOINT_LOAD_QUEUE", "100");

  private SharedMachine() {}
}
