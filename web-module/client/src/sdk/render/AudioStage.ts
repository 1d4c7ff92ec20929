import { Emitter } from "../emitter";
import { AudioFeed } from "./AudioFeed";
import type { AudioOutput } from "./AudioOutput";
import { LevelMeter } from "./LevelMeter";
import type { SoundStage, StageEvents } from "./Stage";

/** Longest time for which the old path is heard on until the new one plays without a break; silence made by a device never does. */
const PATIENCE_MS = 1_000;

/**
 * Where the sound of one source is heard. It goes over to another path when that plays without a break, and then by a cross-fade: a hard
 * cut would click.
 */
export class AudioStage implements SoundStage {
  readonly kind = "audio";
  readonly events = new Emitter<StageEvents>();
  readonly #output: AudioOutput;
  readonly #sum: GainNode;
  readonly #meter: LevelMeter;
  readonly #feeds = new Map<string, AudioFeed>();
  #shown: AudioFeed | undefined;
  #wanted: AudioFeed | undefined;
  #wantedSince = 0;

  constructor(output: AudioOutput) {
    this.#output = output;
    this.#sum = output.context.createGain();
    this.#sum.connect(output.context.destination);
    this.#meter = new LevelMeter(output.context, this.#sum);
  }

  get shownPath(): string | undefined {
    return this.#shown?.pathId;
  }

  get level(): number {
    return this.#meter.level();
  }

  offer(pathId: string, track: MediaStreamTrack): void {
    if (this.#feeds.get(pathId)?.track !== track) {
      this.withdraw(pathId);
      this.#feeds.set(pathId, new AudioFeed(pathId, track, this.#output.context, this.#sum));
    }
  }

  withdraw(pathId: string): void {
    const feed = this.#feeds.get(pathId);
    if (feed === undefined) {
      return;
    }
    this.#feeds.delete(pathId);
    if (this.#wanted === feed) {
      this.#wanted = undefined;
    }
    if (this.#shown === feed) {
      this.#shown = undefined;
      this.#goOver();
    }
    feed.close();
  }

  show(pathId: string): void {
    const feed = this.#feeds.get(pathId);
    if (feed === undefined) {
      return;
    }
    const now = performance.now();
    if (feed !== this.#wanted) {
      this.#wanted = feed;
      this.#wantedSince = now;
    }
    if (this.#shown === undefined || feed.continuous || now - this.#wantedSince >= PATIENCE_MS) {
      this.#goOver();
    }
  }

  close(): void {
    [...this.#feeds.keys()].forEach((pathId) => this.withdraw(pathId));
    this.#meter.close();
    this.#sum.disconnect();
  }

  #goOver(): void {
    const feed = this.#wanted;
    if (feed !== undefined && feed !== this.#shown) {
      this.#shown?.fade(0);
      feed.fade(1);
      this.#shown = feed;
      this.events.emit("switched", { pathId: feed.pathId, gapMs: 0 });
    }
  }
}
