package dev.crosspoint.call.control;

import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.transition.control.Effect;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What one call has to tell of its transitions beside their phases. Never holds the call up. */
final class CallStories {
  private final OwnedCall call;
  private final CallTools tools;

  CallStories(OwnedCall call, CallTools tools) {
    this.call = call;
    this.tools = tools;
  }

  /**
   * Tells what became of participants.
   *
   * @param at when it was decided
   */
  void tell(List<Effect.Note> notes, Instant at) {
    notes.stream()
        .collect(Collectors.groupingBy(note -> note.transition().number()))
        .forEach((number, some) ->
            keep(
                new StoryPart(
                    call.id(),
                    call.epoch(),
                    number,
                    some.stream()
                        .map(note ->
                            new StoryPart.Note(note.member(), note.outcome(), at, note.detail()))
                        .toList(),
                    List.of())));
  }

  /**
   * Tells what a receiver noticed of a switch.
   *
   * @return completes when it is kept, off the mailbox
   */
  CompletionStage<?> tell(String receiver, long number, List<TrackGap> gaps) {
    return gaps.isEmpty()
        ? CompletableFuture.completedStage(null)
        : keep(
            new StoryPart(
                call.id(),
                call.epoch(),
                number,
                List.of(),
                gaps.stream()
                    .map(gap ->
                        new StoryPart.Gap(
                            receiver, gap.participantId(), gap.sourceId(), gap.gapMs()))
                    .toList()));
  }

  private CompletionStage<?> keep(StoryPart part) {
    return CompletableFuture.runAsync(() -> tools.stories().keep(part), tools.threads())
        .exceptionally(failure -> {
          CallLog.LOG.storyLost(call.id(), failure);
          return null;
        });
  }
}
