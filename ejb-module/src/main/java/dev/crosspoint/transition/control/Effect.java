package dev.crosspoint.transition.control;

import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.Realised;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the driver must do, in order, after it has kept the new state. Repeating an effect is
 * harmless.
 */
public sealed interface Effect {

  /** Make the router of a transition's new topology; answer with RouterReady or RouterFailed. */
  record MakeRouter(long number, Realised topology) implements Effect {}

  /** Close the router of a generation. */
  record CloseRouter(long generation) implements Effect {}

  /**
   * Tell a client to bring paths up.
   *
   * @param transition that they are for; empty when they are part of the topology in force
   * @param paths with a transition: all that the member has by the topology to come, also those
   *     that are open already and kept
   */
  record OfferPaths(String member, Optional<Transition> transition, List<Path> paths)
      implements Effect {
    public OfferPaths {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Write the new topology, conditionally and idempotently; answer with Committed or CommitRefused.
   */
  record Commit(Transition transition) implements Effect {}

  /** Find out whether the commit whose answer is late was done; answer as for Commit. */
  record ReadCommitBack(Transition transition) implements Effect {}

  /** Tell a client that the new paths are in force. */
  record CommitPaths(String member, long number, List<String> pathIds) implements Effect {
    public CommitPaths {
      pathIds = List.copyOf(pathIds);
    }
  }

  /** Tell a client to close paths. */
  record ReleasePaths(String member, List<String> pathIds) implements Effect {
    public ReleasePaths {
      pathIds = List.copyOf(pathIds);
    }
  }

  /** Somebody is part of the call now. */
  record Admit(String member) implements Effect {}

  /**
   * Somebody has to wait.
   *
   * @param position 1 for who is next
   */
  record Queue(String member, int position, WaitReason reason) implements Effect {}

  /**
   * Record what became of a participant in a transition.
   *
   * @param detail why, for operators; may be empty
   */
  record Note(Transition transition, String member, MemberOutcome outcome, String detail)
      implements Effect {}

  /**
   * Record the phase and show it to everybody.
   *
   * @param retryIn with ROLLED_BACK: time until the next try; empty when none is needed
   */
  record Show(
      Transition transition, TransitionPhase phase, String detail, Optional<Duration> retryIn)
      implements Effect {}

  /**
   * Tell everybody that the try which was to follow is not needed any more. The record knows of
   * tries that were made, and needs no word of this.
   */
  record CallOffRetry(Transition failed) implements Effect {}

  /** The SFU is off and nothing else can carry the call: it is over, also for those who wait. */
  record EndWithoutSfu() implements Effect {}
}
