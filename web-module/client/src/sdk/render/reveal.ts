/** Longest time for which a picture is held so that the next one is not older, in milliseconds. */
export const LONGEST_HOLD_MS = 150;

/**
 * Whether a frame of the new path may follow the last one of the old path. Paths differ in delay: the frame that arrives next on the
 * slower one can be older than what was shown, and time would run backwards.
 *
 * @param shown capture time of the last frame shown, undefined when the browser does not know it
 * @param next capture time of the frame that is about to be shown
 * @param heldMs for how long the old picture has been held already
 */
export function mayFollow(shown: number | undefined, next: number | undefined, heldMs: number): boolean {
  return shown === undefined || next === undefined || next >= shown || heldMs >= LONGEST_HOLD_MS;
}
