import type { FrameTimes } from "./FrameTimes";

/** One frame sent on two paths has timestamps that differ by a constant, give or take 2 ms of rounding; in ticks of 90 kHz. */
export const SAME_FRAME_TICKS = 180;

/** So many frames must be recognised on both paths. */
const EVIDENCE = 3;

/** An offset under which fewer frames meet than this share of the most is not the right one. */
const FEWER = 0.7;

/** Timestamps are rounded, so that frames do not quite meet under the right offset either: so much more looseness says nothing. */
const LOOSER = 0.12;

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
 * closely. Frames that come evenly meet under several; then the one is taken under which they arrived most nearly together.
 */
export function rtpOffset(shown: readonly FrameTimes[], next: readonly FrameTimes[]): number | undefined {
  const [old, fresh] = [shown.flatMap(stamp), next.flatMap(stamp)];
  const offsets = new Set(old.flatMap((one) => fresh.map((other) => rtpDistance(one.rtp, other.rtp))));
  const alignments = [...offsets].map((offset) => align(old, fresh, offset)).filter(({ matches }) => matches >= EVIDENCE);
  const most = Math.max(...alignments.map(({ matches }) => matches));
  const many = alignments.filter(({ matches }) => matches >= FEWER * most);
  const closest = Math.min(...many.map(({ looseness }) => looseness));
  const alike = many.filter(({ looseness }) => looseness <= closest + LOOSER);
  return alike.toSorted((one, other) => one.apart - other.apart)[0]?.offset;
}

interface Alignment {
  readonly offset: number;
  /** Frames that meet. */
  readonly matches: number;
  /** From 0, where they meet exactly, to 1, where all of them only just meet. */
  readonly looseness: number;
  /** How far apart those frames arrived, on average, in milliseconds. */
  readonly apart: number;
}

function align(old: readonly Stamp[], fresh: readonly Stamp[], offset: number): Alignment {
  let [matches, looseness, apart] = [0, 0, 0];
  for (const each of fresh) {
    const mate = nearest(old, each, offset);
    const ticks = mate === undefined ? Infinity : Math.abs(rtpDistance(mate.rtp + offset, each.rtp));
    if (mate !== undefined && ticks <= SAME_FRAME_TICKS) {
      matches += 1;
      looseness += (ticks / SAME_FRAME_TICKS) ** 2;
      apart += Math.abs(each.received - mate.received);
    }
  }
  return { offset, matches, looseness: looseness / matches, apart: apart / matches };
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
