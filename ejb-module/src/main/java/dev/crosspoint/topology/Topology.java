package dev.crosspoint.topology;

import dev.crosspoint.contract.TopologyMode;

/** The rule by which every ordered pair of participants finds its path. */
public sealed interface Topology {

  /** Every pair has a peer connection of its own. */
  record Direct() implements Topology {}

  /**
   * Everybody is connected to one router, which forwards.
   *
   * @param node the media node that has the router
   */
  record Sfu(String node) implements Topology {}

  /** The rule's name, as clients and the database know it. */
  default TopologyMode mode() {
    return switch (this) {
      case Direct() -> TopologyMode.DIRECT;
      case Sfu(String _) -> TopologyMode.SFU;
    };
  }
}
