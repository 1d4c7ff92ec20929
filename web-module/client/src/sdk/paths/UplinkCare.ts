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

/** A path that does not take all that it could. */
interface Modesty {
  share: Exclude<Share, "FULL">;
  /** Since when, on the clock's scale. */
  since: number;
}

/**
 * Keeps a new path from taking the line from the old one: on a thin line it starts with as little as shows a picture and grows step by
 * step when the change is over, and the old one leaves some room, so that its pictures need not wait behind those of the new one. How thin
 * the line is, the old path knows; the new one starts from that.
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
    this.#become(path, "LEAN");
    const rates = await Promise.all(old.map((each) => each.uplinkBps().catch(() => undefined)));
    const known = rates.filter((rate) => rate !== undefined);
    if (known.length === 0 || Math.max(...known) >= THIN_BPS) {
      this.#modest.delete(path);
      path.take("FULL", known.length === 0 ? undefined : Math.max(...known));
    } else {
      path.take("LEAN", Math.max(...known));
      old.forEach((each, index) => this.#reduce(each, rates[index]));
    }
  }

  /** One that is lean, or has been reduced for another path, stays so. */
  #reduce(path: MediaPath, bps: number | undefined): void {
    if (bps !== undefined && bps >= REDUCIBLE_BPS && this.#known.has(path) && !this.#modest.has(path)) {
      this.#become(path, "REDUCED", bps);
    }
  }

  #grow(): void {
    if (!this.#changing()) {
      this.#modest.forEach((modesty, path) => this.#growFrom(modesty, path));
    }
  }

  #growFrom({ share, since }: Modesty, path: MediaPath): void {
    if (share === "LEAN") {
      this.#become(path, "COARSE");
    } else if (share === "REDUCED" || this.#clock.now() - since >= COARSE_MS) {
      this.#modest.delete(path);
      path.take("FULL");
    }
  }

  #become(path: MediaPath, share: Modesty["share"], bps?: number): void {
    this.#modest.set(path, { share, since: this.#clock.now() });
    path.take(share, bps);
  }
}
