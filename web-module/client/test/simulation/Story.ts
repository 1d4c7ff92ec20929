import type { Clock } from "../../src/sdk/clock";

const REMEMBERED = 150;

/** What happened in one call, to be told when something went wrong. */
export class Story {
  readonly #clock: Clock;
  readonly #title: string;
  readonly #lines: string[] = [];

  constructor(clock: Clock, title: string) {
    this.#clock = clock;
    this.#title = title;
  }

  tell(what: string): void {
    const seconds = (this.#clock.now() / 1_000).toFixed(3).padStart(9);
    this.#lines.push(`${seconds} s  ${what}`);
    if (this.#lines.length > REMEMBERED) {
      this.#lines.shift();
    }
  }

  toString(): string {
    return [this.#title, ...this.#lines].join("\n");
  }
}

/** Something that must never happen has happened. */
export class Violation extends Error {}
