import type { MediaPath } from "./MediaPath";
import type { PathSet } from "./PathSet";
import type { TrackMonitor } from "./TrackMonitor";

/** A line that carries less than this has no room for two full sets of pictures, in bits per second. */
export const THIN_BPS = 1_200_000;

/**
 * Keeps a new path from taking the line from the old one: on a thin line it starts with as little as shows a picture and grows when the
 * change is over. How thin the line is, the old path knows; the new one starts from that.
 */
export class UplinkCare {
  readonly #paths: PathSet;
  readonly #changing: () => boolean;
  readonly #known = new Set<MediaPath>();
  readonly #lean = new Set<MediaPath>();

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
    const old = open.filter((path) => this.#known.has(path));
    for (const path of open.filter((each) => !this.#known.has(each))) {
      this.#known.add(path);
      if (old.length > 0) {
        void this.#begin(path, old);
      }
    }
    for (const path of [...this.#known].filter((each) => !open.includes(each))) {
      this.#known.delete(path);
      this.#lean.delete(path);
    }
  }

  async #begin(path: MediaPath, old: readonly MediaPath[]): Promise<void> {
    path.take("LEAN");
    this.#lean.add(path);
    const rates = await Promise.allSettled(old.map((each) => each.uplinkBps()));
    const known = rates.flatMap((rate) => (rate.status === "fulfilled" && rate.value !== undefined ? [rate.value] : []));
    if (known.length === 0 || Math.max(...known) >= THIN_BPS) {
      this.#lean.delete(path);
      path.take("FULL", known.length === 0 ? undefined : Math.max(...known));
    }
  }

  #grow(): void {
    if (!this.#changing()) {
      this.#lean.forEach((path) => path.take("FULL"));
      this.#lean.clear();
    }
  }
}
