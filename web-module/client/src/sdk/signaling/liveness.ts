import type { Clock } from "../clock";

const QUIET_MS = 10_000;
const ANSWER_MS = 6_000;

/** Finds out whether a socket still lives: after some quiet it asks, and without any answer it is taken for dead. */
export class Liveness {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #dead: () => void;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, ask: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#dead = dead;
  }

  /** Something was said that the other side must answer. */
  expect(): void {
    this.stop();
    this.#cancel = this.#clock.after(ANSWER_MS, this.#dead);
  }

  /** Something was heard. */
  heard(): void {
    this.stop();
    this.#cancel = this.#clock.after(QUIET_MS, () => {
      this.expect();
      this.#ask();
    });
  }

  stop(): void {
    this.#cancel();
  }
}
