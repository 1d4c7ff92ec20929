package dev.crosspoint.transition.control;

import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A call, and short words for what people in it do and are told. */
abstract class TransitionScene {
  final SimulatedCall call = new SimulatedCall();

  void join(String... members) {
    List.of(members).forEach(member -> call.on(new TransitionEvent.Joined(member, true)));
  }

  void beginWithThree() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));
  }

  void threeOnTheSfu() {
    beginWithThree();
    complete("ann", "bob", "cid");
  }

  /** The running transition comes to its good end. */
  void complete(String... members) {
    ready(members);
    call.on(new TransitionEvent.Committed(call.number()));
    switched(members);
  }

  void ready(String... members) {
    List.of(members).forEach(member -> call.on(call.ready(member)));
  }

  void connected(String... members) {
    List.of(members)
        .forEach(member -> call.on(new TransitionEvent.SfuConnected(member, call.number())));
  }

  /** Some may be the last who were waited for. */
  void switched(String... members) {
    Stream.of(members)
        .filter(_ -> call.state.phase().running().isPresent())
        .forEach(member -> call.on(new TransitionEvent.MemberSwitched(call.number(), member)));
  }

  TransitionEvent failed(String member) {
    return failed(member, Optional.empty());
  }

  TransitionEvent failed(String member, Optional<String> peer) {
    return new TransitionEvent.MemberFailed(call.number(), member, peer, PathFailure.UNREACHABLE);
  }

  static Topology hybrid(String direct) {
    return new Topology.Hybrid("node-1", Set.of(direct));
  }

  Topology target() {
    return call.state.phase().running().orElseThrow().to().topology();
  }

  List<String> offeredTo(String member) {
    return seen(Effect.OfferPaths.class)
        .filter(offer -> offer.member().equals(member))
        .flatMap(offer -> offer.paths().stream())
        .map(Path::pathId)
        .toList();
  }

  List<TransitionPhase> shown() {
    return seen(Effect.Show.class).map(Effect.Show::phase).toList();
  }

  <E extends Effect> Stream<E> seen(Class<E> type) {
    return call.seen.stream().filter(type::isInstance).map(type::cast);
  }
}
