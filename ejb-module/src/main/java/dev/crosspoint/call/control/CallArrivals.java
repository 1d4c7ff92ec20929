package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.Admission;
import dev.crosspoint.admission.control.Arrival;
import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.transition.control.TransitionEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets people into a running call: first into the record, then into the call. In its mailbox. */
final class CallArrivals {
  private final OwnedCall call;
  private final Roster roster;
  private final CallLedger ledger;
  private final WaitingRoom waitingRoom;
  private final QualityNews quality;
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;
  private int arriving;

  CallArrivals(
      OwnedCall call,
      Roster roster,
      CallLedger ledger,
      WaitingRoom waitingRoom,
      QualityNews quality,
      CallMoves moves,
      Mailbox mailbox,
      CallTools tools) {
    this.call = call;
    this.roster = roster;
    this.ledger = ledger;
    this.waitingRoom = waitingRoom;
    this.quality = quality;
    this.moves = moves;
    this.mailbox = mailbox;
    this.tools = tools;
  }

  /** Whether nobody is on the way in. */
  boolean none() {
    return arriving == 0;
  }

  /**
   * Lets somebody in.
   *
   * @param answer completed when they are in the record and in the call, or with why they are not
   * @throws CallFailure when a policy refuses them, as CALL_FULL and BANNED do
   * @throws CallOverException when nobody is let in here any more
   */
  void takeIn(
      Caller caller,
      ParticipantChannel channel,
      ClientMessage.Join join,
      CompletableFuture<ServerReply.Joined> answer) {
    if (moves.over()) {
      throw new CallOverException();
    }
    Optional<CallParticipant> former = roster.ofSubject(caller.subject());
    int others = roster.size() - (former.isPresent() ? 1 : 0);
    boolean inside = former.isPresent() && !waitingRoom.holds(former.get());
    Optional<WaitReason> wait = decide(caller.subject(), others + arriving).filter(_ -> !inside);
    arriving++;
    Optional<WaitingRoom.Ticket> place = former.flatMap(this::replace);
    ParticipantEntity row = row(caller, join, wait.isPresent());
    mailbox.take(
        ledger.tryAsk(() -> tools.store().join(call, row, join.formerParticipantId())),
        (entered, failure) -> {
          ParticipantEntity stay = entered == null ? row : entered;
          boolean waits = stay.status() == ParticipantStatus.QUEUED;
          arrived(
              new Newcomer(
                  new CallParticipant(stay.id(), caller.subject(), channel, join),
                  wait.filter(_ -> waits),
                  place,
                  answer),
              failure);
        });
  }

  /**
   * Somebody who is in the record.
   *
   * @param reason why they have to wait, if they have to
   * @param place that they had in the line before
   */
  private record Newcomer(
      CallParticipant participant,
      Optional<WaitReason> reason,
      Optional<WaitingRoom.Ticket> place,
      CompletableFuture<ServerReply.Joined> answer) {
    /** With a place in the line that was kept for them meanwhile. */
    Newcomer withPlace(WaitingRoom.Ticket kept) {
      return new Newcomer(participant, reason, Optional.of(kept), answer);
    }

    /** Whether they have to wait, and it was not their turn yet. */
    Optional<WaitReason> waits() {
      return reason.filter(_ -> !place.map(WaitingRoom::wasCalled).orElse(false));
    }
  }

  /**
   * Why a newcomer has to wait; empty when they go straight in.
   *
   * @throws CallFailure when they may not come in at all
   */
  private Optional<WaitReason> decide(String subject, int people) {
    Arrival.Server server =
        new Arrival.Server(
            tools.overload().standing().load(),
            tools.overload().door().admits(),
            tools.sfu().flag(),
            tools.sfu().taken(),
            tools.sfu().places());
    Arrival arrival = new Arrival(people, tools.capacity(), tools.bans().hold(subject), server);
    return switch (tools.arbiter().decide(arrival)) {
      case Admission.Admit() -> Optional.empty();
      case Admission.Queue(WaitReason reason) -> Optional.of(reason);
      case Admission.Refuse(ErrorCode code, String message) -> throw new CallFailure(code, message);
    };
  }

  /**
   * The same person from another page or device: the newer session stays.
   *
   * @return the place that they had in the line, for the newer one
   */
  private Optional<WaitingRoom.Ticket> replace(CallParticipant former) {
    Optional<WaitingRoom.Ticket> place = waitingRoom.keepPlace(former);
    former.channel().end(EndReason.REPLACED_BY_OTHER_SESSION);
    moves.depart(former, LeaveReason.REMOVED);
    return place;
  }

  /** Somebody is not to be here any more. */
  void remove(String subject) {
    roster
        .ofSubject(subject)
        .ifPresent(participant -> {
          participant.channel().end(EndReason.REMOVED);
          moves.depart(participant, LeaveReason.REMOVED);
        });
  }

  private ParticipantEntity row(Caller caller, ClientMessage.Join join, boolean waits) {
    return new ParticipantEntity(
        tools.ids().next(),
        call.id(),
        caller.subject(),
        join.displayName(),
        waits ? ParticipantStatus.QUEUED : ParticipantStatus.CONNECTING,
        join.device(),
        tools.clock().instant());
  }

  private void arrived(Newcomer newcomer, @Nullable Throwable failure) {
    String subject = newcomer.participant().subject();
    // Two sessions of one person may have been on the way at the same time.
    Optional<WaitingRoom.Ticket> kept =
        roster.ofSubject(subject).filter(_ -> failure == null).flatMap(this::replace);
    kept.flatMap(_ -> newcomer.place()).ifPresent(waitingRoom::giveUp);
    arriving--;
    moves.loseIfStale(failure);
    Newcomer placed = kept.map(newcomer::withPlace).orElse(newcomer);
    if (moves.over()) {
      refuse(placed, new CallOverException());
    } else if (failure != null) {
      refuse(placed, failure);
    } else if (tools.bans().hold(subject)) { // since the decision
      String id = newcomer.participant().id();
      Instant at = tools.clock().instant();
      mailbox.take(
          ledger.append(() -> tools.store().leave(call, id, LeaveReason.REMOVED, at)),
          (_, stale) -> moves.loseIfStale(stale));
      refuse(placed, new CallFailure(ErrorCode.BANNED, "kept out by an administrator"));
    } else {
      enter(placed);
    }
  }

  private void refuse(Newcomer newcomer, Throwable why) {
    newcomer.place().ifPresent(waitingRoom::giveUp);
    newcomer.answer().completeExceptionally(why);
    if (!moves.over()) {
      moves.endIfEmpty();
    }
  }

  private void enter(Newcomer newcomer) {
    CallParticipant participant = newcomer.participant();
    Optional<WaitReason> wait = newcomer.waits();
    if (wait.isPresent()) {
      participant.become(ParticipantStatus.QUEUED);
    } else {
      newcomer.place().ifPresent(waitingRoom::giveUp);
      newcomer.reason().ifPresent(_ -> waitingRoom.noteLetIn(participant.id()));
      moves.advance(
          new TransitionEvent.Joined(participant.id(), participant.device().sfuCapable()));
      moves.standing(participant.id()).ifPresent(participant::become);
    }
    roster.add(participant);
    newcomer.answer().complete(joined(participant));
    roster.tellOthers(participant, new ServerEvent.ParticipantJoined(participant.view()));
    wait.ifPresent(reason -> waitingRoom.queue(participant, reason, newcomer.place()));
    quality.welcome(participant);
  }

  private ServerReply.Joined joined(CallParticipant participant) {
    return new ServerReply.Joined(
        tools.ids().next(),
        participant.id(),
        call.id(),
        call.name(),
        call.epoch(),
        participant.status(),
        roster.views(),
        moves.mode(),
        tools.iceServers());
  }
}
