import type { Clock } from "../clock";
import type { MediaPath } from "./MediaPath";
import type { PathSet } from "./PathSet";
import type { Share } from "./quality";
import type { TrackMonitor } from "./TrackMonitor";

/** A line that carries less than this has no room for two full sets of pictures, in bits per second. */
export const THIN_BPS = 1_200_000;

/**
 * A path that is known to carry less takes little, and is left alone: every limit that changes makes a sender look for what the line
 * carries, with packets for which its pictures wait.
 */
export const REDUCIBLE_BPS = 250_000;

/** So long a path sends small pictures after the change: the first large one is a key frame, and should find the line measured. */
export const COARSE_MS = 2_000;

/** By so much more a line must carry than was known before pictures are told. */
const WORTH_TELLING = 1.1;

/** A path that does not take all that it could. */
interface Modesty {
  readonly share: Exclude<Share, "FULL">;
  /** Since when, on the clock's scale. */
  readonly since: number;
  /** What the line is known to carry, in bits per second. */
  readonly bps: number;
}

/**
 * Keeps a new path from taking the line from the old one: on a thin line it starts with as little as shows a picture, and the old one
 * leaves some room, so that its pictures need not wait behind those of the new one. How thin the line is, the old path knows; the new one
 * starts from that. When the change is over a path grows with what congestion control finds, never ahead of it: a limit above what the line
 * is known to carry makes a sender look for more with a burst, which fills the line, and for which pictures then wait half a second.
 */
export class UplinkCare {
  readonly #paths: PathSet;
  readonly #changing: () => boolean;
  readonly #clock: Clock;
  readonly #known = new Set<MediaPath>();
  /** New and old ones. */
  readonly #modest = new Map<MediaPath, Modesty>();

  /**
   * @param changing whether the call is between two topologies
   */
  constructor(paths: PathSet, monitor: TrackMonitor, changing: () => boolean, clock: Clock) {
    this.#paths = paths;
    this.#changing = changing;
    this.#clock = clock;
    paths.events.on("changed", () => this.#look());
    monitor.events.on("sampled", () => this.#grow());
  }

  #look(): void {
    const open = this.#paths.all.map(({ path }) => path);
    // One that has only just begun knows nothing of the line.
    const old = this.#paths.all.filter(({ path, committed }) => committed && this.#known.has(path)).map(({ path }) => path);
    for (const path of open.filter((each) => !this.#known.has(each))) {
      this.#known.add(path);
      if (old.length > 0) {
        void this.#begin(path, old);
      }
    }
    for (const path of [...this.#known].filter((each) => !open.includes(each))) {
      this.#known.delete(path);
      this.#modest.delete(path);
    }
  }

  async #begin(path: MediaPath, old: readonly MediaPath[]): Promise<void> {
    const modesty = this.#become(path, "LEAN");
    const rates = await Promise.all(old.map((each) => each.uplinkBps().catch(() => undefined)));
    const known = rates.filter((rate) => rate !== undefined);
    const bps = known.length === 0 ? undefined : Math.max(...known);
    if (this.#modest.get(path) !== modesty) {
      return;
    }
    if (bps === undefined || bps >= THIN_BPS) {
      this.#becomeFull(path, bps);
    } else {
      this.#become(path, "LEAN", bps);
      old.forEach((each, index) => this.#reduce(each, rates[index]));
    }
  }

  /** One that is lean, or has been reduced for another path, stays so. */
  #reduce(path: MediaPath, bps: number | undefined): void {
    const share = this.#modest.get(path)?.share;
    if (bps !== undefined && bps >= REDUCIBLE_BPS && this.#known.has(path) && (share === undefined || share === "MEASURED")) {
      this.#become(path, "REDUCED", bps);
    }
  }

  #grow(): void {
    if (!this.#changing()) {
      this.#modest.forEach((modesty, path) => void this.#growFrom(modesty, path));
    }
  }

  async #growFrom(modesty: Modesty, path: MediaPath): Promise<void> {
    if (!path.ready) {
      return; // It knows nothing of the line yet.
    }
    const bps = await path.uplinkBps().catch(() => undefined);
    if (this.#modest.get(path) !== modesty || this.#changing()) {
      return;
    }
    if (bps === undefined || bps >= THIN_BPS) {
      this.#becomeFull(path);
    } else if (modesty.share === "LEAN") {
      this.#become(path, "COARSE", bps);
    } else if (modesty.share === "REDUCED" || (modesty.share === "COARSE" && this.#clock.now() - modesty.since >= COARSE_MS)) {
      this.#become(path, "MEASURED", bps);
    } else if (bps >= modesty.bps * WORTH_TELLING) {
      this.#become(path, modesty.share, bps, modesty.since);
    }
  }

  #becomeFull(path: MediaPath, bps?: number): void {
    this.#modest.delete(path);
    path.take("FULL", bps);
  }

  #become(path: MediaPath, share: Modesty["share"], bps?: number, since = this.#clock.now()): Modesty {
    const modesty = { share, since, bps: bps ?? 0 };
    this.#modest.set(path, modesty);
    path.take(share, bps);
    return modesty;
  }
}
