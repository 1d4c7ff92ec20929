import type { FrameTimes } from "./FrameTimes";
import { GOOD_EVIDENCE, LITTLE_EVIDENCE, rtpDistance, rtpOffset, SAME_FRAME_TICKS } from "./rtpAlignment";

/** REVEAL: show the new path now. HOLD: keep the picture that is shown until a newer one comes. WAIT: let the old path play on. */
export type Decision = "REVEAL" | "HOLD" | "WAIT";

/** Longest time for which a picture is held: only a path that is slower by more makes time run backwards. */
export const LONGEST_HOLD_MS = 1_000;

/** Longest time for which the old path plays on until the new one happens to be as far. */
export const PATIENCE_MS = 1_500;

/** Longest time for which it plays on until nothing need be left out. */
export const COMPARISON_MS = 900;

/** Longest time for which it plays on where pictures have no timestamps that could be compared. */
export const INCOMPARABLE_MS = 400;

/** Longest time for which more frames are waited for, so that they are recognised better. */
export const EVIDENCE_MS = 700;

/** An old path that has not shown anything for so long has nothing to wait for. */
export const STALLED_MS = 250;

/** What follows within so many times the distance of frames leaves none out. */
const NEXT_FRAME = 1.5;

/**
 * Whether the latest frame of the new path may follow the latest one of the old path. Paths differ in delay: the frame that arrives next
 * on the slower one can be older than what was shown, and time would run backwards. For a while the old path plays on, in the hope
 * that the new one draws level by itself; then its picture is held until the new one has caught up. On a faster path frames would be left
 * out, unless the old one happens to draw level.
 *
 * @param shown the latest frames of the old path, oldest first
 * @param next the latest frames of the new path, oldest first
 * @param waitedMs since the new path should be shown
 * @param heldMs for how long the old picture has been held already
 */
export function decideReveal(
  shown: readonly FrameTimes[],
  next: readonly FrameTimes[],
  waitedMs: number,
  heldMs: number,
): Decision {
  const [last, candidate] = [shown.at(-1), next.at(-1)];
  if (last === undefined || candidate === undefined || heldMs >= LONGEST_HOLD_MS) {
    return "REVEAL";
  }
  if (candidate.presented - last.presented - heldMs > STALLED_MS) {
    return "REVEAL";
  }
  const offset = rtpOffset(shown, next, waitedMs < EVIDENCE_MS ? GOOD_EVIDENCE : LITTLE_EVIDENCE);
  if (offset !== undefined && last.rtp !== undefined && candidate.rtp !== undefined) {
    const ahead = rtpDistance(last.rtp + offset, candidate.rtp);
    if (!mayFollow(ahead, last, candidate)) {
      return waitedMs < PATIENCE_MS ? "WAIT" : "HOLD";
    }
    return ahead > NEXT_FRAME * spacing(next) && waitedMs < COMPARISON_MS ? "WAIT" : "REVEAL";
  }
  // Frames that can be recognised will be: by their arrival alone, the slower path would seem level.
  const recognisable = last.rtp !== undefined && candidate.rtp !== undefined;
  if (waitedMs < (recognisable ? PATIENCE_MS : INCOMPARABLE_MS)) {
    return "WAIT";
  }
  const comparable = last.received !== undefined && candidate.received !== undefined;
  return comparable && candidate.received <= last.received ? "HOLD" : "REVEAL";
}

/** How far apart frames are, on average, in ticks of their timestamps. */
function spacing(frames: readonly FrameTimes[]): number {
  const stamps = frames.flatMap(({ rtp }) => (rtp === undefined ? [] : [rtp]));
  const [first, last] = [stamps.at(0), stamps.at(-1)];
  return first === undefined || last === undefined ? 0 : rtpDistance(first, last) / Math.max(1, stamps.length - 1);
}

/**
 * A newer frame may follow, and the same one when both are presented together. The same frame a moment later may not: the old path
 * can have had one more composited that is not known here yet.
 */
function mayFollow(aheadTicks: number, last: FrameTimes, candidate: FrameTimes): boolean {
  return aheadTicks > SAME_FRAME_TICKS || (aheadTicks >= -SAME_FRAME_TICKS && candidate.presented <= last.presented);
}
