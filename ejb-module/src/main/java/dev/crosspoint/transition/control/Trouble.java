package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What is known to be wrong with the paths of a call.
 *
 * @param deadPairs pairs whose direct path failed, so that nobody tries again while another way is
 *     to be had: until the next move that is rolled back
 * @param faults paths in force, or to come, that failed, also those that were mended since
 */
public record Trouble(Set<Pair> deadPairs, Map<Link, Fault> faults) {
  static final Trouble NONE = new Trouble(Set.of(), Map.of());

  public Trouble {
    deadPairs = Set.copyOf(deadPairs);
    faults = Map.copyOf(faults);
  }

  boolean broken(Link link) {
    return Optional.ofNullable(faults.get(link)).filter(Fault::broken).isPresent();
  }

  /** Pairs whose direct path is not worth keeping. */
  Set<Pair> brokenPairs() {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    faults.forEach((link, fault) -> {
      if (link instanceof Link.Between(Pair pair, long _) && fault.broken()) {
        pairs.add(pair);
      }
    });
    return pairs;
  }

  Trouble dead(Pair pair) {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    pairs.add(pair);
    return new Trouble(pairs, faults);
  }

  Trouble alive(Pair pair) {
    return new Trouble(without(other -> other.equals(pair)), faults);
  }

  /** Every pair may be tried again. */
  Trouble forgiving() {
    return new Trouble(Set.of(), faults);
  }

  Trouble minus(String member) {
    return new Trouble(without(pair -> pair.has(member)), faults);
  }

  private Set<Pair> without(Predicate<Pair> gone) {
    Set<Pair> pairs = new HashSet<>(deadPairs);
    pairs.removeIf(gone);
    return pairs;
  }

  /**
   * A path failed. It is made once more at once the first time, and with back-off when that did not
   * last.
   */
  Trouble failed(Link link, Instant now, TransitionTimes times, long seed) {
    if (broken(link)) {
      return this;
    }
    int before =
        Optional.ofNullable(faults.get(link))
            .filter(known -> now.isBefore(known.lastAt().plus(times.lasting())))
            .map(Fault::failures)
            .orElse(0);
    Duration wait = before == 0 ? Duration.ZERO : times.retryDelay(before, seed);
    return with(link, new Fault(before + 1, now, new Fault.Stage.Broken(now.plus(wait))));
  }

  /** Whether something bad is known of a path that is not known to work again. */
  boolean suspect(Link link) {
    return Optional.ofNullable(faults.get(link)).filter(Fault::suspect).isPresent();
  }

  /** A path works. */
  Trouble works(Link link) {
    return change(link, Fault::mended);
  }

  Trouble change(Link link, UnaryOperator<Fault> change) {
    Fault known = faults.get(link);
    return known == null ? this : with(link, change.apply(known));
  }

  /**
   * A path was replaced by another one between the same ends: what failed before may fail again.
   */
  Trouble moved(Link from, Link to, UnaryOperator<Fault> change) {
    Fault known = faults.get(from);
    return known == null ? this : without(from).with(to, change.apply(known));
  }

  private Trouble without(Link link) {
    Map<Link, Fault> fewer = new HashMap<>(faults);
    fewer.remove(link);
    return new Trouble(deadPairs, fewer);
  }

  /** Without what is known of other paths than these. */
  Trouble onlyOf(Predicate<Link> known) {
    if (faults.keySet().stream().allMatch(known)) {
      return this;
    }
    Map<Link, Fault> fewer = new HashMap<>(faults);
    fewer.keySet().removeIf(known.negate());
    return new Trouble(deadPairs, fewer);
  }

  private Trouble with(Link link, Fault fault) {
    Map<Link, Fault> more = new HashMap<>(faults);
    more.put(link, fault);
    return new Trouble(deadPairs, more);
  }
}
