package dev.crosspoint.topology;

import java.util.Optional;

/** What a call may have of the SFU. What it has already is in {@link CallFacts#current}. */
public sealed interface SfuOffer {

  /**
   * A router may be made.
   *
   * @param node where
   */
  record Open(String node) implements SfuOffer {}

  /**
   * No new router: every place for a call over the SFU is taken.
   *
   * @param callsAhead how many calls wait for a place before this one
   */
  record Full(int callsAhead) implements SfuOffer {}

  /** No new router: the SFU is being emptied. Calls that use it go on. */
  record Draining() implements SfuOffer {}

  /** No new router: the server is under too much load. Calls that use the SFU go on. */
  record Overloaded() implements SfuOffer {}

  /** No router at all: a call that uses one leaves it, or ends. */
  record Off() implements SfuOffer {}

  /** Where a new router would be made; empty when none may be. */
  default Optional<String> routerNode() {
    return switch (this) {
      case Open(String node) -> Optional.of(node);
      case Full _, Draining(), Overloaded(), Off() -> Optional.empty();
    };
  }
}
