package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
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
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;
  private int arriving;

  CallArrivals(
      OwnedCall call,
      Roster roster,
      CallLedger ledger,
      CallMoves moves,
      Mailbox mailbox,
      CallTools tools) {
    this.call = call;
    this.roster = roster;
    this.ledger = ledger;
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
   * @throws CallFailure CALL_FULL
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
    if (others + arriving >= tools.capacity()) {
      throw new CallFailure(ErrorCode.CALL_FULL, "the call is full");
    }
    arriving++;
    former.ifPresent(this::replace);
    String id = tools.ids().next();
    mailbox.take(
        ledger.tryAsk(
            () -> tools.store().join(call, row(id, caller, join), join.formerParticipantId())),
        (given, failure) ->
            arrived(
                new CallParticipant(given == null ? id : given, caller.subject(), channel, join),
                failure,
                answer));
  }

  /** The same person from another page or device: the newer session stays. */
  private void replace(CallParticipant former) {
    former.channel().end(EndReason.REPLACED_BY_OTHER_SESSION);
    moves.depart(former, LeaveReason.REMOVED);
  }

  private ParticipantEntity row(String id, Caller caller, ClientMessage.Join join) {
    return new ParticipantEntity(
        id,
        call.id(),
        caller.subject(),
        join.displayName(),
        ParticipantStatus.CONNECTING,
        join.device(),
        tools.clock().instant());
  }

  private void arrived(
      CallParticipant participant,
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
      enter(participant, answer);
    }
  }

  private void enter(CallParticipant participant, CompletableFuture<ServerReply.Joined> answer) {
    moves.advance(new TransitionEvent.Joined(participant.id(), participant.device().sfuCapable()));
    moves.standing(participant.id()).ifPresent(participant::become);
    roster.add(participant);
    answer.complete(joined(participant));
    roster.tellOthers(participant, new ServerEvent.ParticipantJoined(participant.view()));
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
