package dev.crosspoint.call.boundary;

/** Why a call was ended that nobody ended. */
public enum CallEnd {
  /** People have met in it, and all have left, long ago. */
  ABANDONED,
  /** Nobody is in it, and never were two there together, for long. */
  UNANSWERED,
  /** Somebody has waited in it alone, for too long. */
  ALONE,
  /** The SFU was turned off, and direct paths could not carry the call. */
  SFU_OFF
}
