package dev.crosspoint.call.boundary;

/** Why a call was ended that nobody ended: for too long nobody has talked to anybody in it. */
public enum CallEnd {
  /** People have met in it, and all have left. */
  ABANDONED,
  /** Nobody is in it, and never were two there together. */
  UNANSWERED,
  /** Somebody has waited in it alone. */
  ALONE
}
