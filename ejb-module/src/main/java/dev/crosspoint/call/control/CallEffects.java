package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.control.SfuRoom;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.control.TransitionEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out what the transition machine decided. Lives in the call's mailbox. */
final class CallEffects {
  private final OwnedCall call;
  private final Roster roster;
  private final SfuRooms rooms;
  private final CallLedger ledger;
  private final CallStories stories;
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;

  CallEffects(
      OwnedCall call,
      Roster roster,
      SfuRooms rooms,
      CallLedger ledger,
      CallStories stories,
      CallMoves moves,
      Mailbox mailbox,
      CallTools tools) {
    this.call = call;
    this.roster = roster;
    this.rooms = rooms;
    this.ledger = ledger;
    this.stories = stories;
    this.moves = moves;
    this.mailbox = mailbox;
    this.tools = tools;
  }

  /**
   * Writes what the effects say about the record, then carries them out, after all earlier ones.
   * Only phases and admissions are waited for: they decide who owns what. The stories of
   * participants are kept beside, at once: the call may be over before the record is written.
   */
  void carryOut(List<Effect> effects) {
    if (effects.isEmpty()) {
      return;
    }
    List<Effect.Show> phases = only(effects, Effect.Show.class);
    List<Effect.Note> notes = only(effects, Effect.Note.class);
    List<String> admitted =
        only(effects, Effect.Admit.class).stream().map(Effect.Admit::member).toList();
    Instant at = tools.clock().instant();
    stories.tell(notes, at);
    boolean nothingToWrite = phases.isEmpty() && admitted.isEmpty();
    mailbox.take(
        nothingToWrite
            ? ledger.settled()
            : ledger.append(() -> tools.store().record(call, phases, admitted, at)),
        (_, failure) -> {
          if (!moves.loseIfStale(failure) && !moves.over()) {
            effects.forEach(this::carryOut);
          }
        });
  }

  private static <E extends Effect> List<E> only(List<Effect> effects, Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.MakeRouter make -> makeRouter(make.number());
      case Effect.CloseRouter close -> rooms.close(close.generation());
      case Effect.OfferPaths offer -> offer(offer);
      case Effect.Commit commit -> commit(commit.transition());
      // The write is conditional and idempotent: asking again tells what was written.
      case Effect.ReadCommitBack readBack -> commit(readBack.transition());
      case Effect.CommitPaths commit ->
          roster.tell(
              commit.member(),
              new ServerEvent.PathsCommitted(Transition.idOf(commit.number()), commit.pathIds()));
      case Effect.ReleasePaths release -> release(release);
      case Effect.Admit admit -> admit(admit.member());
      case Effect.Queue queue -> queue(queue);
      case Effect.Note _ -> {} // part of a story, told when it was decided
      case Effect.Show show -> show(show);
      case Effect.CallOffRetry none ->
          tellAll(none.failed(), TransitionPhase.ROLLED_BACK, Optional.empty());
      case Effect.EndWithoutSfu() -> endWithoutSfu();
    }
  }

  private void makeRouter(long number) {
    SfuOffer offer = rooms.place().take(number);
    if (!(offer instanceof SfuOffer.Open)) {
      CallLog.LOG.sfuRefused(call.id(), offer);
      mailbox.execute(() -> refuse(number));
      return;
    }
    SfuRoom room = rooms.make(number);
    mailbox.take(
        room.open(),
        (_, failure) -> {
          if (failure == null) {
            moves.advance(new TransitionEvent.RouterReady(number));
          } else {
            CallLog.LOG.routerNotMade(room.router().value(), failure.toString());
            moves.advance(new TransitionEvent.RouterFailed(number));
          }
        });
  }

  /** Another call was faster: this one knows first that there is nothing to try again for. */
  private void refuse(long number) {
    moves.advance(new TransitionEvent.SfuOfferChanged(rooms.place().offer()));
    moves.advance(new TransitionEvent.RouterFailed(number));
  }

  /** People first: they are told at once, and nobody waits for the database. */
  private void endWithoutSfu() {
    CallLog.LOG.callEnded(call.id(), CallEnd.SFU_OFF.name());
    tools.meter().callEnded(CallEnd.SFU_OFF);
    moves.end(EndReason.SFU_OFF);
    mailbox.take(
        ledger.append(() -> tools.store().end(call, CallEnd.SFU_OFF)),
        (_, failure) -> {
          if (failure != null && !(failure instanceof StaleOwnerException)) {
            CallLog.LOG.writeRefused(call.id(), failure);
          } // else it is written, or somebody came at once and owns the call anew
        });
  }

  private void queue(Effect.Queue queue) {
    roster
        .find(queue.member())
        .filter(member -> member.waitsFor(queue.reason()))
        .ifPresent(_ -> {
          CallLog.LOG.queued(call.id(), queue.reason());
          tools.meter().queued(queue.reason());
        });
    roster.tell(queue.member(), new ServerEvent.Queued(queue.position(), queue.reason()));
  }

  private void offer(Effect.OfferPaths offer) {
    roster
        .find(offer.member())
        .ifPresent(member -> {
          offer.paths().forEach(path -> open(member, path));
          roster.tell(
              member.id(),
              new ServerEvent.PathsOffered(
                  offer.transition().map(Transition::id),
                  offer.transition().stream().mapToInt(Transition::revision).findFirst(),
                  offer.paths()));
          offer.paths().forEach(path -> offered(member, path));
        });
  }

  private void open(CallParticipant member, Path path) {
    member.open(path);
    switch (path) {
      case DirectPath _ -> {}
      case SfuPath sfu -> rooms.find(sfu.pathId()).ifPresent(room -> room.admit(member.id()));
    }
  }

  private void offered(CallParticipant member, Path path) {
    switch (path) {
      case DirectPath _ -> {}
      case SfuPath sfu -> rooms.find(sfu.pathId()).ifPresent(room -> room.offered(member.id()));
    }
  }

  private void release(Effect.ReleasePaths release) {
    roster
        .find(release.member())
        .ifPresent(member -> {
          release
              .pathIds()
              .forEach(pathId -> member.close(pathId).ifPresent(p -> close(member, p)));
          roster.tell(member.id(), new ServerEvent.PathsReleased(release.pathIds()));
        });
  }

  private void close(CallParticipant member, Path path) {
    switch (path) {
      case DirectPath _ -> {}
      case SfuPath sfu -> rooms.find(sfu.pathId()).ifPresent(room -> room.dismiss(member.id()));
    }
  }

  private void commit(Transition transition) {
    Optional<RouterId> router =
        transition.to().router().stream().mapToObj(rooms::router).findFirst();
    mailbox.take(
        ledger.ask(() -> tools.store().commit(call, transition, router.map(RouterId::value))),
        (written, failure) -> {
          if (moves.loseIfStale(failure)) {
            return;
          }
          if (Boolean.TRUE.equals(written)) {
            moves.advance(new TransitionEvent.Committed(transition.number()));
          } else {
            moves.advance(new TransitionEvent.CommitRefused(transition.number()));
          }
        });
  }

  private void admit(String member) {
    roster
        .find(member)
        .filter(participant -> participant.become(ParticipantStatus.ADMITTED))
        .ifPresent(
            participant -> roster.tellAll(new ServerEvent.ParticipantUpdated(participant.view())));
  }

  private void show(Effect.Show show) {
    Transition transition = show.transition();
    InstantSource clock = tools.clock();
    CallLog.LOG.transition(
        call.id(),
        transition.id(),
        transition.from().topology().mode(),
        transition.to().topology().mode(),
        show.phase(),
        show.detail());
    TransitionOutcome.of(show.phase(), show.retryIn())
        .ifPresent(outcome ->
            tools
                .meter()
                .transitionEnded(
                    outcome, Duration.between(transition.startedAt(), clock.instant())));
    tellAll(transition, show.phase(), show.retryIn());
  }

  private void tellAll(Transition transition, TransitionPhase phase, Optional<Duration> retryIn) {
    roster.tellAll(new ServerEvent.TransitionChanged(view(transition, phase, retryIn)));
  }

  private dev.crosspoint.contract.Transition view(
      Transition transition, TransitionPhase phase, Optional<Duration> retryIn) {
    return new dev.crosspoint.contract.Transition(
        transition.id(),
        transition.from().topology().mode(),
        transition.to().topology().mode(),
        phase,
        transition.reason(),
        transition.subject().flatMap(roster::find).map(CallParticipant::displayName),
        transition.attempt(),
        retryIn.map(Duration::toMillis).map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
