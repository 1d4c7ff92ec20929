import type { Clock } from "../clock";
import type { ClientMessage, EventOf, Path, PathFailure, ReplyOf, RequestOf, TrackGap } from "../contract";
import { trackOf } from "../contract";
import { levelOf } from "../paths/trackSamples";
import type { MediaPath } from "../paths/MediaPath";
import type { PathSet, PathStanding } from "../paths/PathSet";
import type { TrackMonitor } from "../paths/TrackMonitor";
import type { Renderers } from "../render/Renderers";
import type { Roster } from "../Roster";
import { type ComingPath, type DueTrack, dueTracks, readiness } from "./readiness";

type Step = "CONNECTING" | "READY" | "COMMITTED" | "SWITCHED";

/** So long the old paths stay after the last track went over: what still fades out comes from them. */
export const SETTLE_MS = 150;

interface Running {
  readonly transitionId: string;
  /** Of the offer that the paths are from. */
  readonly revision: number;
  readonly since: number;
  /** Every path of the topology to come, also those that are open already and are kept. */
  pathIds: readonly string[];
  /** Those that the server has released since, and may offer anew. */
  readonly released: Set<string>;
  step: Step;
  /** Since when everything is rendered from the new paths. */
  shownSince: number | undefined;
}

export interface TransitionParts {
  readonly paths: PathSet;
  readonly roster: Roster;
  readonly monitor: TrackMonitor;
  readonly renderers: Renderers;
  readonly clock: Clock;
  readonly makePath: (offered: Path) => MediaPath;
  readonly request: <Type extends ClientMessage["type"]>(message: RequestOf<Type>) => Promise<ReplyOf<Type>>;
}

/** This client's part in a change of topology: brings the new paths up beside the old, and says how far it has come. */
export class TransitionClient {
  readonly #parts: TransitionParts;
  #running: Running | undefined;

  constructor(parts: TransitionParts) {
    this.#parts = parts;
    parts.monitor.events.on("sampled", () => this.#evaluate());
    parts.paths.events.on("failed", ({ standing, failure }) => this.#failed(standing, failure));
    parts.paths.events.on("state", ({ path, state }) => {
      if (parts.paths.byId(path.pathId)?.former === false) {
        this.#report({ type: "pathStateChanged", pathId: path.pathId, state });
      }
    });
  }

  /** How far the running transition has come here; undefined when there is none. */
  get step(): Step | undefined {
    return this.#running?.pathIds.length === 0 ? undefined : this.#running?.step;
  }

  offered({ transitionId, revision = 0, paths }: EventOf<"pathsOffered">): void {
    if (transitionId !== undefined) {
      this.#running = this.#begun(transitionId, revision, paths.map((path) => path.pathId));
    }
    for (const offered of paths) {
      this.#takeBack(offered.pathId);
      if (this.#parts.paths.byId(offered.pathId)?.former === true) {
        this.#parts.paths.release([offered.pathId]);
      }
      if (this.#parts.paths.byId(offered.pathId) === undefined) {
        this.#parts.paths.add(this.#parts.makePath(offered), transitionId);
      }
    }
  }

  committed({ transitionId, pathIds }: EventOf<"pathsCommitted">): void {
    this.#parts.paths.commit(pathIds);
    if (this.#running?.transitionId === transitionId) {
      this.#running.pathIds = pathIds;
      this.#running.step = "COMMITTED";
      this.#evaluate();
    }
  }

  released({ pathIds }: EventOf<"pathsReleased">): void {
    this.#parts.paths.release(pathIds);
    const running = this.#running;
    if (running === undefined) {
      return;
    }
    // The other end of a path to come may leave meanwhile: the plan goes on without it.
    running.pathIds.filter((pathId) => pathIds.includes(pathId)).forEach((pathId) => running.released.add(pathId));
    running.pathIds = running.pathIds.filter((pathId) => !pathIds.includes(pathId));
  }

  /** A path that is kept by the running transition broke, and is made once more. */
  #takeBack(pathId: string): void {
    const running = this.#running;
    if (running?.released.delete(pathId) === true) {
      running.pathIds = [...running.pathIds, pathId];
    }
  }

  /** The server has done with a transition, one way or the other. */
  ended(transitionId: string): void {
    if (this.#running?.transitionId === transitionId) {
      this.#running = undefined;
    }
  }

  /** A new session: nothing is running. */
  reset(): void {
    this.#running = undefined;
  }

  /** A transition may turn to other paths while it runs: readiness is judged anew then. */
  #begun(transitionId: string, revision: number, pathIds: readonly string[]): Running {
    const since = this.#running?.transitionId === transitionId ? this.#running.since : this.#parts.clock.now();
    return { transitionId, revision, since, pathIds, released: new Set(), step: "CONNECTING", shownSince: undefined };
  }

  #failed({ transitionId, path, committed, former }: PathStanding, failure: PathFailure): void {
    const { pathId } = path;
    if (former) {
      this.#parts.paths.release([pathId]);
    } else if (transitionId !== undefined && !committed) {
      this.#report({ type: "transitionFailed", transitionId, pathId, failure });
    } else if (path.state !== "FAILED") {
      this.#report({ type: "pathStateChanged", pathId, state: "FAILED" });
    }
  }

  #evaluate(): void {
    switch (this.#running?.step) {
      case "CONNECTING":
        return this.#reportReady(this.#running);
      case "COMMITTED":
        return this.#reportSwitched(this.#running);
      case "READY":
      case "SWITCHED":
      case undefined:
        return undefined;
    }
  }

  #reportReady(running: Running): void {
    const paths = this.#coming(running).map((standing) => this.#progress(standing));
    const result = readiness({ ...this.#facts(running), paths });
    if (result.ready && paths.length > 0 && paths.length === running.pathIds.length) {
      const { transitionId, revision } = running;
      running.step = "READY";
      this.#report({ type: "transitionReady", transitionId, revision, tracks: result.tracks }, () => {
        running.step = running.step === "READY" ? "CONNECTING" : running.step;
      });
    }
  }

  #reportSwitched(running: Running): void {
    const { transitionId, pathIds } = running;
    const due = dueTracks(this.#facts(running)).filter(({ due: level }) => level !== "CONNECTED");
    const now = this.#parts.clock.now();
    if (!due.every(({ key }) => pathIds.includes(this.#parts.renderers.stage(key)?.shownPath ?? ""))) {
      running.shownSince = undefined;
      return;
    }
    running.shownSince ??= now;
    if (now - running.shownSince >= SETTLE_MS || due.length === 0) {
      running.step = "SWITCHED";
      this.#report({ type: "transitionSwitched", transitionId, gaps: this.#gaps(due) }, () => {
        running.step = "COMMITTED";
      });
    }
  }

  #gaps(due: readonly DueTrack[]): TrackGap[] {
    return due.map(({ key }) => ({ ...trackOf(key), gapMs: this.#parts.renderers.gapMs(key) }));
  }

  #facts(running: Running) {
    const { roster, renderers, clock } = this.#parts;
    return {
      others: roster.others,
      waitedMs: clock.now() - running.since,
      visible: (key: DueTrack["key"]) => renderers.visible(key) && !this.#unselected(running, key),
    };
  }

  /** Of somebody who has not spoken lately no picture may come at all. One for which there is no room is missed: the old path has it. */
  #unselected(running: Running, key: DueTrack["key"]): boolean {
    return this.#coming(running).some(({ path }) => path.withheld.is(key, "UNSELECTED"));
  }

  #coming(running: Running): readonly PathStanding[] {
    return running.pathIds.flatMap((pathId) => this.#parts.paths.byId(pathId) ?? []);
  }

  #progress({ path }: PathStanding): ComingPath {
    return {
      pathId: path.pathId,
      ready: path.ready,
      reaches: (participantId) => path.reaches(participantId),
      announces: (key) => path.announces(key),
      level: (key) => (path.tracks.has(key) ? levelOf(this.#parts.monitor.of(path.pathId, key)) : undefined),
    };
  }

  /** A report that does not arrive is made again at the next look, or is overtaken by what happens meanwhile. */
  #report(message: ClientMessage, notTold: () => void = () => undefined): void {
    this.#parts.request(message).catch(notTold);
  }
}
