import type { Clock } from "../clock";

/** So long a narrow line has between two things that each fill it for a moment. */
export const TURN_MS = 100;

/**
 * Lets the things that make a path take turns on a narrow line, so that the pictures of the old path find room between them: a handshake
 * or a first picture fills such a line for some 50 ms, and all at once would make congestion control give up most of it.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #narrow: () => boolean;
  #last = -Infinity;

  /**
   * @param narrow whether the line is narrow; on any other nothing waits
   */
  constructor(clock: Clock, narrow: () => boolean) {
    this.#clock = clock;
    this.#narrow = narrow;
  }

  /** Resolves when it is the caller's turn. */
  next(): Promise<void> {
    const now = this.#clock.now();
    if (!this.#narrow()) {
      return Promise.resolve();
    }
    this.#last = Math.max(now, this.#last + TURN_MS);
    const wait = this.#last - now;
    return wait > 0 ? new Promise((resolve) => this.#clock.after(wait, resolve)) : Promise.resolve();
  }
}
