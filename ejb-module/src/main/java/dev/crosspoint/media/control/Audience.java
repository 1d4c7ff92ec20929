package dev.crosspoint.media.control;

import dev.crosspoint.contract.ServerEvent;

/** The people in a call, as far as they can be told things. */
public interface Audience {
  /** Tells one participant; nobody hears it when they are gone. */
  void tell(String participantId, ServerEvent event);
}
