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
    Optional<WaitReason> wait = decide(caller.subject(), others + arriving);
    boolean inside = former.isPresent() && !waitingRoom.holds(former.get());
    arriving++;
    former.ifPresent(this::replace);
    ParticipantEntity row = row(caller, join);
    mailbox.take(
        ledger.tryAsk(() -> tools.store().join(call, row, join.formerParticipantId())),
        (entered, failure) -> {
          ParticipantEntity stay = entered == null ? row : entered;
          boolean wasInside = inside || stay.status() == ParticipantStatus.ADMITTED;
          arrived(
              new CallParticipant(stay.id(), caller.subject(), channel, join),
              wait.filter(_ -> !wasInside),
              failure,
              answer);
        });
  }

  /**
   * Why a newcomer has to wait; empty when they go straight in.
   *
   * @throws CallFailure when they may not come in at all
   */
  private Optional<WaitReason> decide(String subject, int people) {
    Arrival arrival =
        new Arrival(
            people, tools.capacity(), tools.overload().door().admits(), tools.bans().hold(subject));
    return switch (tools.arbiter().decide(arrival)) {
      case Admission.Admit() -> Optional.empty();
      case Admission.Queue(WaitReason reason) -> Optional.of(reason);
      case Admission.Refuse(ErrorCode code, String message) -> throw new CallFailure(code, message);
    };
  }

  /** The same person from another page or device: the newer session stays. */
  private void replace(CallParticipant former) {
    former.channel().end(EndReason.REPLACED_BY_OTHER_SESSION);
    moves.depart(former, LeaveReason.REMOVED);
  }

  /** Somebody is not to be here any more. */
  void putOut(String subject) {
    roster
        .ofSubject(subject)
        .ifPresent(participant -> {
          participant.channel().end(EndReason.REMOVED);
          moves.depart(participant, LeaveReason.REMOVED);
        });
  }

  private ParticipantEntity row(Caller caller, ClientMessage.Join join) {
    return new ParticipantEntity(
        tools.ids().next(),
        call.id(),
        caller.subject(),
        join.displayName(),
        ParticipantStatus.CONNECTING,
        join.device(),
        tools.clock().instant());
  }

  private void arrived(
      CallParticipant participant,
      Optional<WaitReason> wait,
      @Nullable Throwable failure,
      CompletableFuture<ServerReply.Joined> answer) {
    // Two sessions of one person may have been on the way at the same time.
    roster.ofSubject(participant.subject()).filter(_ -> failure == null).ifPresent(this::replace);
    arriving--;
    if (failure instanceof StaleOwnerException) {
      moves.lose();
    }
    if (moves.over()) {
      answer.completeExceptionally(new CallOverException());
    } else if (failure != null) {
      answer.completeExceptionally(failure);
      moves.endIfEmpty();
    } else {
      enter(participant, wait, answer);
    }
  }

  private void enter(
      CallParticipant participant,
      Optional<WaitReason> wait,
      CompletableFuture<ServerReply.Joined> answer) {
    if (wait.isPresent()) {
      participant.become(ParticipantStatus.QUEUED);
    } else {
      moves.advance(
          new TransitionEvent.Joined(participant.id(), participant.device().sfuCapable()));
      moves.standing(participant.id()).ifPresent(participant::become);
    }
    roster.add(participant);
    answer.complete(joined(participant));
    roster.tellOthers(participant, new ServerEvent.ParticipantJoined(participant.view()));
    wait.ifPresent(reason -> waitingRoom.queue(participant, reason));
    quality.welcome(participant);
    if (tools.bans().hold(participant.subject())) {
      putOut(participant.subject()); // since the decision
    }
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
