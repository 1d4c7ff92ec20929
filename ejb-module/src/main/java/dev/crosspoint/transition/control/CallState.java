package dev.crosspoint.transition.control;

import dev.crosspoint.topology.CallFacts;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.Realised;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
 * @param sfuNode where a new router could be made
 * @param deadPairs pairs whose direct path failed, so that nobody tries again while both are here
 * @param smallSince since when direct paths could carry everybody who is here
 * @param seed spreads retries
 */
public record CallState(
    List<Member> members,
    Realised current,
    Phase phase,
    long lastNumber,
    Optional<String> sfuNode,
    Set<Pair> deadPairs,
    Optional<Instant> smallSince,
    long seed) {
  public CallState {
    members = List.copyOf(members);
    deadPairs = Set.copyOf(deadPairs);
  }

  /** A call that nobody has joined. */
  public static CallState empty(Optional<String> sfuNode, long seed) {
    return resumed(0, 0, sfuNode, seed);
  }

  /**
   * A call as the database knows it, whose members will join again.
   *
   * @param epoch of its owner
   */
  public static CallState resumed(
      long epoch, long lastNumber, Optional<String> sfuNode, long seed) {
    return new CallState(
        List.of(),
        Realised.first(epoch),
        new Phase.Steady(Optional.empty()),
        lastNumber,
        sfuNode,
        Set.of(),
        Optional.empty(),
        seed);
  }

  /** Ids of those who take part by the given standings, in order of arrival. */
  public List<String> ids(Member.Standing... standings) {
    Set<Member.Standing> wanted = Set.of(standings);
    return members.stream().filter(m -> wanted.contains(m.standing())).map(Member::id).toList();
  }

  Optional<Member> member(String id) {
    return members.stream().filter(m -> m.id().equals(id)).findFirst();
  }

  CallFacts facts() {
    return new CallFacts(
        Set.copyOf(ids(Member.Standing.INSIDER)),
        Set.copyOf(ids(Member.Standing.NEWCOMER, Member.Standing.QUEUED)),
        members.stream()
            .filter(member -> !member.mayReachSfu())
            .map(Member::id)
            .collect(Collectors.toSet()),
        deadPairs,
        current,
        sfuNode,
        current.lost() && failedBefore(),
        smallSince);
  }

  private boolean failedBefore() {
    return switch (phase) {
      case Phase.Steady(Optional<Phase.Retry> retry) -> retry.isPresent();
      case Phase.Preparing _, Phase.Connecting _, Phase.Committing _, Phase.Releasing _ ->
          phase.running().orElseThrow().attempt() > 1;
    };
  }

  CallState with(Phase other) {
    return new CallState(members, current, other, lastNumber, sfuNode, deadPairs, smallSince, seed);
  }

  CallState with(Realised other) {
    return new CallState(members, other, phase, lastNumber, sfuNode, deadPairs, smallSince, seed);
  }

  CallState withMembers(List<Member> other) {
    return new CallState(other, current, phase, lastNumber, sfuNode, deadPairs, smallSince, seed);
  }

  CallState withNode(Optional<String> other) {
    return new CallState(members, current, phase, lastNumber, other, deadPairs, smallSince, seed);
  }

  CallState withSmallSince(Optional<Instant> other) {
    return new CallState(members, current, phase, lastNumber, sfuNode, deadPairs, other, seed);
  }

  CallState withNumber(long number) {
    return new CallState(members, current, phase, number, sfuNode, deadPairs, smallSince, seed);
  }

  CallState plus(Member member) {
    List<Member> more = new ArrayList<>(members);
    more.add(member);
    return withMembers(more);
  }

  CallState minus(String member) {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    pairs.removeIf(pair -> pair.has(member));
    List<Member> fewer = members.stream().filter(m -> !m.id().equals(member)).toList();
    return new CallState(fewer, current, phase, lastNumber, sfuNode, pairs, smallSince, seed);
  }

  CallState dead(Pair pair) {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    pairs.add(pair);
    return new CallState(members, current, phase, lastNumber, sfuNode, pairs, smallSince, seed);
  }

  CallState alive(Pair pair) {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    pairs.remove(pair);
    return new CallState(members, current, phase, lastNumber, sfuNode, pairs, smallSince, seed);
  }

  CallState reaching(Set<String> who, Member.Reach reach) {
    return withMembers(
        members.stream().map(m -> who.contains(m.id()) ? m.reaching(reach) : m).toList());
  }

  CallState standing(Predicate<Member> who, Member.Standing standing) {
    return withMembers(members.stream().map(m -> who.test(m) ? m.as(standing) : m).toList());
  }
}
