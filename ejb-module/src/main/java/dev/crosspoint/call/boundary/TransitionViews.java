package dev.crosspoint.call.boundary;

import dev.crosspoint.call.control.TransitionLog;
import dev.crosspoint.call.control.TransitionRecords;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.transition.entity.TransitionEntity;
import dev.crosspoint.transition.entity.TransitionGap;
import dev.crosspoint.transition.entity.TransitionNote;
import dev.crosspoint.transition.entity.TransitionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The record's rows as the doors show them. */
final class TransitionViews {
  private static final Comparator<TransitionView.Participant> NAMED_FIRST =
      Comparator.comparing((TransitionView.Participant one) -> one.displayName().isEmpty())
          .thenComparing(one -> one.displayName().orElse(""))
          .thenComparing(TransitionView.Participant::participantId);

  private TransitionViews() {}

  static List<TransitionView> of(TransitionRecords records) {
    Map<Long, List<TransitionNote>> notes =
        records.notes().stream().collect(Collectors.groupingBy(TransitionNote::transitionNumber));
    Map<Long, List<TransitionGap>> gaps =
        records.gaps().stream().collect(Collectors.groupingBy(TransitionGap::transitionNumber));
    return records.transitions().stream()
        .map(transition ->
            of(
                transition,
                notes.getOrDefault(transition.number(), List.of()),
                gaps.getOrDefault(transition.number(), List.of()),
                records.names()))
        .toList();
  }

  private static TransitionView of(
      TransitionEntity transition,
      List<TransitionNote> notes,
      List<TransitionGap> gaps,
      Map<String, String> names) {
    return new TransitionView(
        transition.id(),
        transition.fromMode(),
        transition.toMode(),
        transition.reason(),
        transition.attempt(),
        transition.phase(),
        TransitionResult.of(transition.phase()),
        transition.startedAt(),
        transition.finishedAt(),
        commitMs(transition, committedAt(transition)),
        gaps.stream().mapToDouble(TransitionGap::gapMs).max(),
        transition.steps().stream()
            .map(step -> new TransitionView.Step(step.phase(), step.enteredAt(), step.detail()))
            .toList(),
        participants(notes, gaps, names));
  }

  private static @Nullable Instant committedAt(TransitionEntity transition) {
    return transition.steps().stream()
        .filter(step -> step.phase() == TransitionPhase.RELEASING)
        .map(TransitionStep::enteredAt)
        .findFirst()
        .orElse(null);
  }

  private static OptionalLong commitMs(TransitionEntity transition, @Nullable Instant committedAt) {
    return committedAt == null
        ? OptionalLong.empty()
        : OptionalLong.of(Duration.between(transition.startedAt(), committedAt).toMillis());
  }

  private static List<TransitionView.Participant> participants(
      List<TransitionNote> notes, List<TransitionGap> gaps, Map<String, String> names) {
    Map<String, List<TransitionView.Outcome>> outcomes =
        notes.stream()
            .collect(
                Collectors.groupingBy(
                    TransitionNote::participantId,
                    Collectors.mapping(
                        note ->
                            new TransitionView.Outcome(
                                note.outcome(), note.notedAt(), note.detail()),
                        Collectors.toList())));
    Map<String, List<TransitionView.Gap>> received =
        gaps.stream()
            .collect(
                Collectors.groupingBy(
                    TransitionGap::receiverId,
                    Collectors.mapping(
                        gap ->
                            new TransitionView.Gap(
                                gap.senderId(),
                                Optional.ofNullable(names.get(gap.senderId())),
                                gap.sourceId(),
                                gap.gapMs()),
                        Collectors.toList())));
    return Stream.concat(outcomes.keySet().stream(), received.keySet().stream())
        .distinct()
        .map(id ->
            TransitionView.Participant.of(
                id,
                Optional.ofNullable(names.get(id)),
                outcomes.getOrDefault(id, List.of()),
                received.getOrDefault(id, List.of())))
        .sorted(NAMED_FIRST)
        .toList();
  }

  static TransitionSummary summary(TransitionLog.Row row, List<TransitionLog.Trouble> troubles) {
    TransitionEntity transition = row.transition();
    Double worst = row.worstGapMs();
    return new TransitionSummary(
        transition.callId(),
        row.callName(),
        transition.id(),
        transition.fromMode(),
        transition.toMode(),
        transition.reason(),
        transition.attempt(),
        TransitionResult.of(transition.phase()),
        transition.startedAt(),
        transition.finishedAt(),
        commitMs(transition, row.committedAt()),
        worst == null ? OptionalDouble.empty() : OptionalDouble.of(worst),
        troubles.stream()
            .filter(trouble ->
                trouble.callId().equals(transition.callId())
                    && trouble.number() == transition.number())
            .map(trouble ->
                new TransitionSummary.Troubled(
                    trouble.participantId(),
                    Optional.ofNullable(trouble.displayName()),
                    trouble.outcome()))
            .toList());
  }
}
