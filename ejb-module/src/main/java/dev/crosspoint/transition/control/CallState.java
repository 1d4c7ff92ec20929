package dev.crosspoint.transition.control;

import dev.crosspoint.topology.CallFacts;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Everything the machine knows of a call.
 *
 * @param members in order of arrival
 * @param current what carries the call
 * @param lastNumber number of the latest transition, or of a path made once more after it; 0 before
 *     the first
 * @param sfu what it may have of the SFU
 * @param trouble what is known to be wrong with its paths
 * @param smallSince since when direct paths could carry everybody who is here
 * @param seed spreads retries
 * @param frozen whether nothing may be written now, so that the topology stays as it is
 */
public record CallState(
    List<Member> members,
    Realised current,
    Phase phase,
    long lastNumber,
    SfuOffer sfu,
    Trouble trouble,
    Optional<Instant> smallSince,
    long seed,
    boolean frozen) {
  public CallState {
    members = List.copyOf(members);
  }

  /** A call that nobody has joined. */
  public static CallState empty(SfuOffer sfu, long seed) {
    return resumed(0, 0, sfu, seed);
  }

  /**
   * A call as the database knows it, whose members will join again.
   *
   * @param epoch of its owner
   */
  public static CallState resumed(long epoch, long lastNumber, SfuOffer sfu, long seed) {
    return new CallState(
        List.of(),
        Realised.first(epoch),
        new Phase.Steady(Optional.empty()),
        lastNumber,
        sfu,
        Trouble.NONE,
        Optional.empty(),
        seed,
        false);
  }

  /** Ids of those who take part by the given standings, in order of arrival. */
  public List<String> ids(Member.Standing... standings) {
    Set<Member.Standing> wanted = Set.of(standings);
    return members.stream().filter(m -> wanted.contains(m.standing())).map(Member::id).toList();
  }

  /** Those who have paths of the topology in force. */
  List<String> inside() {
    return ids(Member.Standing.ON_TRIAL, Member.Standing.INSIDER);
  }

  /** Those who have paths, or are being given them. */
  List<String> participants() {
    return ids(Member.Standing.NEWCOMER, Member.Standing.ON_TRIAL, Member.Standing.INSIDER);
  }

  /** Those without whom the call would rather go on than stay where it is for them. */
  List<String> dispensable() {
    return members.stream().filter(Member::dispensable).map(Member::id).toList();
  }

  Optional<Member> member(String id) {
    return members.stream().filter(m -> m.id().equals(id)).findFirst();
  }

  CallFacts facts() {
    return new CallFacts(
        ids(Member.Standing.INSIDER),
        Set.copyOf(ids(Member.Standing.QUEUED, Member.Standing.NEWCOMER, Member.Standing.ON_TRIAL)),
        members.stream()
            .filter(member -> !member.mayReachSfu())
            .map(Member::id)
            .collect(Collectors.toSet()),
        trouble.deadPairs(),
        current,
        coming(),
        sfu,
        current.lost() && failures(_ -> true) > 0,
        failures(to -> to instanceof Topology.Direct) > 1,
        smallSince);
  }

  /** What the running transition leads to. */
  private Optional<Topology> coming() {
    return phase.running().map(transition -> transition.to().topology());
  }

  /** How often in a row the latest move was rolled back, if it went to such a topology. */
  private int failures(Predicate<Topology> where) {
    return switch (phase) {
      case Phase.Steady(Optional<Phase.Retry> retry) ->
          retry
              .filter(failed -> where.test(failed.failed().to().topology()))
              .map(Phase.Retry::failures)
              .orElse(0);
      case Phase.Preparing _, Phase.Connecting _, Phase.Committing _, Phase.Releasing _ -> {
        Transition transition = phase.running().orElseThrow();
        yield where.test(transition.to().topology()) ? transition.attempt() - 1 : 0;
      }
    };
  }

  CallState with(Phase other) {
    return new CallState(
        members, current, other, lastNumber, sfu, trouble, smallSince, seed, frozen);
  }

  CallState with(Realised other) {
    return new CallState(members, other, phase, lastNumber, sfu, trouble, smallSince, seed, frozen);
  }

  CallState with(Trouble other) {
    return new CallState(members, current, phase, lastNumber, sfu, other, smallSince, seed, frozen);
  }

  CallState withMembers(List<Member> other) {
    return new CallState(other, current, phase, lastNumber, sfu, trouble, smallSince, seed, frozen);
  }

  CallState with(SfuOffer other) {
    return new CallState(
        members, current, phase, lastNumber, other, trouble, smallSince, seed, frozen);
  }

  CallState asFrozen(boolean other) {
    return new CallState(
        members, current, phase, lastNumber, sfu, trouble, smallSince, seed, other);
  }

  CallState withSmallSince(Optional<Instant> other) {
    return new CallState(members, current, phase, lastNumber, sfu, trouble, other, seed, frozen);
  }

  CallState withNumber(long number) {
    return new CallState(members, current, phase, number, sfu, trouble, smallSince, seed, frozen);
  }

  CallState plus(Member member) {
    List<Member> more = new ArrayList<>(members);
    more.add(member);
    return withMembers(more);
  }

  CallState minus(String member) {
    return withMembers(members.stream().filter(m -> !m.id().equals(member)).toList())
        .with(trouble.minus(member));
  }

  CallState reaching(Set<String> who, Member.Reach reach) {
    return withMembers(
        members.stream().map(m -> who.contains(m.id()) ? m.reaching(reach) : m).toList());
  }

  CallState standing(Predicate<Member> who, Member.Standing standing) {
    return withMembers(members.stream().map(m -> who.test(m) ? m.as(standing) : m).toList());
  }
}
