import type { PathFailure, PathState, TrackKey } from "../contract";
import { Emitter } from "../emitter";
import type { MediaPath } from "./MediaPath";

/** Where a path stands in the call. */
export interface PathStanding {
  readonly path: MediaPath;
  /** The transition it is brought up for; undefined when it was offered for the topology in force. */
  readonly transitionId: string | undefined;
  /** Whether it belongs to the topology in force. */
  readonly committed: boolean;
  /** Of two paths the one that was opened, or put in force, later has the higher rank. */
  readonly rank: number;
  /** Whether it belongs to a session that is over: the server does not know it any more. */
  readonly former: boolean;
}

export interface PathSetEvents {
  /** A track came, went or may be rendered from elsewhere. */
  tracks: TrackKey;
  state: { readonly path: MediaPath; readonly state: PathState };
  failed: { readonly standing: PathStanding; readonly failure: PathFailure };
  changed: PathSet;
}

/** The paths that are open, old and new. */
export class PathSet {
  readonly events = new Emitter<PathSetEvents>();
  readonly #standings = new Map<string, PathStanding>();
  #lastRank = 0;

  get all(): readonly PathStanding[] {
    return [...this.#standings.values()];
  }

  byId(pathId: string): PathStanding | undefined {
    return this.#standings.get(pathId);
  }

  /** The paths on which a track arrives. */
  carrying(key: TrackKey): readonly PathStanding[] {
    return this.all.filter((standing) => standing.path.tracks.has(key));
  }

  /** Opens a path beside what exists. */
  add(path: MediaPath, transitionId: string | undefined): void {
    const rank = ++this.#lastRank;
    this.#standings.set(path.pathId, { path, transitionId, committed: transitionId === undefined, rank, former: false });
    path.events.on("trackAdded", ({ key }) => this.events.emit("tracks", key));
    path.events.on("trackRemoved", ({ key }) => this.events.emit("tracks", key));
    path.events.on("withheld", ({ key }) => this.events.emit("tracks", key));
    path.events.on("state", (state) => this.events.emit("state", { path, state }));
    path.events.on("failed", (failure) => {
      const standing = this.byId(path.pathId);
      if (standing !== undefined) {
        this.events.emit("failed", { standing, failure });
      }
    });
    this.events.emit("changed", this);
    path.open();
  }

  /** The session is over. Direct paths that work can do without it, and stay; the server gives their names to no others. */
  outlive(): void {
    for (const [pathId, standing] of [...this.#standings]) {
      const { path } = standing;
      if (path.kind === "DIRECT" && path.state === "CONNECTED") {
        this.#standings.set(pathId, { ...standing, committed: true, transitionId: undefined, former: true });
      } else {
        this.release([pathId]);
      }
    }
  }

  /** The paths are the call's topology now: they go before all others that are open. */
  commit(pathIds: readonly string[]): void {
    for (const pathId of pathIds) {
      const standing = this.byId(pathId);
      if (standing !== undefined) {
        this.#standings.set(pathId, { ...standing, committed: true, rank: ++this.#lastRank });
        [...standing.path.tracks.keys()].forEach((key) => this.events.emit("tracks", key));
      }
    }
    this.events.emit("changed", this);
  }

  release(pathIds: readonly string[]): void {
    for (const pathId of pathIds) {
      const standing = this.byId(pathId);
      this.#standings.delete(pathId);
      standing?.path.close();
    }
    this.events.emit("changed", this);
  }

  clear(): void {
    this.release([...this.#standings.keys()]);
  }
}
