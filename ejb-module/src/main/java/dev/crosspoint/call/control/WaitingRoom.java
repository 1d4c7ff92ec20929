package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.Door;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.transition.control.TransitionEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Those who wait at the door of an overloaded server to be let into one call: they are in the
 * record and others see them, but the transition machine does not know them yet, so nothing is done
 * for them. Lives in the call's mailbox.
 */
final class WaitingRoom {
  private final OwnedCall call;
  private final Roster roster;
  private final CallLedger ledger;
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;
  private final Door door;
  private final Map<String, Ticket> waiting = new HashMap<>();

  WaitingRoom(
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
    this.door = tools.overload().door();
  }

  /** Somebody's place in the line of all newcomers to this server. */
  final class Ticket implements Door.Newcomer {
    private final CallParticipant participant;
    private final WaitReason reason;
    private boolean called;

    Ticket(CallParticipant participant, WaitReason reason) {
      this.participant = participant;
      this.reason = reason;
    }

    @Override
    public void letIn() {
      mailbox.execute(() -> WaitingRoom.this.letIn(this));
    }

    @Override
    public void waitsAt(int position) {
      mailbox.execute(() -> tell(this, position));
    }
  }

  /** Whether somebody waits here. */
  boolean holds(CallParticipant participant) {
    return waiting.containsKey(participant.id());
  }

  /**
   * Somebody waits from now on. They are in the roster.
   *
   * @param former a place that they had before
   */
  void queue(CallParticipant participant, WaitReason reason, Optional<Ticket> former) {
    CallLog.LOG.queued(call.id(), reason);
    tools.meter().queued(reason);
    Ticket ticket = new Ticket(participant, reason);
    waiting.put(participant.id(), ticket);
    former.ifPresentOrElse(place -> door.replace(place, ticket), () -> door.queue(ticket));
  }

  /** Keeps somebody's place in the line for their next session; empty when they do not wait. */
  Optional<Ticket> keepPlace(CallParticipant participant) {
    return Optional.ofNullable(waiting.remove(participant.id()));
  }

  /** Whether it was the turn of a place that is kept. */
  static boolean wasCalled(Ticket kept) {
    return kept.called;
  }

  /** Nobody takes a place that was kept. */
  void giveUp(Ticket kept) {
    door.leave(kept);
  }

  /** Somebody who is in the record as waiting waits no more. */
  void noteLetIn(String id) {
    mailbox.take(
        ledger.append(() -> tools.store().letIn(call, id)),
        (_, failure) -> moves.loseIfStale(failure));
  }

  private void letIn(Ticket ticket) {
    ticket.called = true;
    if (isOf(ticket)) {
      String id = ticket.participant.id();
      waiting.remove(id);
      noteLetIn(id);
      moves.advance(new TransitionEvent.Joined(id, ticket.participant.device().sfuCapable()));
    }
  }

  private void tell(Ticket ticket, int position) {
    if (isOf(ticket)) {
      roster.tell(ticket.participant.id(), new ServerEvent.Queued(position, ticket.reason));
    }
  }

  /** Who has left meanwhile, or has come again, has another ticket or none. */
  private boolean isOf(Ticket ticket) {
    return waiting.get(ticket.participant.id()) == ticket;
  }

  /** Somebody has left the call. */
  void leave(CallParticipant participant) {
    Ticket ticket = waiting.remove(participant.id());
    if (ticket != null) {
      door.leave(ticket);
    }
  }

  /** The call is over here. */
  void close() {
    waiting.values().forEach(door::leave);
    waiting.clear();
  }
}
