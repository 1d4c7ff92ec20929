package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.transition.control.EffectList.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes broken paths that are in force once more, as long as nothing better is to be had: at once,
 * and with back-off when that did not help.
 */
final class Repairs {
  private final Course course;

  Repairs(Course course) {
    this.course = course;
  }

  void failed(Link link) {
    course.state =
        course.state.with(
            course.state.trouble().failed(link, course.now, course.times, course.state.seed()));
  }

  /** Whether somebody's path to a router of a generation is in force. */
  boolean inForce(Link link) {
    boolean router = link instanceof Link.ToRouter;
    Realised current = course.state.current();
    return !(router && current.lost()) && current.has(link, course.inside());
  }

  /** What is due now. */
  void makeDue() {
    forgetOthers();
    wanted()
        .filter(broken -> broken.getValue().due(course.now))
        .map(Map.Entry::getKey)
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList()
        .forEach(this::makeAgain);
  }

  /** When the next is due. */
  Optional<Instant> next() {
    return course.state.frozen()
        ? Optional.empty()
        : wanted().flatMap(known -> known.getValue().remakeAt().stream()).min(Instant::compareTo);
  }

  /** Broken paths that are worth making once more. */
  private Stream<Map.Entry<Link, Fault>> wanted() {
    return course.state.trouble().faults().entrySet().stream()
        .filter(known -> known.getValue().broken())
        .filter(known -> inForce(known.getKey()) && staysInForce(known.getKey()));
  }

  /**
   * A direct path gets another name each time, which only a call at rest can give it; and not while
   * there is another way to go.
   */
  private boolean staysInForce(Link link) {
    return switch (link) {
      case Link.Between _ ->
          course.state.phase() instanceof Phase.Steady && !course.verdict().move();
      case Link.ToRouter _ ->
          course
              .state
              .phase()
              .running()
              .map(transition -> transition.to().has(link, course.participants()))
              .orElse(true);
    };
  }

  private void makeAgain(Link link) {
    switch (link) {
      case Link.Between(Pair pair, long _) -> remake(pair, link);
      case Link.ToRouter(String member, long generation) -> {
        String pathId = PathPlan.sfuPathId(generation);
        course.effects.release(member, List.of(pathId));
        course.effects.offer(
            member,
            new Plan(course.state.current(), course.inside())
                .of(member).stream().filter(path -> path.pathId().equals(pathId)).toList());
        course.state =
            course.state.with(course.state.trouble().change(link, f -> f.tried(course.now)));
      }
    }
  }

  /** Under a new name, so that what one end still says of the old path does no harm. */
  private void remake(Pair pair, Link link) {
    List<String> inside = course.inside();
    Plan broken = new Plan(course.state.current(), inside);
    long number = course.state.lastNumber() + 1;
    course.state =
        course
            .state
            .with(
                course
                    .state
                    .trouble()
                    .alive(pair)
                    .moved(link, new Link.Between(pair, number), f -> f.tried(course.now)))
            .withNumber(number)
            .with(course.state.current().remade(pair, number));
    for (String end : List.of(pair.one(), pair.other())) {
      String peer = end.equals(pair.one()) ? pair.other() : pair.one();
      course.effects.release(end, broken.idsTowards(peer, end));
      course.effects.offer(end, PathPlan.pathsTowards(peer, end, course.state.current(), inside));
    }
  }

  /** Nobody asks any more about paths that are neither in force nor to come. */
  private void forgetOthers() {
    course.state = course.state.with(course.state.trouble().onlyOf(this::isKnown));
  }

  private boolean isKnown(Link link) {
    List<String> inside = course.inside();
    return course.state.current().has(link, inside)
        || course
            .state
            .phase()
            .running()
            .filter(transition ->
                transition.from().has(link, inside)
                    || transition.to().has(link, course.participants()))
            .isPresent();
  }
}
