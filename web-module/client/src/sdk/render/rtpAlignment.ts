import type { FrameTimes } from "./FrameTimes";

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
  const offsets = new Set(old.flatMap((one) => fresh.map((other) => rtpDistance(one.rtp, other.rtp))));
  let best: Alignment | undefined;
  for (const offset of offsets) {
    const alignment = align(old, fresh, offset);
    if (best === undefined || isBetter(alignment, best)) {
      best = alignment;
    }
  }
  return best !== undefined && best.matches >= EVIDENCE ? best.offset : undefined;
}

interface Alignment {
  readonly offset: number;
  /** Frames that meet. */
  readonly matches: number;
  /** How far apart those frames arrived, on average, in milliseconds. */
  readonly apart: number;
}

function align(old: readonly Stamp[], fresh: readonly Stamp[], offset: number): Alignment {
  const apart = fresh.flatMap((each) => {
    const mate = old.find((one) => Math.abs(rtpDistance(one.rtp + offset, each.rtp)) <= SAME_FRAME_TICKS);
    return mate === undefined ? [] : [Math.abs(each.received - mate.received)];
  });
  return { offset, matches: apart.length, apart: apart.reduce((sum, each) => sum + each, 0) / apart.length };
}

function isBetter(one: Alignment, other: Alignment): boolean {
  return one.matches > other.matches || (one.matches === other.matches && one.apart < other.apart);
}

function stamp({ rtp, received }: FrameTimes): Stamp[] {
  return rtp === undefined || received === undefined ? [] : [{ rtp, received }];
}
