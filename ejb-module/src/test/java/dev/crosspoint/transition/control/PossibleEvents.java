package dev.crosspoint.transition.control;

import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may happen next to a call. */
record PossibleEvents(CallState state) {

  /** Every event that could happen now, wishes of people and failures of parts alike. */
  List<TransitionEvent> of(List<String> people) {
    List<TransitionEvent> events = new ArrayList<>();
    people.stream()
        .filter(person -> state.member(person).isEmpty())
        .findFirst()
        .ifPresent(person -> events.add(new TransitionEvent.Joined(person, true)));
    state.members().forEach(member -> events.add(new TransitionEvent.Left(member.id())));
    if (!state.current().lost()) {
      state.current().router().ifPresent(router -> addRouterTrouble(router, events));
    }
    addBrokenDirectPath(state.current(), state.inside(), events);
    addPathOnTrial(events);
    state.members().stream()
        .map(member -> new TransitionEvent.SfuProbed(member.id(), !member.mayReachSfu()))
        .forEach(events::add);
    events.add(new TransitionEvent.TopologyFrozen(!state.frozen()));
    events.add(new TransitionEvent.RetryRequested());
    state.phase().running().ifPresent(transition -> addAnswers(transition.number(), events));
    return events;
  }

  /** The call's place in the SFU comes and goes, and so does the SFU. */
  List<TransitionEvent> offers() {
    return Stream.<SfuOffer>of(SimulatedCall.OPEN, new SfuOffer.Full(0), new SfuOffer.Off())
        .filter(offer -> !offer.equals(state.sfu()))
        .<TransitionEvent>map(TransitionEvent.SfuOfferChanged::new)
        .toList();
  }

  private void addRouterTrouble(long router, List<TransitionEvent> events) {
    events.add(new TransitionEvent.RouterLost(router));
    state.inside().stream()
        .filter(state.current().topology()::routes)
        .flatMap(member ->
            Stream.of(
                new TransitionEvent.SfuPathFailed(member, router),
                new TransitionEvent.SfuConnected(member, router)))
        .forEach(events::add);
  }

  /** Of somebody who is on trial a path works. */
  private void addPathOnTrial(List<TransitionEvent> events) {
    for (String member : state.ids(Standing.ON_TRIAL)) {
      PathPlan.pathsOf(member, state.current(), state.inside()).stream()
          .filter(DirectPath.class::isInstance)
          .map(DirectPath.class::cast)
          .map(path -> new TransitionEvent.DirectPathWorks(member, path.peer(), path.pathId()))
          .findFirst()
          .ifPresent(events::add);
    }
  }

  /** One is enough: the others are no different. */
  private static void addBrokenDirectPath(
      Realised realised, List<String> among, List<TransitionEvent> events) {
    among.stream()
        .flatMap(member ->
            PathPlan.pathsOf(member, realised, among).stream()
                .filter(DirectPath.class::isInstance)
                .map(DirectPath.class::cast)
                .map(path ->
                    new TransitionEvent.DirectPathFailed(member, path.peer(), path.pathId())))
        .findFirst()
        .ifPresent(events::add);
  }

  private void addAnswers(long number, List<TransitionEvent> events) {
    switch (state.phase()) {
      case Phase.Steady _ -> {}
      case Phase.Preparing _ -> {
        events.add(new TransitionEvent.RouterReady(number));
        events.add(new TransitionEvent.RouterFailed(number));
      }
      case Phase.Connecting _ -> {
        state.participants().forEach(member -> addConnectingAnswers(number, member, events));
        if (state.phase().running().orElseThrow().to().hasRouter(number)) {
          events.add(new TransitionEvent.RouterLost(number));
        }
      }
      case Phase.Committing(Transition transition, Instant _) -> {
        events.add(new TransitionEvent.Committed(number));
        events.add(new TransitionEvent.CommitRefused(number));
        if (transition.to().hasRouter(number) && !transition.to().lost()) {
          events.add(new TransitionEvent.RouterLost(number));
        }
      }
      case Phase.Releasing _ ->
          state
              .inside()
              .forEach(member -> events.add(new TransitionEvent.MemberSwitched(number, member)));
    }
  }

  /** Answers to transitions that are over, which may still be on their way. */
  List<TransitionEvent> late() {
    long over = state.phase().running().map(Transition::number).orElse(state.lastNumber() + 1) - 1;
    return state.members().stream()
        .findFirst()
        .map(member -> late(over, member.id()))
        .orElse(List.of());
  }

  private static List<TransitionEvent> late(long over, String member) {
    return List.of(
        new TransitionEvent.RouterReady(over),
        new TransitionEvent.RouterFailed(over),
        new TransitionEvent.MemberReady(over, 0, member),
        new TransitionEvent.MemberFailed(over, member, Optional.empty(), PathFailure.UNREACHABLE),
        new TransitionEvent.Committed(over),
        new TransitionEvent.CommitRefused(over),
        new TransitionEvent.MemberSwitched(over, member));
  }

  private void addConnectingAnswers(long number, String member, List<TransitionEvent> events) {
    Transition transition = state.phase().running().orElseThrow();
    Realised to = transition.to();
    int revision = transition.revision();
    List<String> among = state.participants();
    events.add(new TransitionEvent.MemberReady(number, revision, member));
    if (revision > 0) {
      events.add(new TransitionEvent.MemberReady(number, revision - 1, member));
    }
    for (Path path : PathPlan.pathsOf(member, to, among)) {
      Optional<String> peer =
          path instanceof DirectPath direct ? Optional.of(direct.peer()) : Optional.empty();
      events.add(new TransitionEvent.MemberFailed(number, member, peer, PathFailure.UNREACHABLE));
    }
    if (to.topology().routes(member)) {
      events.add(new TransitionEvent.SfuConnected(member, to.router().orElseThrow()));
    }
  }
}
