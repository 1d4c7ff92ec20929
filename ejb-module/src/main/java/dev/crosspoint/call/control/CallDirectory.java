package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.AdmissionArbiter;
import dev.crosspoint.admission.control.Bans;
import dev.crosspoint.admission.control.Overload;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.control.MediaGateway;
import dev.crosspoint.media.control.RouterName;
import dev.crosspoint.node.control.HeldLease;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.transition.control.TransitionMachine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The calls that run on this server. */
@Singleton
public class CallDirectory implements CallRouting {
  private static final long RETRY_MS = 5_000;
  private static final long STOP_SECONDS = 10;

  private final Map<String, CompletableFuture<CallActor>> calls = new ConcurrentHashMap<>();
  private final Map<String, CallActor> ending = new ConcurrentHashMap<>();
  private final CallTools tools;

  @Inject
  public CallDirectory(
      CallSettings settings,
      CallLifetimes lifetimes,
      NodeSettings node,
      HeldLease lease,
      CallStore store,
      StoryKeeper stories,
      MediaGateway media,
      SfuGate sfu,
      AdmissionArbiter arbiter,
      Bans bans,
      Overload overload,
      Alarms alarms,
      CallMeter meter,
      InstantSource clock,
      CallIds ids,
      CallThreads threads) {
    this(
        new CallTools(
            new TransitionMachine(settings.policy(), settings.times()),
            store,
            stories,
            media,
            sfu,
            arbiter,
            bans,
            overload,
            alarms,
            meter,
            clock,
            ids,
            threads.executor(),
            settings.policy().capacity(),
            settings.probes(),
            settings.speakers(),
            node,
            lifetimes,
            lease::held,
            settings.iceServers()));
  }

  CallDirectory(CallTools tools) {
    this.tools = tools;
    tools.sfu().onChange(() -> all().forEach(CallActor::sfuOfferMayHaveChanged));
    tools.overload().onChange(() -> all().forEach(CallActor::qualityMayHaveChanged));
    tools.bans().onBan(subjects -> all().forEach(actor -> actor.remove(subjects)));
  }

  @Override
  public <T> CompletionStage<T> join(
      String callId, Function<CallOwner, CompletionStage<T>> entrance) {
    return claim(callId)
        .thenCompose(entrance)
        .exceptionallyCompose(failure ->
            Failures.cause(failure) instanceof CallOverException
                ? claim(callId).thenCompose(entrance)
                : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<CallActor> claim(String callId) {
    CompletableFuture<CallActor> fresh = new CompletableFuture<>();
    CompletableFuture<CallActor> known = calls.putIfAbsent(callId, fresh);
    if (known != null) {
      return known;
    }
    tools
        .threads()
        .execute(() -> claim(callId, () -> tools.store().claim(callId, tools.node()), fresh));
    return fresh;
  }

  private void claim(String callId, Supplier<OwnedCall> claim, CompletableFuture<CallActor> fresh) {
    try {
      if (!tools.leased().getAsBoolean()) {
        throw CallFailure.retryLater(
            ErrorCode.UNAVAILABLE, "this server could not renew its lease", RETRY_MS);
      }
      OwnedCall owned = claim.get();
      CallLog.LOG.callClaimed(callId, owned.epoch());
      CallActor actor = new CallActor(owned, tools, over -> ended(over, fresh));
      fresh.complete(actor);
      actor.sfuOfferMayHaveChanged(); // before it could be told
      actor.qualityMayHaveChanged();
    } catch (CallFailure e) {
      calls.remove(callId, fresh);
      fresh.completeExceptionally(e);
    } catch (RuntimeException e) {
      calls.remove(callId, fresh);
      CallLog.LOG.claimFailed(callId, e);
      fresh.completeExceptionally(
          CallFailure.retryLater(ErrorCode.UNAVAILABLE, "the database does not answer", RETRY_MS));
    }
  }

  /** Who comes from now on has a call of their own, as soon as the record gives it away. */
  private void ended(CallActor actor, CompletableFuture<CallActor> entry) {
    ending.put(actor.callId(), actor);
    calls.remove(actor.callId(), entry);
    actor.settled().whenComplete((_, _) -> ending.remove(actor.callId(), actor));
  }

  /**
   * The epochs of the calls that run here, and of those that have ended here and are not written
   * yet: nobody has to take them back.
   */
  Map<String, Long> epochs() {
    Map<String, Long> epochs = new HashMap<>();
    all().forEach(actor -> epochs.put(actor.callId(), actor.epoch()));
    // After those that run: what ends between is here.
    ending.forEach((callId, over) -> epochs.putIfAbsent(callId, over.epoch()));
    return epochs;
  }

  /** Ends a call here, because it has another owner. */
  void lose(String callId, long epoch) {
    running(callId).filter(actor -> actor.epoch() == epoch).ifPresent(CallActor::ownershipLost);
  }

  /** Takes a call that nobody runs: what its owner left open is closed, and it is given back. */
  void takeBack(Ownership found) {
    CompletableFuture<CallActor> fresh = new CompletableFuture<>();
    if (calls.putIfAbsent(found.callId(), fresh) == null) {
      tools
          .threads()
          .execute(() -> {
            claim(found.callId(), () -> tools.store().claim(found, tools.node()), fresh);
            now(fresh).ifPresent(CallActor::giveBackIfEmpty);
          });
    }
  }

  @Override
  public Optional<CallOwner> find(String callId) {
    return running(callId).map(actor -> actor);
  }

  private Optional<CallActor> running(String callId) {
    return Optional.ofNullable(calls.get(callId)).flatMap(CallDirectory::now);
  }

  private static Optional<CallActor> now(CompletableFuture<CallActor> actor) {
    return actor.state() == Future.State.SUCCESS ? Optional.of(actor.join()) : Optional.empty();
  }

  private Stream<CallActor> all() {
    return calls.values().stream().flatMap(actor -> now(actor).stream());
  }

  /** How many calls of a mode have somebody in them. */
  public long calls(TopologyMode mode) {
    return all()
        .map(CallActor::snapshot)
        .filter(call -> call.mode() == mode && call.participants() > 0)
        .count();
  }

  /** How many people are in calls. */
  public long participants() {
    return all().mapToLong(actor -> actor.snapshot().participants()).sum();
  }

  /** Whether a router belongs to a call that runs here. */
  public boolean owns(RouterId router) {
    return RouterName.of(router)
        .flatMap(name -> running(name.callId()))
        .filter(actor -> actor.owns(router))
        .isPresent();
  }

  /** Passes an event of the engine to the calls it concerns, in order for each. */
  public void onMediaEvent(MediaEvent event) {
    switch (event) {
      case MediaEvent.LoopFailed failed -> {
        CallLog.LOG.loopFailed(failed.loop(), failed.routers().size());
        failed.routers().stream()
            .flatMap(router -> RouterName.of(router).stream())
            .map(RouterName::callId)
            .distinct()
            .forEach(callId -> running(callId).ifPresent(actor -> actor.onMediaEvent(event)));
      }
      case MediaEvent.DtlsStateChanged(
              RouterId router,
              var transport,
              MediaEvent.DtlsState state,
              String detail) -> {
        if (state == MediaEvent.DtlsState.FAILED) {
          CallLog.LOG.dtlsFailed(transport.value(), router.value(), detail);
        }
      }
      case MediaEvent.RouterEvent inRouter ->
          RouterName.of(inRouter.router())
              .flatMap(name -> running(name.callId()))
              .ifPresent(actor -> actor.onMediaEvent(event));
    }
  }

  /** Ends every call on this server; returns when all are given back, or the server cannot wait. */
  public void stop() {
    List<CompletionStage<Void>> running = all().map(CallActor::stop).toList();
    Stream<CompletionStage<Void>> over = ending.values().stream().map(CallActor::settled);
    CompletableFuture.allOf(
            Stream.concat(running.stream(), over)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
