package dev.crosspoint.transition.control;

/**
 * Somebody in a call, as the machine sees them.
 *
 * @param id participant id
 */
public record Member(String id, Reach reach, Standing standing) {

  /** How far somebody has come. */
  public enum Standing {
    /** Waits for the running transition, or for a topology that can carry them. */
    QUEUED,
    /** Part of the running transition, without media yet. */
    NEWCOMER,
    /**
     * Was let in although the SFU could not be connected, and has the paths of the topology in
     * force; that any of them works is not known yet.
     */
    ON_TRIAL,
    /** Has media by the topology that is in force. */
    INSIDER
  }

  /** Whether somebody can use the SFU. */
  public enum Reach {
    /** Nothing is known; it is expected to work. */
    UNKNOWN,
    /** It was connected, or answered a probe. */
    REACHED,
    /** It could not be connected. Worth another probe after a while: networks change. */
    UNREACHABLE,
    /** The browser cannot: direct paths only, for ever. */
    UNSUPPORTED
  }

  /** As what they are let in by the topology in force. */
  Standing whenLetIn() {
    return reach == Reach.UNREACHABLE ? Standing.ON_TRIAL : Standing.INSIDER;
  }

  /** Whether the call would rather go on without them than stay where it is for them. */
  boolean dispensable() {
    return standing == Standing.NEWCOMER || standing == Standing.ON_TRIAL;
  }

  /** Whether the SFU is worth a try. */
  public boolean mayReachSfu() {
    return switch (reach) {
      case UNKNOWN, REACHED -> true;
      case UNREACHABLE, UNSUPPORTED -> false;
    };
  }

  Member as(Standing other) {
    return new Member(id, reach, other);
  }

  /** The same with news of the SFU; a browser that cannot use it never learns to. */
  Member reaching(Reach other) {
    return reach == Reach.UNSUPPORTED ? this : new Member(id, other, standing);
  }
}
