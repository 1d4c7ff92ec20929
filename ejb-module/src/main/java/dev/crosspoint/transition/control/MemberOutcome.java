package dev.crosspoint.transition.control;

/** What became of one participant in a transition, for its story. */
public enum MemberOutcome {
  /** Every track that was due had come far enough on the new paths. */
  READY,
  /** Renders everything from the new paths. */
  SWITCHED,
  /** Was not ready when the transition was judged, or ended. */
  LATE,
  /** Could not bring a new path up. */
  FAILED,
  /** Does not get through to the SFU and is kept over direct paths. */
  KEPT_DIRECT,
  /** A newcomer who did not get through and waits again. */
  LEFT_BEHIND
}
