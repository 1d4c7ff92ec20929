import type { PathFailure, PathState, TrackKey } from "../contract";
import type { Emitter } from "../emitter";
import type { Share } from "./quality";
import type { TrackSample } from "./trackSamples";
import type { Withheld } from "./Withheld";

export interface MediaPathEvents {
  trackAdded: { readonly key: TrackKey; readonly track: MediaStreamTrack };
  trackRemoved: { readonly key: TrackKey };
  state: PathState;
  /** The path cannot be brought up. Told once. */
  failed: PathFailure;
  /** The server begins or ceases to send something. */
  withheld: { readonly key: TrackKey };
}

/** A way for media between this client and others. Several live side by side, and none knows of another. */
export interface MediaPath {
  readonly pathId: string;
  readonly kind: "DIRECT" | "SFU";
  readonly events: Emitter<MediaPathEvents>;
  /** Undefined until it has been connected once. */
  readonly state: PathState | undefined;
  /** Whether it could carry media now. */
  readonly ready: boolean;
  /** Whether its other end has closed it: nothing more comes, and nobody has to wait in silence to notice. */
  readonly left: boolean;
  /** What arrives on it. */
  readonly tracks: ReadonlyMap<TrackKey, MediaStreamTrack>;
  /** Of these tracks the server sends nothing for now, and why. */
  readonly withheld: Pick<Withheld, "has" | "is">;
  /** Whether media of a participant would arrive on it. */
  reaches(participantId: string): boolean;
  /** Whether its other end has told that the track is sent on it, though perhaps nothing is received of it yet. */
  announces(key: TrackKey): boolean;
  /** Begins to connect. */
  open(): void;
  /** What has arrived of each track so far. */
  sample(): Promise<ReadonlyMap<TrackKey, TrackSample>>;
  /**
   * How much of the line its pictures may take from now on.
   *
   * @param knownBps what the line is known to carry, to start from; in bits per second
   */
  take(share: Share, knownBps?: number): void;
  /**
   * How large a picture is shown, which need not be sent larger.
   *
   * @param height in pixels of the screen
   * @param lines that the picture has
   */
  shown(key: TrackKey, height: number, lines: number): void;
  /** What the line upwards carries as far as this path knows, in bits per second. */
  uplinkBps(): Promise<number | undefined>;
  close(): void;
}
