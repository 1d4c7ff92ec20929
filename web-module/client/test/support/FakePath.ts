import type { PathState, TrackKey } from "../../src/sdk/contract";
import { Emitter } from "../../src/sdk/emitter";
import type { MediaPath, MediaPathEvents } from "../../src/sdk/paths/MediaPath";
import type { Share } from "../../src/sdk/paths/quality";
import type { TrackSample } from "../../src/sdk/paths/trackSamples";
import { FakeTrack } from "./FakeTrack";
import { Withheld } from "../../src/sdk/paths/Withheld";

/** A path of sound whose connection and media are what a test says. */
export class FakePath implements MediaPath {
  readonly events = new Emitter<MediaPathEvents>();
  readonly tracks = new Map<TrackKey, MediaStreamTrack>();
  readonly withheld = new Withheld();
  /** What it took, each until another came. */
  readonly shares: Share[] = [];
  /** What it was told of the line at last. */
  knownBps: number | undefined;
  state: PathState | undefined;
  closed = false;
  left = false;
  bps: number | undefined;
  #samples = new Map<TrackKey, TrackSample>();

  readonly pathId: string;
  readonly kind: "DIRECT" | "SFU";
  readonly #reached: readonly string[];

  constructor(pathId: string, kind: "DIRECT" | "SFU", reached: readonly string[]) {
    this.pathId = pathId;
    this.kind = kind;
    this.#reached = reached;
  }

  get ready(): boolean {
    return this.state === "CONNECTED";
  }

  announces(key: TrackKey): boolean {
    return this.tracks.has(key);
  }

  reaches(participantId: string): boolean {
    return this.#reached.includes(participantId);
  }

  open(): void {
    // Connects when the test says so.
  }

  connect(): void {
    this.state = "CONNECTED";
    this.events.emit("state", this.state);
  }

  /** Packets have come, and pictures were decoded. */
  arrives(key: TrackKey, sample: TrackSample): void {
    this.#samples.set(key, sample);
    if (!this.tracks.has(key)) {
      const track = new FakeTrack("audio").asTrack();
      this.tracks.set(key, track);
      this.events.emit("trackAdded", { key, track });
    }
  }

  async sample(): Promise<ReadonlyMap<TrackKey, TrackSample>> {
    return new Map(this.#samples);
  }

  take(share: Share, knownBps?: number): void {
    if (this.shares.at(-1) !== share) {
      this.shares.push(share);
    }
    this.knownBps = knownBps ?? this.knownBps;
  }

  shown(): void {}

  async uplinkBps(): Promise<number | undefined> {
    return this.bps;
  }

  close(): void {
    this.closed = true;
  }
}
