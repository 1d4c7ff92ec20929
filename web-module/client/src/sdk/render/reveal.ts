import type { FrameTimes } from "./FrameTimes";
import { rtpOffset, rtpDistance, SAME_FRAME_TICKS } from "./rtpAlignment";

/** REVEAL: show the new path now. HOLD: keep the picture that is shown until a newer one comes. WAIT: let the old path play on. */
export type Decision = "REVEAL" | "HOLD" | "WAIT";

/** Longest time for which a picture is held. */
export const LONGEST_HOLD_MS = 150;

/** Longest time for which the old path plays on until the new one happens to be as far, or can be compared at all. */
export const PATIENCE_MS = 400;

/** An old path that has not shown anything for so long has nothing to wait for. */
export const STALLED_MS = 250;

/**
 * Whether the latest frame of the new path may follow the latest one of the old path. Paths differ in delay: the frame that arrives next
 * on the slower one can be older than what was shown, and time would run backwards. For a while the old path plays on, in the hope
 * that the new one draws level by itself; then its picture is held until the new one has caught up.
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
  const offset = rtpOffset(shown, next);
  const patient = waitedMs < PATIENCE_MS;
  if (offset !== undefined && last.rtp !== undefined && candidate.rtp !== undefined) {
    const ahead = rtpDistance(last.rtp + offset, candidate.rtp);
    return mayFollow(ahead, last, candidate) ? "REVEAL" : patient ? "WAIT" : "HOLD";
  }
  if (patient) {
    return "WAIT";
  }
  const comparable = last.received !== undefined && candidate.received !== undefined;
  return comparable && candidate.received <= last.received ? "HOLD" : "REVEAL";
}

/**
 * A newer frame may follow, and the same one when both are presented together. The same frame a moment later may not: the old path
 * can have had one more composited that is not known here yet.
 */
function mayFollow(aheadTicks: number, last: FrameTimes, candidate: FrameTimes): boolean {
  return aheadTicks > SAME_FRAME_TICKS || (aheadTicks >= -SAME_FRAME_TICKS && candidate.presented <= last.presented);
}
