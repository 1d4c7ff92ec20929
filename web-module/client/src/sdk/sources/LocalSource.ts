import type { Source, SourceRole } from "../contract";
import { Emitter } from "../emitter";

/** One place where a clone of a source's track is sent from. */
export interface TrackSink {
  /** Sends another track from now on, or nothing. */
  replaceTrack(track: MediaStreamTrack | null): void;
  /** What is sent from now on is silence or black, or is not. */
  muteChanged(muted: boolean): void;
}

export interface LocalSourceEvents {
  changed: LocalSource;
  /** The track ended by itself: the device was unplugged, or the person stopped sharing in the browser's own bar. */
  ended: LocalSource;
}

/**
 * Something that this participant sends, with one id on every path. It owns every clone of its track: mute, stop and a change of
 * device reach all of them at once.
 */
export class LocalSource {
  readonly events = new Emitter<LocalSourceEvents>();
  readonly sourceId: string;
  readonly role: SourceRole;
  readonly #clones = new Map<TrackSink, MediaStreamTrack | null>();
  #track: MediaStreamTrack | null;
  #muted: boolean;

  constructor(sourceId: string, role: SourceRole, track: MediaStreamTrack | null, muted: boolean) {
    this.sourceId = sourceId;
    this.role = role;
    this.#muted = muted;
    this.#track = null;
    this.#take(track);
  }

  get kind(): "audio" | "video" {
    return this.role === "MICROPHONE" || this.role === "SCREEN_AUDIO" ? "audio" : "video";
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The original, for a preview; null while the device is off. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** What the others are told of this source. */
  get description(): Source {
    return { sourceId: this.sourceId, kind: this.kind, role: this.role, muted: this.#muted };
  }

  /**
   * Begins to feed a sink with a clone of its own: the same track on two peer connections would arrive with one id, and a
   * receiver that holds both loses its picture when one of them ends.
   */
  attach(sink: TrackSink): MediaStreamTrack | null {
    this.detach(sink);
    const clone = this.#track?.clone() ?? null;
    this.#clones.set(sink, clone);
    return clone;
  }

  detach(sink: TrackSink): void {
    this.#clones.get(sink)?.stop();
    this.#clones.delete(sink);
  }

  setMuted(muted: boolean): void {
    if (this.#muted === muted) {
      return;
    }
    this.#muted = muted;
    this.#everyTrack((track) => (track.enabled = !muted));
    [...this.#clones.keys()].forEach((sink) => sink.muteChanged(muted));
    this.events.emit("changed", this);
  }

  /** Another device, or none: every sink gets a clone of the new track before the old one ends. */
  setTrack(track: MediaStreamTrack | null): void {
    const old = [this.#track, ...this.#clones.values()];
    this.#take(track);
    for (const sink of [...this.#clones.keys()]) {
      const clone = this.#track?.clone() ?? null;
      this.#clones.set(sink, clone);
      sink.replaceTrack(clone);
    }
    old.forEach((gone) => gone?.stop());
    this.events.emit("changed", this);
  }

  /** Ends the track and every clone of it. */
  stop(): void {
    this.#everyTrack((track) => track.stop());
    this.#clones.clear();
    this.#track = null;
  }

  #take(track: MediaStreamTrack | null): void {
    this.#track = track;
    if (track !== null) {
      track.enabled = !this.#muted;
      track.onended = () => track === this.#track && this.events.emit("ended", this);
    }
  }

  #everyTrack(action: (track: MediaStreamTrack) => void): void {
    for (const track of [this.#track, ...this.#clones.values()]) {
      if (track !== null) {
        action(track);
      }
    }
  }
}
