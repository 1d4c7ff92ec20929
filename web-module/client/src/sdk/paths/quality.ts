import type { LocalSource } from "../sources/LocalSource";

const CAMERA_BPS = 1_500_000;
const SCREEN_BPS = 2_500_000;
const LEAN_BPS = 100_000;
const LEAN_SCALE = 2;

/** How much of a line a path may take. LEAN: as little as shows a picture, while another path needs the line too. */
export type Share = "FULL" | "LEAN";

/** What a sender is told (W3C RTCRtpEncodingParameters). */
export interface EncodingLimits {
  /** Bits per second. */
  readonly maxBitrate: number;
  /** Both sides of the picture are divided by it. */
  readonly scaleResolutionDownBy: number;
}

/** The most that a source should take of a line; undefined for sound, which is never cut. */
export function encodingLimits(source: LocalSource, share: Share): EncodingLimits | undefined {
  if (source.kind === "audio") {
    return undefined;
  }
  if (share === "LEAN") {
    return { maxBitrate: LEAN_BPS, scaleResolutionDownBy: LEAN_SCALE };
  }
  return { maxBitrate: source.role === "SCREEN" ? SCREEN_BPS : CAMERA_BPS, scaleResolutionDownBy: 1 };
}
