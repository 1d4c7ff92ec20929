package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.Observation.Participant;
import dev.crosspoint.e2e.gap.Recording.Frame;
import java.util.List;

/**
 * What a switch cost everybody who was in the call.
 *
 * @param requestToCommitMs from the request to the commit, by the transition's record
 * @param rolledBack attempts that were rolled back before
 * @param pairs what each receiver saw and heard of each sender
 */
record SwitchGap(
    Direction direction, double requestToCommitMs, int rolledBack, List<PairGap> pairs) {

  SwitchGap {
    pairs = List.copyOf(pairs);
  }

  static SwitchGap of(Observation observed) {
    return new SwitchGap(
        observed.direction(),
        observed.attempts().getLast().requestToCommitMs(),
        observed.attempts().size() - 1,
        observed.participants().stream()
            .flatMap(receiver ->
                observed.participants().stream()
                    .filter(sender -> !sender.equals(receiver))
                    .map(sender -> pair(observed, receiver, sender)))
            .toList());
  }

  private static PairGap pair(Observation observed, Participant receiver, Participant sender) {
    Recording seen = receiver.recording();
    List<Frame> frames = seen.framesOf(sender.name());
    Period quiet = observed.quiet();
    Period during = observed.during();
    return new PairGap(
        receiver.name(),
        sender.name(),
        receiver.watching(),
        receiver.listening(),
        during.lengthMs() / quiet.lengthMs(),
        Pictures.within(quiet, frames),
        Pictures.within(during, frames),
        (int) seen.blanksOf(sender.name()).stream().filter(during::has).count(),
        PathDelay.change(during, frames, sender.recording().taken()),
        Sounds.within(quiet, seen.sounds(), sender.number()),
        Sounds.within(during, seen.sounds(), sender.number()));
  }
}
