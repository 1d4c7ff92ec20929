import type { FrameTimes } from "./FrameTimes";

/** One frame sent on two paths has timestamps that differ by a constant, give or take 2 ms of rounding; in ticks of 90 kHz. */
export const SAME_FRAME_TICKS = 180;

/** So many frames must be recognised on both paths for a judgement, if it cannot wait. */
export const LITTLE_EVIDENCE = 3;

/** With so many the judgement is as good as it gets. */
export const GOOD_EVIDENCE = 12;

/** An offset under which fewer frames meet than this share of the most is not the right one. */
const FEWER = 0.7;

/** How far the timestamps of one frame on two paths are apart because of rounding: standard deviation, in ticks. */
const ROUNDING_TICKS = 90;

/** Most paths to one receiver differ by less in how long they take, in milliseconds; some by much more. */
const USUAL_DIFFERENCE_MS = 15;

/** How much that counts, beside what the timestamps say. */
const DIFFERENCE_WEIGHT = 1.5;

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
 * number (RFC 3550, section 5.1), so the offset is found by the pattern of the frames: under the right one most of them meet, and meet
 * closely. Frames that come evenly meet under several. How far apart they are then says the less, the more evenly the camera keeps time, and
 * how nearly together they arrived decides.
 *
 * @param evidence so many frames must meet at least
 */
export function rtpOffset(
  shown: readonly FrameTimes[],
  next: readonly FrameTimes[],
  evidence: number,
): number | undefined {
  const [old, fresh] = [shown.flatMap(stamp), next.flatMap(stamp)];
  const offsets = new Set(old.flatMap((one) => fresh.map((other) => rtpDistance(one.rtp, other.rtp))));
  const alignments = [...offsets].map((offset) => align(old, fresh, offset)).filter(({ matches }) => matches >= evidence);
  const most = Math.max(...alignments.map(({ matches }) => matches));
  const many = alignments.filter(({ matches }) => matches >= FEWER * most);
  const weight = weightOfTicks(old);
  return many.toSorted((one, other) => unlikelihood(one, most, weight) - unlikelihood(other, most, weight))[0]?.offset;
}

interface Alignment {
  readonly offset: number;
  /** Frames that meet. */
  readonly matches: number;
  /** How far they are apart, in ticks: mean square. Frames that were shown meanwhile and meet none are as far apart as can be. */
  readonly looseness: number;
  /** How much later they arrived on the new path, on average, in milliseconds. */
  readonly later: number;
}

/** The negative logarithm of how likely an alignment is, but for a constant. */
function unlikelihood({ looseness, later }: Alignment, frames: number, weight: number): number {
  return frames * looseness * weight + DIFFERENCE_WEIGHT * Math.log1p((later / USUAL_DIFFERENCE_MS) ** 2);
}

/**
 * What a square tick between two timestamps says against their being those of one frame. Those of two frames differ by their camera's
 * unevenness too: where there is none, by no more than those of one.
 */
function weightOfTicks(frames: readonly Stamp[]): number {
  const steps = frames.slice(1).map(({ rtp }, index) => rtpDistance(frames[index]?.rtp ?? rtp, rtp));
  const mean = steps.reduce((sum, step) => sum + step, 0) / Math.max(1, steps.length);
  const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / Math.max(1, steps.length);
  const rounding = ROUNDING_TICKS ** 2;
  return (1 / rounding - 1 / Math.max(rounding, variance)) / 2;
}

function align(old: readonly Stamp[], fresh: readonly Stamp[], offset: number): Alignment {
  let [matches, misses, looseness, later] = [0, 0, 0, 0];
  for (const each of fresh) {
    const mate = nearest(old, each, offset);
    const ticks = mate === undefined ? Infinity : Math.abs(rtpDistance(mate.rtp + offset, each.rtp));
    if (mate !== undefined && ticks <= SAME_FRAME_TICKS) {
      matches += 1;
      looseness += ticks ** 2;
      later += each.received - mate.received;
    } else if (isWithin(old, each.rtp - offset)) {
      misses += 1;
      looseness += SAME_FRAME_TICKS ** 2;
    }
  }
  return { offset, matches, looseness: looseness / (matches + misses), later: later / matches };
}

function isWithin(frames: readonly Stamp[], rtp: number): boolean {
  const [first, last] = [frames.at(0), frames.at(-1)];
  return first !== undefined && last !== undefined && rtpDistance(first.rtp, rtp) > 0 && rtpDistance(rtp, last.rtp) > 0;
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
