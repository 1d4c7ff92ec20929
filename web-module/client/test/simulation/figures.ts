/** Why somebody was without media of somebody else. */
export type Cause = "SWITCH" | "PATH_BROKEN" | "SOCKET_CUT" | "NONE";

/** What happened in all calls together. */
export class Figures {
  readonly counts = {
    switches: 0, "roll-backs": 0, joins: 0, leaves: 0, kills: 0, "cut sockets": 0, "new sessions": 0, "failed paths": 0,
    "broken paths": 0, mutes: 0, cameras: 0, screens: 0, "hidden tabs": 0, "dropped calls": 0, stuck: 0, "without media": 0,
  };
  readonly #longestMs = new Map<Cause, number>();
  #settledMs = 0;

  count(what: keyof Figures["counts"]): void {
    this.counts[what] += 1;
  }

  /** Somebody was without media of somebody else for so long. */
  without(cause: Cause, ms: number): void {
    this.#longestMs.set(cause, Math.max(ms, this.#longestMs.get(cause) ?? 0));
  }

  longestMs(cause: Cause): number {
    return Math.round(this.#longestMs.get(cause) ?? 0);
  }

  /** So long after its last change a call was as it should be. */
  settled(ms: number): void {
    this.#settledMs = Math.max(this.#settledMs, ms);
  }

  /** One line, for people and for programs. */
  toString(): string {
    const counts = Object.entries(this.counts).map(([what, count]) => `${what} ${count}`);
    const causes = (["SWITCH", "NONE", "PATH_BROKEN", "SOCKET_CUT"] as const).map(
      (cause) => `${cause.toLowerCase().replace("_", " ")} ${this.longestMs(cause)} ms`,
    );
    return `${counts.join(", ")}; longest time without media of somebody by cause: ${causes.join(", ")}; ` +
      `longest time from the last change until everything was right: ${Math.round(this.#settledMs)} ms`;
  }
}
