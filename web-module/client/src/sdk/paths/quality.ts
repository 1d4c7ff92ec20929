import type { LocalSource } from "../sources/LocalSource";

const CAMERA_BPS = 1_500_000;
const SCREEN_BPS = 2_500_000;
const LEAN_BPS = 100_000;
const SMALL_SCALE = 2;

/** Where the rate of pictures starts when nothing is known of the line, and the most that it starts with, in kbit/s. */
const START_KBPS = 600;
const HIGHEST_START_KBPS = 1_200;

/**
 * The least that congestion control may take a line for, sound and pictures together, in kbit/s. After a short jam it believes that a line
 * carries no more than what happened to be sent, which can be so little that pictures are left out for seconds.
 */
export const FLOOR_KBPS = 120;

/** Where it starts on a lean path, in kbit/s. As low as can be: three and six times as much fill a thin line for a moment. */
export const LEAN_START_KBPS = FLOOR_KBPS;

/** What pictures leave to sound, its headers included, of what a line carries; in bits per second. */
const SOUND_BPS = 100_000;

/** On a line that carries less than this, in bits per second, two handshakes at once would hold pictures back. */
const NARROW_BPS = 600_000;

/** What a path leaves of a thin line to another one, as a share of what it would take. */
const LEFT = 0.5;

/**
 * How much of a line a path may take. LEAN: as little as shows a picture, beside another path. COARSE: small pictures, for as much
 * as the line is known to carry. MEASURED: large ones, for as much. REDUCED: less than the line carries, so that another path may begin
 * without making this one wait.
 */
export type Share = "FULL" | "LEAN" | "COARSE" | "MEASURED" | "REDUCED";

/** Codecs that put several sizes into one stream (SVC). The sizes refer to each other in key frames only. */
const LAYERED = /^video\/(VP9|AV1)$/i;
const THREE_SIZES = "L3T3_KEY";

/** What a sender is told (W3C RTCRtpEncodingParameters). */
export interface EncodingLimits {
  /** Bits per second. */
  readonly maxBitrate: number;
  /** Both sides of the picture are divided by it. */
  readonly scaleResolutionDownBy: number;
  /** Whether it is sent; it is when nothing is said. */
  readonly active?: boolean;
  /** W3C webrtc-svc. */
  readonly scalabilityMode?: string;
}

/** The smaller pictures of a camera that a router may ask for, besides the full one: the smallest first. */
const SMALLER_LAYERS: readonly EncodingLimits[] = [
  { maxBitrate: 150_000, scaleResolutionDownBy: 4 },
  { maxBitrate: 500_000, scaleResolutionDownBy: 2 },
];

/** How high a picture may be shown for each of the smaller layers to be enough: a little higher than it is, of 720 lines. */
const LAYER_HEIGHTS: readonly number[] = [200, 400];

/** The layer of everybody until something is told. */
export const HIGHEST_LAYER = LAYER_HEIGHTS.length;

/** Which of its layers a camera sends to a router that has not said which it wants, for some or for nobody. */
export const FULL_ALONE: readonly boolean[] = [...SMALLER_LAYERS.map(() => false), true];

/**
 * Where the rate of pictures starts on a path, in kbit/s. A sender looks for more by sending three and six times as much for a moment,
 * which on a thin line would stand in the way of the old path.
 *
 * @param knownBps what the line is known to carry, in bits per second
 */
export function startKbps(share: Share, knownBps: number | undefined): number {
  if (share === "LEAN") {
    return LEAN_START_KBPS;
  }
  return knownBps === undefined ? START_KBPS : Math.max(FLOOR_KBPS, Math.min(HIGHEST_START_KBPS, Math.round(knownBps / 2_000)));
}

/**
 * Whether the transports of a path connect one after the other. On lines that are merely far away it would only take longer.
 *
 * @param knownBps what the line is known to carry, in bits per second
 */
export function oneAtATime(share: Share, knownBps: number | undefined): boolean {
  return share === "LEAN" && knownBps !== undefined && knownBps < NARROW_BPS;
}

/**
 * The most that a source should take of a line; undefined for sound, which is never cut.
 *
 * @param knownBps what the path can carry, in bits per second
 */
export function encodingLimits(source: LocalSource, share: Share, knownBps?: number): EncodingLimits | undefined {
  if (source.kind === "audio") {
    return undefined;
  }
  const most = source.role === "SCREEN" ? SCREEN_BPS : CAMERA_BPS;
  const carried = knownBps ?? Infinity;
  switch (share) {
    case "LEAN":
      return { maxBitrate: LEAN_BPS, scaleResolutionDownBy: SMALL_SCALE };
    case "COARSE":
      return { maxBitrate: within(most, carried - SOUND_BPS), scaleResolutionDownBy: SMALL_SCALE };
    case "MEASURED":
      return { maxBitrate: within(most, carried - SOUND_BPS), scaleResolutionDownBy: 1 };
    case "REDUCED":
      return { maxBitrate: within(most, carried * (1 - LEFT)), scaleResolutionDownBy: 1 };
    case "FULL":
      return { maxBitrate: most, scaleResolutionDownBy: 1 };
  }
}

/**
 * What a source sends to a router: a camera's picture in several sizes (simulcast), of which only those are encoded that somebody is sent.
 * On a line that has no room for a whole picture there are no others beside it.
 *
 * @param wanted by layer, the smallest first
 * @param codec MIME type of the pictures
 */
export function routerEncodings(
  source: LocalSource, share: Share, knownBps: number | undefined, wanted: readonly boolean[], codec: string,
): readonly EncodingLimits[] | undefined {
  const full = encodingLimits(source, share, knownBps);
  if (full === undefined || source.role === "SCREEN") {
    return full && [full];
  }
  if (LAYERED.test(codec)) {
    return [{ ...full, scalabilityMode: THREE_SIZES }];
  }
  const whole = share === "FULL" || share === "MEASURED";
  return [
    ...SMALLER_LAYERS.map((layer, index) => ({ ...layer, active: whole && wanted[index] === true })),
    { ...full, active: !whole || wanted[SMALLER_LAYERS.length] !== false },
  ];
}

/** The layer that a router need not send more of, for a picture that is shown so high; in pixels of the screen. */
export function layerFor(height: number): number {
  const enough = LAYER_HEIGHTS.findIndex((most) => height <= most);
  return enough < 0 ? LAYER_HEIGHTS.length : enough;
}

function within(most: number, bps: number): number {
  return Math.round(Math.max(LEAN_BPS, Math.min(most, bps)));
}
