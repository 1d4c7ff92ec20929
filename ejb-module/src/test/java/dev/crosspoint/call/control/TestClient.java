package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.PathState;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client as the boundary sees one: says things, and keeps what it is told. */
final class TestClient implements ParticipantChannel {
  final List<ServerEvent> events = new ArrayList<>();
  Optional<EndReason> ended = Optional.empty();
  private final CallBoundary calls;
  private final Caller caller;
  private ServerReply.@Nullable Joined joined;
  private Optional<String> former = Optional.empty();

  TestClient(CallBoundary calls, String name, String callId) {
    this.calls = calls;
    this.caller = new Caller(name, name, Set.of(Role.GUEST), Optional.of(callId));
  }

  @Override
  public void send(long epoch, ServerEvent event) {
    events.add(event);
  }

  @Override
  public void end(EndReason reason) {
    ended = Optional.of(reason);
  }

  TestClient join() {
    joined = now(calls.join(caller, this, joinMessage()).toCompletableFuture());
    return this;
  }

  void joinRefused(ErrorCode code) {
    refused(code, () -> now(calls.join(caller, this, joinMessage()).toCompletableFuture()));
  }

  /** Joins once more, with the id that it had. */
  TestClient joinAgain(String formerId) {
    former = Optional.of(formerId);
    events.clear();
    return join();
  }

  private ClientMessage.Join joinMessage() {
    return new ClientMessage.Join(
        caller.displayName(), new Device("Chromium", "156", true), former, List.of());
  }

  ServerReply.Joined joined() {
    return Objects.requireNonNull(joined, "not joined");
  }

  String id() {
    return joined().participantId();
  }

  ServerReply say(ClientMessage message) {
    return say(OptionalLong.of(joined().epoch()), message);
  }

  ServerReply say(OptionalLong epoch, ClientMessage message) {
    return now(calls.handle(caller, id(), epoch, message).toCompletableFuture());
  }

  void sayRefused(ErrorCode code, ClientMessage message) {
    refused(code, () -> say(message));
  }

  static void refused(ErrorCode code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            CallFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  void loseConnection() {
    calls.sessionLost(caller, id());
  }

  /** Brings up everything offered for the latest transition, and says so. */
  void ready() {
    paths().stream()
        .filter(SfuPath.class::isInstance)
        .forEach(
            path -> say(new ClientMessage.PathStateChanged(path.pathId(), PathState.CONNECTED)));
    say(new ClientMessage.TransitionReady(transitionId(), revision(), List.of()));
  }

  private OptionalInt revision() {
    return all(ServerEvent.PathsOffered.class)
        .filter(offered -> offered.transitionId().isPresent())
        .reduce((_, last) -> last)
        .map(ServerEvent.PathsOffered::revision)
        .orElse(OptionalInt.empty());
  }

  void switched() {
    say(new ClientMessage.TransitionSwitched(transitionId(), List.of()));
  }

  String transitionId() {
    return all(ServerEvent.TransitionChanged.class)
        .reduce((_, last) -> last)
        .orElseThrow()
        .transition()
        .transitionId();
  }

  List<TransitionPhase> phases() {
    return all(ServerEvent.TransitionChanged.class).map(e -> e.transition().phase()).toList();
  }

  <E extends ServerEvent> Stream<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  /** The paths that were offered and not released. */
  List<Path> paths() {
    List<Path> open = new ArrayList<>();
    for (ServerEvent event : events) {
      if (event instanceof ServerEvent.PathsOffered offered) {
        offered.paths().stream().filter(path -> !open.contains(path)).forEach(open::add);
      } else if (event instanceof ServerEvent.PathsReleased released) {
        open.removeIf(path -> released.pathIds().contains(path.pathId()));
      }
    }
    return open;
  }

  DirectPath directPath() {
    return paths().stream()
        .filter(DirectPath.class::isInstance)
        .map(DirectPath.class::cast)
        .findFirst()
        .orElseThrow();
  }

  String sfuPathId() {
    return paths().stream()
        .filter(SfuPath.class::isInstance)
        .map(Path::pathId)
        .findFirst()
        .orElseThrow();
  }

  /** Everything runs on the test's thread, so an answer is there at once or never. */
  private static <T> T now(CompletableFuture<T> answer) {
    if (!answer.isDone()) {
      throw new IllegalStateException("no answer");
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CallFailure failure ? failure : e;
    }
  }
}
