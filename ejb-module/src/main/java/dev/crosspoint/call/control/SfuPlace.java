package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.transition.control.CallState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The place of a running call among those that use the SFU: had by its routers, or waited for.
 * Lives in the call's mailbox.
 */
final class SfuPlace {
  private final String callId;
  private final CallTools tools;
  private final SfuGate gate;
  private final Set<Long> routers = new HashSet<>();

  SfuPlace(String callId, CallTools tools) {
    this.callId = callId;
    this.tools = tools;
    this.gate = tools.sfu();
  }

  /** What the call may have now. */
  SfuOffer offer() {
    return gate.offer(callId);
  }

  /**
   * Takes the place for the router of a generation.
   *
   * @return what the call is offered: the router may be made when that is {@link SfuOffer.Open}
   */
  SfuOffer take(long generation) {
    SfuOffer offer = gate.take(callId);
    if (offer instanceof SfuOffer.Open) {
      routers.add(generation);
    }
    return offer;
  }

  /** The router of a generation is closed; with the last one the place is free. */
  void closed(long generation) {
    if (routers.remove(generation) && routers.isEmpty()) {
      gate.leave(callId);
    }
  }

  /** The call has changed: it may want a place, or no longer. */
  void follow(CallState state, Instant now) {
    if (!routers.isEmpty()) {
      return;
    }
    SfuOffer.Open open = new SfuOffer.Open(tools.node().node());
    if (tools.machine().wantsRouter(state, open, now)) {
      gate.queue(callId);
    } else {
      gate.leave(callId);
    }
  }

  /** The call is over here. */
  void giveUp() {
    routers.clear();
    gate.leave(callId);
  }
}
