import type { Clock } from "../../src/sdk/clock";

const INTERVAL_MS = 100;
const LATE_MS = 500;

/** Tells whether the server has the processor it needs: while it does not even say that it lives, time does not count. */
export class Pulse {
  readonly #clock: Clock;
  readonly #address: URL;
  #lastBeat: number;
  #stopped = false;

  /**
   * @param server address of the server
   */
  constructor(clock: Clock, server: string) {
    this.#clock = clock;
    this.#address = new URL("health/live", server);
    this.#lastBeat = clock.now();
    void this.#listen();
  }

  get late(): boolean {
    return this.#clock.now() - this.#lastBeat > LATE_MS;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #listen(): Promise<void> {
    while (!this.#stopped) {
      const asked = this.#clock.now();
      const answer = await fetch(this.#address).catch(() => undefined);
      await answer?.text();
      if (this.#clock.now() - asked < LATE_MS) {
        this.#lastBeat = this.#clock.now();
      }
      await new Promise<void>((resolve) => this.#clock.after(INTERVAL_MS, resolve));
    }
  }
}
