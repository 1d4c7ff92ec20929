import type { Clock } from "../clock";
import type { TrackKey } from "../contract";
import { Emitter } from "../emitter";
import type { PathSet, PathStanding } from "../paths/PathSet";
import type { TrackMonitor } from "../paths/TrackMonitor";
import type { Roster } from "../Roster";
import { chooseOption, type Option } from "./choice";
import type { AnyStage, Stage } from "./Stage";

export interface RenderersEvents {
  /** A stage came, went, or shows something else now. */
  changed: TrackKey;
}

/** One stage for every source of every other participant, each fed from the path that should be seen or heard. */
export class Renderers {
  readonly events = new Emitter<RenderersEvents>();
  readonly #paths: PathSet;
  readonly #roster: Roster;
  readonly #monitor: TrackMonitor;
  readonly #makeStage: (kind: Stage["kind"]) => AnyStage;
  readonly #clock: Clock;
  readonly #stages = new Map<TrackKey, AnyStage>();
  readonly #gaps = new Map<TrackKey, number>();

  constructor(
    paths: PathSet,
    roster: Roster,
    monitor: TrackMonitor,
    makeStage: (kind: Stage["kind"]) => AnyStage,
    clock: Clock,
  ) {
    this.#paths = paths;
    this.#roster = roster;
    this.#monitor = monitor;
    this.#makeStage = makeStage;
    this.#clock = clock;
    paths.events.on("tracks", (key) => this.#feed(key));
    monitor.events.on("sampled", () => this.evaluate());
  }

  stage(key: TrackKey): AnyStage | undefined {
    return this.#stages.get(key);
  }

  get all(): ReadonlyMap<TrackKey, AnyStage> {
    return this.#stages;
  }

  /** Whether somebody could see the track. */
  visible(key: TrackKey): boolean {
    const stage = this.#stages.get(key);
    return stage?.kind !== "video" || stage.watched;
  }

  /** What the latest change of path cost, in milliseconds. */
  gapMs(key: TrackKey): number {
    return this.#gaps.get(key) ?? 0;
  }

  /** Chooses anew for every track. */
  evaluate(): void {
    [...this.#stages.keys()].forEach((key) => {
      this.#choose(key);
      this.#tellHeight(key);
    });
  }

  /** Closes every stage. */
  clear(): void {
    [...this.#stages.keys()].forEach((key) => this.#close(key));
  }

  #feed(key: TrackKey): void {
    const carrying = this.#paths.carrying(key);
    const stage = this.#stages.get(key) ?? this.#open(key, carrying);
    if (stage === undefined) {
      return;
    }
    carrying.forEach(({ path }) => {
      const track = path.tracks.get(key);
      if (track !== undefined) {
        stage.offer(path.pathId, track);
      }
    });
    this.#choose(key);
    // The stage goes over first, so that what it leaves is not what it shows.
    const ids = new Set(carrying.map(({ path }) => path.pathId));
    this.#offered.get(key)?.forEach((pathId) => ids.has(pathId) || stage.withdraw(pathId));
    this.#offered.set(key, ids);
    if (carrying.length === 0) {
      this.#close(key);
    }
  }

  readonly #offered = new Map<TrackKey, ReadonlySet<string>>();

  #open(key: TrackKey, carrying: readonly PathStanding[]): AnyStage | undefined {
    const track = carrying[0]?.path.tracks.get(key);
    if (track === undefined) {
      return undefined;
    }
    const stage = this.#makeStage(track.kind === "audio" ? "audio" : "video");
    this.#stages.set(key, stage);
    stage.events.on("switched", ({ gapMs }) => {
      this.#gaps.set(key, gapMs);
      this.events.emit("changed", key);
    });
    this.events.emit("changed", key);
    return stage;
  }

  #choose(key: TrackKey): void {
    const stage = this.#stages.get(key);
    const muted = this.#roster.source(key)?.muted ?? false;
    const options = this.#paths.carrying(key).map((standing) => this.#option(standing, key));
    const chosen = stage && chooseOption(options, stage.shownPath, muted);
    if (chosen !== undefined) {
      stage?.show(chosen);
    }
  }

  #tellHeight(key: TrackKey): void {
    const stage = this.#stages.get(key);
    if (stage?.kind === "video" && stage.height > 0 && stage.lines > 0) {
      this.#paths.carrying(key)
        .filter(({ path }) => path.pathId === stage.shownPath)
        .forEach(({ path }) => path.shown(key, stage.height, stage.lines));
    }
  }

  #option({ path, committed, rank }: PathStanding, key: TrackKey): Option {
    const activity = this.#monitor.of(path.pathId, key);
    const video = path.tracks.get(key)?.kind === "video";
    return {
      pathId: path.pathId,
      committed,
      rank,
      presentable: video ? activity.framesDecoded > 0 : activity.packetsReceived > 0,
      silentMs: path.left || activity.lastPacketsAt === undefined ? Infinity : this.#clock.now() - activity.lastPacketsAt,
    };
  }

  #close(key: TrackKey): void {
    this.#stages.get(key)?.close();
    this.#stages.delete(key);
    this.#offered.delete(key);
    this.#gaps.delete(key);
    this.events.emit("changed", key);
  }
}
