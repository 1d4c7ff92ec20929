import type { FrameTimes } from "./reveal";

/** One frame sent on two paths has timestamps that differ by a constant, give or take 2 ms of rounding; in ticks of 90 kHz. */
export const SAME_FRAME_TICKS = 180;

/** So many frames must be recognised on both paths. */
const EVIDENCE = 3;

interface Stamp {
  readonly rtp: number;
  readonly received: number;
}

/** How far a timestamp lies after another, in ticks; negative when before. Timestamps wrap at 2³². */
export function rtpDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/**
 * What to add to the RTP timestamps of one path to get those of another that carries the same frames. Each sender begins at a random
 * number (RFC 3550, section 5.1), so the offset is found by the pattern of the frames: under the right one, most of them meet. Frames that
 * come evenly meet under several; then the one is taken under which they arrived most nearly together.
 */
export function rtpOffset(shown: readonly FrameTimes[], next: readonly FrameTimes[]): number | undefined {
  const [old, fresh] = [shown.flatMap(stamp), next.flatMap(stamp)];
  let best: { offset: number; matches: number; apart: number } | undefined;
  for (const one of old) {
    for (const other of fresh) {
      const offset = rtpDistance(one.rtp, other.rtp);
      const matches = fresh.filter((each) => old.some((mate) => isSame(mate, each, offset))).length;
      const apart = Math.abs(other.received - one.received);
      if (best === undefined || matches > best.matches || (matches === best.matches && apart < best.apart)) {
        best = { offset, matches, apart };
      }
    }
  }
  return best !== undefined && best.matches >= EVIDENCE ? best.offset : undefined;
}

function isSame(old: Stamp, fresh: Stamp, offset: number): boolean {
  return Math.abs(rtpDistance(old.rtp + offset, fresh.rtp)) <= SAME_FRAME_TICKS;
}

function stamp({ rtp, received }: FrameTimes): Stamp[] {
  return rtp === undefined || received === undefined ? [] : [{ rtp, received }];
}
