import type { FrameTimes } from "./FrameTimes";

/** One frame sent on two paths has timestamps that differ by a constant, give or take 2 ms of rounding; in ticks of 90 kHz. */
export const SAME_FRAME_TICKS = 180;

/** So many frames must be recognised on both paths. */
const EVIDENCE = 3;

/** How far apart arrivals must be to weigh as much as a frame that does not meet, in milliseconds. */
const FRAME_WORTH_MS = 100;

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
 * number (RFC 3550, section 5.1), so the offset is found by the pattern of the frames: under the right one, most of them meet, and meet
 * closely. Frames that come evenly meet under several; but no camera is so even that its frames meet as closely under a wrong one. Where
 * that does not tell, the offset is taken under which they arrived most nearly together.
 */
export function rtpOffset(shown: readonly FrameTimes[], next: readonly FrameTimes[]): number | undefined {
  const [old, fresh] = [shown.flatMap(stamp), next.flatMap(stamp)];
  const offsets = new Set(old.flatMap((one) => fresh.map((other) => rtpDistance(one.rtp, other.rtp))));
  let best: Alignment | undefined;
  for (const offset of offsets) {
    const alignment = align(old, fresh, offset);
    if (alignment.matches >= EVIDENCE && (best === undefined || alignment.score > best.score)) {
      best = alignment;
    }
  }
  return best?.offset;
}

interface Alignment {
  readonly offset: number;
  /** Frames that meet. */
  readonly matches: number;
  /** How likely it is to be the right one, in frames that meet exactly. */
  readonly score: number;
}

function align(old: readonly Stamp[], fresh: readonly Stamp[], offset: number): Alignment {
  let [matches, closeness, apart] = [0, 0, 0];
  for (const each of fresh) {
    const mate = nearest(old, each, offset);
    const ticks = mate === undefined ? Infinity : Math.abs(rtpDistance(mate.rtp + offset, each.rtp));
    if (mate !== undefined && ticks <= SAME_FRAME_TICKS) {
      matches += 1;
      closeness += 1 - (ticks / SAME_FRAME_TICKS) ** 2;
      apart += Math.abs(each.received - mate.received);
    }
  }
  return { offset, matches, score: closeness - apart / Math.max(1, matches) / FRAME_WORTH_MS };
}

function nearest(old: readonly Stamp[], fresh: Stamp, offset: number): Stamp | undefined {
  let [best, ticks]: [Stamp | undefined, number] = [undefined, Infinity];
  for (const one of old) {
    const distance = Math.abs(rtpDistance(one.rtp + offset, fresh.rtp));
    if (distance < ticks) {
      [best, ticks] = [one, distance];
    }
  }
  return best;
}

function stamp({ rtp, received }: FrameTimes): Stamp[] {
  return rtp === undefined || received === undefined ? [] : [{ rtp, received }];
}
