import type { MediaPath } from "./MediaPath";
import type { PathSet } from "./PathSet";
import type { TrackMonitor } from "./TrackMonitor";

/** A line that carries less than this has no room for two full sets of pictures, in bits per second. */
export const THIN_BPS = 1_200_000;

/**
 * Keeps a new path from taking the line from the old one: on a thin line it starts with as little as shows a picture and grows when the
 * change is over, and the old one leaves some room, so that its pictures need not wait behind those of the new one. How thin the line is, the
 * old path knows; the new one starts from that.
 */
export class UplinkCare {
  readonly #paths: PathSet;
  readonly #changing: () => boolean;
  readonly #known = new Set<MediaPath>();
  /** New and old ones that do not take all that they could. */
  readonly #modest = new Set<MediaPath>();

  /**
   * @param changing whether the call is between two topologies
   */
  constructor(paths: PathSet, monitor: TrackMonitor, changing: () => boolean) {
    this.#paths = paths;
    this.#changing = changing;
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
    path.take("LEAN");
    this.#modest.add(path);
    const rates = await Promise.all(old.map((each) => each.uplinkBps().catch(() => undefined)));
    const known = rates.filter((rate) => rate !== undefined);
    if (known.length === 0 || Math.max(...known) >= THIN_BPS) {
      this.#modest.delete(path);
      path.take("FULL", known.length === 0 ? undefined : Math.max(...known));
    } else {
      old.forEach((each, index) => this.#reduce(each, rates[index]));
    }
  }

  /** One that is lean, or has been reduced for another path, stays so. */
  #reduce(path: MediaPath, bps: number | undefined): void {
    if (bps !== undefined && this.#known.has(path) && !this.#modest.has(path)) {
      this.#modest.add(path);
      path.take("REDUCED", bps);
    }
  }

  #grow(): void {
    if (!this.#changing()) {
      this.#modest.forEach((path) => path.take("FULL"));
      this.#modest.clear();
    }
  }
}
