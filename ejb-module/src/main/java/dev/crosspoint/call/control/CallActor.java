package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.transition.control.CallState;
import dev.crosspoint.transition.control.Member;
import dev.crosspoint.transition.control.Step;
import dev.crosspoint.transition.control.TransitionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One running call with its owner. Everything that happens to it goes through its mailbox, so its
 * parts need no locks. What it decides is written by its ledger; only those who join wait for that.
 */
final class CallActor implements CallOwner, CallMoves {
  private final OwnedCall call;
  private final CallTools tools;
  private final Consumer<CallActor> onEnd;
  private final Mailbox mailbox;
  private final CallLedger ledger;
  private final Roster roster;
  private final SfuRooms rooms;
  private final CallStories stories;
  private final CallMessages messages;
  private final CallEffects effects;
  private final CallArrivals arrivals;
  private final WaitingRoom waitingRoom;
  private final QualityNews quality;
  private final SfuStandby standby;
  private final Solitude solitude;
  private final RouterNews news;
  private final Deadline deadline;
  private CallState state;
  private boolean over;
  private volatile Snapshot snapshot = new Snapshot(TopologyMode.DIRECT, 0);

  /** A running call at a glance. */
  record Snapshot(TopologyMode mode, int participants) {}

  /**
   * @param onEnd told once, when this actor takes nobody in any more
   */
  CallActor(OwnedCall call, CallTools tools, Consumer<CallActor> onEnd) {
    this.call = call;
    this.tools = tools;
    this.onEnd = onEnd;
    mailbox = new Mailbox(tools.threads(), failure -> CallLog.LOG.taskFailed(call.id(), failure));
    ledger = new CallLedger(call, tools.threads(), tools.alarms(), tools.leased());
    roster = new Roster(call.epoch());
    rooms = new SfuRooms(call, tools, mailbox, roster);
    stories = new CallStories(call, tools);
    quality = new QualityNews(roster, this, tools);
    messages = new CallMessages(roster, rooms, quality, this);
    waitingRoom = new WaitingRoom(call, roster, ledger, this, mailbox, tools);
    arrivals = new CallArrivals(call, roster, ledger, waitingRoom, quality, this, mailbox, tools);
    standby = new SfuStandby(roster, rooms, this, mailbox, tools);
    solitude = new Solitude(call, roster, ledger, this, mailbox, tools);
    effects = new CallEffects(call, roster, rooms, ledger, stories, this, mailbox, tools);
    news = new RouterNews(rooms, standby, this);
    deadline = new Deadline(tools, mailbox, this::deadlineReached);
    state =
        CallState.resumed(
            call.epoch(), call.lastTransition(), rooms.place().offer(), call.id().hashCode());
  }

  String callId() {
    return call.id();
  }

  long epoch() {
    return call.epoch();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Whether a router is one of this call's. May be called from any thread. */
  boolean owns(RouterId router) {
    return rooms.owns(router);
  }

  // ---- who comes and goes

  @Override
  public CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join) {
    CompletableFuture<ServerReply.Joined> answer = new CompletableFuture<>();
    inMailbox(answer, () -> arrivals.takeIn(caller, channel, join, answer));
    return answer;
  }

  @Override
  public void connectionLost(Caller caller, String participantId) {
    mailbox.execute(() ->
        roster
            .find(participantId)
            .filter(participant -> participant.subject().equals(caller.subject()))
            .ifPresent(participant -> depart(participant, LeaveReason.CONNECTION_LOST)));
  }

  @Override
  public void depart(CallParticipant participant, LeaveReason reason) {
    if (!roster.remove(participant)) {
      return;
    }
    Instant at = tools.clock().instant();
    mailbox.take(
        ledger.append(() -> tools.store().leave(call, participant.id(), reason, at)),
        (_, failure) -> loseIfStale(failure));
    roster.tellAll(new ServerEvent.ParticipantLeft(participant.id(), reason));
    rooms.all().forEach(room -> room.dismiss(participant.id()));
    waitingRoom.leave(participant);
    advance(new TransitionEvent.Left(participant.id()));
    endIfEmpty();
  }

  @Override
  public CompletionStage<?> noteGaps(
      CallParticipant receiver, long transition, List<TrackGap> gaps) {
    if (transition < 1 || transition > state.lastNumber()) {
      return CompletableFuture.completedStage(null);
    }
    List<TrackGap> credible = gaps.stream().filter(this::isToBeKept).toList();
    return stories.tell(receiver.id(), transition, receiver.keptOf(transition, credible));
  }

  /** Of somebody who is here; JSON has numbers that are larger than a double can be. */
  private boolean isToBeKept(TrackGap gap) {
    return Double.isFinite(gap.gapMs()) && roster.find(gap.participantId()).isPresent();
  }

  @Override
  public void probed(String participantId, String pathId, boolean reached) {
    standby.answered(participantId, pathId, reached);
    advance(new TransitionEvent.SfuProbed(participantId, reached));
  }

  @Override
  public boolean loseIfStale(@Nullable Throwable failure) {
    boolean stale = failure instanceof StaleOwnerException;
    if (stale) {
      lose();
    }
    return stale;
  }

  // ---- what is said

  @Override
  public CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message) {
    CompletableFuture<ServerReply> answer = new CompletableFuture<>();
    inMailbox(
        answer,
        () -> {
          CallParticipant from = roster.require(participantId, caller.subject());
          if (message instanceof ClientMessage.MediaMessage) {
            checkEpoch(epoch);
          }
          // Not as another task: the answer goes out before what is decided behind it.
          messages
              .handle(from, message)
              .whenComplete((reply, failure) -> settle(answer, reply, failure));
        });
    return answer;
  }

  private static <T> void settle(
      CompletableFuture<T> answer, T reply, @Nullable Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause == null) {
      answer.complete(reply);
    } else {
      answer.completeExceptionally(cause);
    }
  }

  private void checkEpoch(OptionalLong epoch) {
    if (epoch.isEmpty()) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "messages that concern media carry an epoch");
    }
    if (epoch.getAsLong() != call.epoch()) {
      throw new CallFailure(ErrorCode.STALE_EPOCH, "the call's epoch is " + call.epoch());
    }
  }

  private void inMailbox(CompletableFuture<?> answer, Runnable task) {
    mailbox.execute(() -> {
      try {
        task.run();
      } catch (CallFailure | CallOverException e) {
        answer.completeExceptionally(e);
      } catch (RuntimeException e) {
        CallLog.LOG.taskFailed(call.id(), e);
        answer.completeExceptionally(new CallFailure(ErrorCode.INTERNAL, "the server failed"));
      }
    });
  }

  /** Something happened in the engine that concerns this call. */
  void onMediaEvent(MediaEvent event) {
    mailbox.execute(() -> news.take(event));
  }

  /** People are not to be here any more, by the subjects of their tokens. */
  void remove(Set<String> subjects) {
    mailbox.execute(() -> subjects.forEach(arrivals::remove));
  }

  /** The server gives up more of quality, or less. */
  void qualityMayHaveChanged() {
    mailbox.execute(quality::follow);
  }

  /** Another call has taken or left its place in the SFU, or an administrator has spoken. */
  void sfuOfferMayHaveChanged() {
    mailbox.execute(() -> {
      SfuOffer offer = rooms.place().offer();
      if (!offer.equals(state.sfu())) {
        advance(new TransitionEvent.SfuOfferChanged(offer));
      }
    });
  }

  // ---- the machine

  @Override
  public void advance(TransitionEvent event) {
    boolean frozen = !tools.leased().getAsBoolean();
    if (frozen != state.frozen()) {
      move(new TransitionEvent.TopologyFrozen(frozen));
    }
    move(event);
  }

  private void move(TransitionEvent event) {
    if (over) {
      return;
    }
    Instant now = tools.clock().instant();
    Step step = tools.machine().next(state, event, now);
    state = step.state();
    followStandings();
    effects.carryOut(step.effects());
    standby.follow(state);
    rooms.place().follow(state, now);
    solitude.follow(state.members().size());
    deadline.follow(state, now);
    takeSnapshot();
  }

  /** Who waits or connects is told at once; who is let in, by the machine's Admit. */
  private void followStandings() {
    for (CallParticipant participant : roster.all()) {
      standing(participant.id())
          .filter(status -> status != ParticipantStatus.ADMITTED)
          .filter(participant::become)
          .ifPresent(_ -> roster.tellAll(new ServerEvent.ParticipantUpdated(participant.view())));
    }
  }

  @Override
  public Optional<ParticipantStatus> standing(String participantId) {
    return state.members().stream()
        .filter(member -> member.id().equals(participantId))
        .map(Member::standing)
        .map(standing ->
            switch (standing) {
              case QUEUED -> ParticipantStatus.QUEUED;
              case NEWCOMER, ON_TRIAL -> ParticipantStatus.CONNECTING;
              case INSIDER -> ParticipantStatus.ADMITTED;
            })
        .findFirst();
  }

  private void deadlineReached() {
    advance(new TransitionEvent.DeadlineReached());
  }

  @Override
  public TopologyMode mode() {
    return state.current().topology().mode();
  }

  private void takeSnapshot() {
    snapshot = new Snapshot(mode(), state.members().size());
  }

  // ---- the end

  @Override
  public void endIfEmpty() {
    if (!over && roster.size() == 0 && arrivals.none()) {
      end(EndReason.SERVER_STOPPING);
      mailbox.take(ledger.append(() -> tools.store().release(call)), (_, e) -> released(e));
    }
  }

  private void released(@Nullable Throwable failure) {
    if (failure == null) {
      CallLog.LOG.callReleased(call.id());
    } else if (!(failure instanceof StaleOwnerException)) {
      CallLog.LOG.releaseFailed(call.id(), failure);
    } // else somebody came at once, and owns the call anew
  }

  @Override
  public boolean over() {
    return over;
  }

  private void lose() {
    if (!over) {
      CallLog.LOG.callLost(call.id());
      end(EndReason.SERVER_STOPPING);
    }
  }

  /** As {@link #lose()}, from outside. */
  void ownershipLost() {
    mailbox.execute(this::lose);
  }

  /** As {@link #endIfEmpty()}, from outside. */
  void giveBackIfEmpty() {
    mailbox.execute(this::endIfEmpty);
  }

  /** Completes when what the call has had written by the end of its present turn is written. */
  CompletionStage<Void> settled() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    mailbox.execute(() -> ledger.settled().whenComplete((_, _) -> settled.complete(null)));
    return settled;
  }

  /** The server stops: everybody is told, and the call is given back. */
  CompletionStage<Void> stop() {
    mailbox.execute(() -> {
      if (!over) {
        end(EndReason.SERVER_STOPPING);
        ledger.tryAppend(() -> tools.store().release(call));
      }
    });
    return settled();
  }

  @Override
  public void end(EndReason reason) {
    over = true;
    deadline.cancel();
    standby.stop();
    solitude.stop();
    waitingRoom.close();
    rooms.place().giveUp(); // the next owner may be here
    onEnd.accept(this);
    roster.dismissAll(reason);
    rooms.closeAll();
    snapshot = new Snapshot(TopologyMode.DIRECT, 0);
  }
}
