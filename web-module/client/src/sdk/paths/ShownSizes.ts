import type { Clock } from "../clock";
import { HIGHEST_LAYER } from "./quality";

/** Smaller pictures are asked for when they have been enough for so long: sizes change while people come and go. */
const PATIENCE_MS = 10_000;

/** Each layer has twice as many lines as the one below. A picture may be shown a little larger than it is. */
const BLUR = 1.1;

/** The layer that each consumer's picture needs for the size at which it is shown. */
export class ShownSizes {
  readonly #clock: Clock;
  readonly #told = new Map<string, number>();
  readonly #smallSince = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The layer to tell the router of, or undefined when there is nothing new: larger at once, smaller after a while.
   *
   * @param shown how high the picture is on the screen, in its pixels
   * @param sent how many lines it has
   */
  news(consumerId: string, shown: number, sent: number): number | undefined {
    const told = this.#told.get(consumerId) ?? HIGHEST_LAYER;
    if (sent * BLUR < shown) {
      return this.#tell(consumerId, told, Math.min(HIGHEST_LAYER, told + 1));
    }
    if (sent * BLUR < 2 * shown) {
      this.#smallSince.delete(consumerId);
      return undefined;
    }
    const since = this.#smallSince.get(consumerId) ?? this.#clock.now();
    this.#smallSince.set(consumerId, since);
    return this.#clock.now() - since < PATIENCE_MS ? undefined : this.#tell(consumerId, told, Math.max(0, told - 1));
  }

  /** The consumer is gone. */
  forget(consumerId: string): void {
    this.#told.delete(consumerId);
    this.#smallSince.delete(consumerId);
  }

  #tell(consumerId: string, before: number, layer: number): number | undefined {
    this.#smallSince.delete(consumerId);
    this.#told.set(consumerId, layer);
    return layer === before ? undefined : layer;
  }
}
