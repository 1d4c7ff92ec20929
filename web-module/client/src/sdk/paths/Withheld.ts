import type { TrackKey } from "../contract";

/** UNSELECTED: others have spoken since. STARVING: this client's line has no room for it. */
export type WithheldReason = "UNSELECTED" | "STARVING";

/** The tracks of a path of which the server sends nothing for now. */
export class Withheld {
  readonly #reasons: Readonly<Record<WithheldReason, Set<TrackKey>>> = { UNSELECTED: new Set(), STARVING: new Set() };

  has(key: TrackKey): boolean {
    return this.is(key, "UNSELECTED") || this.is(key, "STARVING");
  }

  is(key: TrackKey, reason: WithheldReason): boolean {
    return this.#reasons[reason].has(key);
  }

  note(key: TrackKey, reason: WithheldReason, withheld: boolean): void {
    if (withheld) {
      this.#reasons[reason].add(key);
    } else {
      this.#reasons[reason].delete(key);
    }
  }

  forget(key: TrackKey): void {
    Object.values(this.#reasons).forEach((keys) => keys.delete(key));
  }
}
