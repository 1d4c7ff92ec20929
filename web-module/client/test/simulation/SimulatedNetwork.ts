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
  /** An end of a path has come up. */
  connected: SimulatedPath;
}

/** The network of one call: knows which paths are open at which participants, and carries their media. */
export class SimulatedNetwork {
  readonly events = new Emitter<NetworkEvents>();
  readonly #conditions: Conditions;
  /** By path to the SFU, the ends of those who use it. */
  readonly #ends = new Map<string, Set<SimulatedPath>>();
  /** Ends of direct paths whose other end is not open yet. */
  readonly #waiting = new Map<string, SimulatedPath>();
  readonly #partners = new Map<SimulatedPath, SimulatedPath>();

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  path(offered: Path, end: PathEnd): SimulatedPath {
    return new SimulatedPath(this, offered, end);
  }

  /** The other ends that media of this one reaches. */
  others(path: SimulatedPath): readonly SimulatedPath[] {
    const partner = this.#partners.get(path);
    const ends = path.kind === "SFU" ? [...(this.#ends.get(path.pathId) ?? [])] : partner ? [partner] : [];
    return ends.filter((other) => other !== path && other.state !== undefined);
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
    return path.kind === "SFU" || this.#partners.has(path);
  }

  trackDelay(): number {
    return this.#conditions.trackDelay();
  }

  reception(): Reception {
    return this.#conditions.reception();
  }

  // ---- what paths tell

  opened(path: SimulatedPath): void {
    if (path.kind === "SFU") {
      const ends = this.#ends.get(path.pathId) ?? new Set();
      this.#ends.set(path.pathId, ends.add(path));
      path.begin(this.#conditions.fate("SFU", [path.self]));
      return;
    }
    const partner = this.#waiting.get(path.pathId);
    if (partner === undefined || partner.self === path.self) {
      this.#waiting.set(path.pathId, path);
      return;
    }
    this.#waiting.delete(path.pathId);
    this.#partners.set(path, partner).set(partner, path);
    const fate = this.#conditions.fate("DIRECT", [path.self, partner.self]);
    [path, partner].forEach((end) => end.begin(fate));
  }

  failed(path: SimulatedPath): void {
    this.events.emit("failed", path);
  }

  connected(path: SimulatedPath): void {
    this.events.emit("connected", path);
  }

  closed(path: SimulatedPath): void {
    const others = this.others(path);
    this.#ends.get(path.pathId)?.delete(path);
    this.#partners.delete(this.#partners.get(path) ?? path);
    this.#partners.delete(path);
    if (this.#waiting.get(path.pathId) === path) {
      this.#waiting.delete(path.pathId);
    }
    for (const other of others) {
      if (path.kind === "DIRECT") {
        other.break(false);
      } else {
        [...other.tracks.keys()].filter((key) => trackOf(key).participantId === path.self).forEach((key) => other.lose(key));
      }
    }
  }
}
