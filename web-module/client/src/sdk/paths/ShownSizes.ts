import type { Clock } from "../clock";
import { HIGHEST_LAYER, layerFor } from "./quality";

/** Smaller pictures are asked for when they have been enough for so long: sizes change while people come and go. */
const PATIENCE_MS = 10_000;

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
   * @param height in pixels of the screen
   */
  news(consumerId: string, height: number): number | undefined {
    const layer = layerFor(height);
    const told = this.#told.get(consumerId) ?? HIGHEST_LAYER;
    if (layer >= told) {
      this.#smallSince.delete(consumerId);
    } else {
      const since = this.#smallSince.get(consumerId) ?? this.#clock.now();
      this.#smallSince.set(consumerId, since);
      if (this.#clock.now() - since < PATIENCE_MS) {
        return undefined;
      }
    }
    this.#told.set(consumerId, layer);
    return layer === told ? undefined : layer;
  }
}
