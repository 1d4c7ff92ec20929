import type { Clock } from "../clock";
import type { TrackKey } from "../contract";
import { Emitter } from "../emitter";
import type { PathSet } from "./PathSet";
import { NOTHING_ARRIVED, type TrackSample } from "./trackSamples";

/** What is known of one track on one path. */
export interface TrackActivity extends TrackSample {
  /** When packets were last seen to have come, on the clock's scale; undefined before the first. */
  readonly lastPacketsAt: number | undefined;
}

export const NO_ACTIVITY: TrackActivity = { ...NOTHING_ARRIVED, lastPacketsAt: undefined };

const EAGER_MS = 100;
const CALM_MS = 500;

/** Looks at the statistics of every path again and again: often while something changes, else now and then. */
export class TrackMonitor {
  readonly events = new Emitter<{ sampled: TrackMonitor }>();
  readonly #paths: PathSet;
  readonly #clock: Clock;
  readonly #eager: () => boolean;
  readonly #activity = new Map<string, Map<TrackKey, TrackActivity>>();
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(paths: PathSet, clock: Clock, eager: () => boolean) {
    this.#paths = paths;
    this.#clock = clock;
    this.#eager = eager;
  }

  start(): void {
    this.#cancel = this.#clock.after(this.#eager() ? EAGER_MS : CALM_MS, () => void this.#round());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  of(pathId: string, key: TrackKey): TrackActivity {
    return this.#activity.get(pathId)?.get(key) ?? NO_ACTIVITY;
  }

  async #round(): Promise<void> {
    await Promise.allSettled(this.#paths.all.map(({ path }) => this.#look(path.pathId, path.sample())));
    for (const pathId of this.#activity.keys()) {
      if (this.#paths.byId(pathId) === undefined) {
        this.#activity.delete(pathId);
      }
    }
    if (!this.#stopped) {
      this.events.emit("sampled", this);
      this.start();
    }
  }

  async #look(pathId: string, sampling: Promise<ReadonlyMap<TrackKey, TrackSample>>): Promise<void> {
    const before = this.#activity.get(pathId);
    const after = new Map<TrackKey, TrackActivity>();
    for (const [key, sample] of await sampling) {
      const known = before?.get(key) ?? NO_ACTIVITY;
      const more = sample.packetsReceived > known.packetsReceived;
      after.set(key, { ...sample, lastPacketsAt: more ? this.#clock.now() : known.lastPacketsAt });
    }
    this.#activity.set(pathId, after);
  }
}
