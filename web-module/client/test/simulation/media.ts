import type { Clock } from "../../src/sdk/clock";
import type { TrackSample } from "../../src/sdk/paths/trackSamples";
import type { LocalSource, TrackSink } from "../../src/sdk/sources/LocalSource";

const AUDIO_PACKETS_PER_MS = 0.05;
const VIDEO_PACKETS_PER_MS = 0.1;
const FRAMES_PER_MS = 0.03;
/** Discontinuous transmission: a muted microphone still sends comfort noise every 400 ms. */
const COMFORT_NOISE_PER_MS = 1 / 400;

/** A source as one path sends it: by a clone of its own, as the real senders do. */
export class SourceFeed implements TrackSink {
  readonly source: LocalSource;
  #track: MediaStreamTrack | null;

  constructor(source: LocalSource) {
    this.source = source;
    this.#track = source.attach(this);
  }

  replaceTrack(track: MediaStreamTrack | null): void {
    this.#track = track;
  }

  muteChanged(): void {
    // The clone is silent or black already.
  }

  /** Whether there is something to see or hear. */
  get live(): boolean {
    return this.#track?.readyState === "live" && this.#track.enabled;
  }

  get packetsPerMs(): number {
    if (this.#track === null || this.#track.readyState === "ended") {
      return 0;
    }
    if (this.source.kind === "video") {
      return VIDEO_PACKETS_PER_MS;
    }
    return this.#track.enabled ? AUDIO_PACKETS_PER_MS : COMFORT_NOISE_PER_MS;
  }

  close(): void {
    this.source.detach(this);
  }
}

/** How one source comes through on one path. */
export interface Reception {
  /** Share of packets that are lost, 0 to 1. */
  readonly loss: number;
  /** How long the first picture takes to be decoded, in milliseconds of packets. */
  readonly decodeMs: number;
}

/** One source as it arrives at one receiver over one path. */
export class Flow {
  readonly #clock: Clock;
  readonly #feed: SourceFeed;
  readonly #carried: () => boolean;
  readonly #reception: Reception;
  #at: number;
  #carriedMs = 0;
  #packets = 0;
  #frames = 0;

  /**
   * @param carried whether the path is up at both ends now
   */
  constructor(clock: Clock, feed: SourceFeed, carried: () => boolean, reception: Reception) {
    this.#clock = clock;
    this.#feed = feed;
    this.#carried = carried;
    this.#reception = reception;
    this.#at = clock.now();
  }

  get kind(): "audio" | "video" {
    return this.#feed.source.kind;
  }

  /** Whether somebody who renders it sees or hears the other side now. */
  get perceived(): boolean {
    this.#advance();
    return this.#feed.live && this.#carried() && (this.kind === "audio" || this.#frames > 0);
  }

  sample(): TrackSample {
    this.#advance();
    return { packetsReceived: Math.floor(this.#packets), framesDecoded: Math.floor(this.#frames) };
  }

  #advance(): void {
    const elapsed = this.#clock.now() - this.#at;
    this.#at += elapsed;
    const rate = this.#carried() ? this.#feed.packetsPerMs : 0;
    if (rate === 0) {
      return;
    }
    this.#packets += elapsed * rate * (1 - this.#reception.loss);
    const before = this.#carriedMs;
    this.#carriedMs += elapsed;
    if (this.kind === "video") {
      this.#frames += Math.min(elapsed, Math.max(0, before + elapsed - this.#reception.decodeMs)) * FRAMES_PER_MS;
    }
  }
}

/** What a receiver is given for a source; stands where a MediaStreamTrack does. */
export class RemoteTrack {
  readonly kind: "audio" | "video";
  readonly flow: Flow;

  constructor(flow: Flow) {
    this.kind = flow.kind;
    this.flow = flow;
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }

  static of(track: MediaStreamTrack): RemoteTrack {
    return track as unknown as RemoteTrack;
  }
}
