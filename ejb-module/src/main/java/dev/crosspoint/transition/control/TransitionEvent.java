package dev.crosspoint.transition.control;

import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.topology.SfuOffer;
import java.util.Optional;

/**
 * Something that may move a call. Events that concern a transition carry its number; those of a
 * transition that is over are ignored.
 */
public sealed interface TransitionEvent {

  /** Somebody wants to be in the call. */
  record Joined(String member, boolean sfuCapable) implements TransitionEvent {}

  /** Somebody is gone. */
  record Left(String member) implements TransitionEvent {}

  /** The router of the new topology exists. */
  record RouterReady(long number) implements TransitionEvent {}

  /** The router of the new topology cannot be made. */
  record RouterFailed(long number) implements TransitionEvent {}

  /**
   * A client's due tracks have all come far enough on the new paths.
   *
   * @param revision of the transition whose paths it speaks of
   */
  record MemberReady(long number, int revision, String member) implements TransitionEvent {}

  /**
   * A client cannot bring a new path up.
   *
   * @param peer the other end of a direct path; empty for the path to the router
   */
  record MemberFailed(long number, String member, Optional<String> peer, PathFailure failure)
      implements TransitionEvent {}

  /** The change is written. */
  record Committed(long number) implements TransitionEvent {}

  /** The change is certainly not written: another owner is in charge, or the database says no. */
  record CommitRefused(long number) implements TransitionEvent {}

  /** A client renders everything from the new paths. */
  record MemberSwitched(long number, String member) implements TransitionEvent {}

  /**
   * A direct path broke and does not come back. One that is still to come into force is told as
   * {@link MemberFailed}, too, which is what counts then.
   */
  record DirectPathFailed(String member, String peer, String pathId) implements TransitionEvent {}

  /** A direct path is connected. */
  record DirectPathWorks(String member, String peer, String pathId) implements TransitionEvent {}

  /** A client is connected to the router of a generation. */
  record SfuConnected(String member, long generation) implements TransitionEvent {}

  /** A client's connection to the router of a generation broke and does not come back. */
  record SfuPathFailed(String member, long generation) implements TransitionEvent {}

  /** A probe has shown whether somebody can use the SFU. */
  record SfuProbed(String member, boolean reached) implements TransitionEvent {}

  /** The router of a generation is gone: its media loop or its node died. */
  record RouterLost(long generation) implements TransitionEvent {}

  /** What the call may have of the SFU has changed. */
  record SfuOfferChanged(SfuOffer sfu) implements TransitionEvent {}

  /**
   * Whether this server may change the topology of calls: it may not while it does not hold its
   * lease, because nothing that it decides can be written, and others may think that it is gone.
   */
  record TopologyFrozen(boolean frozen) implements TransitionEvent {}

  /** Somebody asks to try again now. */
  record RetryRequested() implements TransitionEvent {}

  /** The deadline of {@link TransitionMachine#deadline} has come; nothing else is known. */
  record DeadlineReached() implements TransitionEvent {}
}
