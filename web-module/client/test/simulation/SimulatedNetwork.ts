import type { Path } from "../../src/sdk/contract";
import { trackOf } from "../../src/sdk/contract";
import { Emitter } from "../../src/sdk/emitter";
import type { Reception } from "./media";
import { type PathEnd, SimulatedPath } from "./SimulatedPath";

/** What becomes of a path that is brought up. */
export interface Fate {
  readonly connects: boolean;
  readonly afterMs: number;
}

/** How the network treats the paths of a call. */
export interface Conditions {
  /** @param ends the participants at its ends; one for a path to the SFU */
  fate(kind: "DIRECT" | "SFU", ends: readonly string[]): Fate;
  /** How long a track takes to arrive on a path that is up, in milliseconds. */
  trackDelay(): number;
  reception(): Reception;
}

export interface NetworkEvents {
  /** An end of a path will not come up, or did not come back. */
  failed: SimulatedPath;
}

/** The network of one call: knows which paths are open at which participants, and carries their media. */
export class SimulatedNetwork {
  readonly events = new Emitter<NetworkEvents>();
  readonly #conditions: Conditions;
  readonly #ends = new Map<string, Set<SimulatedPath>>();

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  path(offered: Path, end: PathEnd): SimulatedPath {
    return new SimulatedPath(this, offered, end);
  }

  get all(): readonly SimulatedPath[] {
    return [...this.#ends.values()].flatMap((ends) => [...ends]);
  }

  /** The other ends that media of this one reaches. */
  others(path: SimulatedPath): readonly SimulatedPath[] {
    return [...(this.#ends.get(path.pathId) ?? [])].filter((other) => other !== path && other.state !== undefined);
  }

  /** Breaks a path: both ends of a direct one, this client's part of one to the SFU. */
  break(path: SimulatedPath, mends: boolean): void {
    path.break(mends);
    if (path.kind === "DIRECT") {
      this.others(path).forEach((other) => other.break(mends));
    }
  }

  /** Whether the other side is there. */
  answers(path: SimulatedPath): boolean {
    return path.kind === "SFU" || this.#ends.get(path.pathId)?.size === 2;
  }

  trackDelay(): number {
    return this.#conditions.trackDelay();
  }

  reception(): Reception {
    return this.#conditions.reception();
  }

  // ---- what paths tell

  opened(path: SimulatedPath): void {
    const ends = this.#ends.get(path.pathId) ?? new Set();
    this.#ends.set(path.pathId, ends.add(path));
    if (path.kind === "SFU") {
      path.begin(this.#conditions.fate("SFU", [path.self]));
    } else if (ends.size === 2) {
      const fate = this.#conditions.fate("DIRECT", [...ends].map((end) => end.self));
      ends.forEach((end) => end.begin(fate));
    }
  }

  failed(path: SimulatedPath): void {
    this.events.emit("failed", path);
  }

  closed(path: SimulatedPath): void {
    const others = this.others(path);
    this.#ends.get(path.pathId)?.delete(path);
    for (const other of others) {
      if (path.kind === "DIRECT") {
        other.break(false);
      } else {
        [...other.tracks.keys()].filter((key) => trackOf(key).participantId === path.self).forEach((key) => other.lose(key));
      }
    }
  }
}
