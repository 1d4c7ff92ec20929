package dev.crosspoint.transition.control;

/**
 * Somebody in a call, as the machine sees them.
 *
 * @param id participant id
 * @param sfuCapable false for a browser that can only talk directly
 */
public record Member(String id, boolean sfuCapable, Standing standing) {

  /** How far somebody has come. */
  public enum Standing {
    /** Waits for the running transition, or for a topology that can carry them. */
    QUEUED,
    /** Part of the running transition, without media yet. */
    NEWCOMER,
    /** Has media by the topology that is in force. */
    INSIDER
  }

  Member as(Standing other) {
    return new Member(id, sfuCapable, other);
  }
}
