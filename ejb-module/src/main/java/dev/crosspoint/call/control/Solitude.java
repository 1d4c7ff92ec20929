package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.log.CallLog;
import java.time.Duration;

/**
 * Ends a call in which somebody has been alone for too long, after a warning. Begins anew with
 * every owner: who comes again after a restart has not waited for long. Lives in the call's
 * mailbox.
 */
final class Solitude {
  /** How long before the end people are warned, or half of the time if that is less. */
  private static final Duration LONGEST_WARNING = Duration.ofMinutes(5);

  private final OwnedCall call;
  private final Roster roster;
  private final CallLedger ledger;
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;
  private Alarms.Alarm alarm = Alarms.Alarm.NONE;
  private boolean alone;
  private int waits;

  Solitude(
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

  /**
   * Takes note of who is there.
   *
   * @param people how many
   */
  void follow(int people) {
    boolean before = alone;
    alone = people == 1;
    if (!alone) {
      alarm.cancel();
    } else if (!before) {
      waits++;
      tools.lifetimes().until(CallEnd.ALONE).ifPresent(this::begin);
    }
  }

  private void begin(Duration limit) {
    Duration half = limit.dividedBy(2);
    Duration warning = half.compareTo(LONGEST_WARNING) < 0 ? half : LONGEST_WARNING;
    wake(
        limit.minus(warning),
        () -> {
          roster.tellAll(new ServerEvent.CallEnding(warning.toMillis()));
          wake(warning, this::endCall);
        });
  }

  private void wake(Duration after, Runnable action) {
    int wait = waits;
    alarm =
        tools
            .alarms()
            .after(
                Alarms.atLeastShortest(after),
                () ->
                    mailbox.execute(() -> {
                      if (alone && wait == waits) {
                        action.run();
                      }
                    }));
  }

  /** Who comes while it is written is let in, or finds the call ended: the record decides. */
  private void endCall() {
    mailbox.take(
        ledger.ask(() -> tools.store().endAlone(call)),
        (ended, failure) -> {
          if (moves.loseIfStale(failure)) {
            return;
          }
          if (failure != null) {
            CallLog.LOG.writeRefused(call.id(), failure);
            beginAnew();
          } else if (!Boolean.TRUE.equals(ended)) {
            beginAnew();
          } else if (!moves.over()) {
            CallLog.LOG.callEnded(call.id(), CallEnd.ALONE.name());
            tools.meter().callEnded(CallEnd.ALONE);
            moves.end(EndReason.ALONE_TOO_LONG);
          }
        });
  }

  /** The record knows of somebody else, or could not be asked; who is alone still is so. */
  private void beginAnew() {
    if (alone) {
      tools.lifetimes().until(CallEnd.ALONE).ifPresent(this::begin);
    }
  }

  /** Nobody is waited for any more. */
  void stop() {
    alone = false;
    alarm.cancel();
  }
}
