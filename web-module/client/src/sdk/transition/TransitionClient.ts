import type { Clock } from "../clock";
import type { ClientMessage, EventOf, Path, ReplyOf, RequestOf, TrackGap } from "../contract";
import { trackOf } from "../contract";
import { levelOf } from "../paths/trackSamples";
import type { MediaPath } from "../paths/MediaPath";
import type { PathSet, PathStanding } from "../paths/PathSet";
import type { TrackMonitor } from "../paths/TrackMonitor";
import type { Renderers } from "../render/Renderers";
import type { Roster } from "../Roster";
import { type ComingPath, type DueTrack, dueTracks, readiness } from "./readiness";

type Step = "CONNECTING" | "READY" | "COMMITTED" | "SWITCHED";

interface Running {
  readonly transitionId: string;
  readonly since: number;
  step: Step;
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
    parts.paths.events.on("failed", ({ standing, failure }) => {
      const { transitionId, path, committed } = standing;
      if (transitionId !== undefined && !committed) {
        this.#report({ type: "transitionFailed", transitionId, pathId: path.pathId, failure });
      } else if (path.state !== "FAILED") {
        this.#report({ type: "pathStateChanged", pathId: path.pathId, state: "FAILED" });
      }
    });
    parts.paths.events.on("state", ({ path, state }) =>
      this.#report({ type: "pathStateChanged", pathId: path.pathId, state }),
    );
  }

  /** How far the running transition has come here; undefined when there is none. */
  get step(): Step | undefined {
    return this.#running?.step;
  }

  offered({ transitionId, paths }: EventOf<"pathsOffered">): void {
    if (transitionId !== undefined && this.#running?.transitionId !== transitionId) {
      this.#running = { transitionId, since: this.#parts.clock.now(), step: "CONNECTING" };
    }
    for (const offered of paths) {
      if (this.#parts.paths.byId(offered.pathId) === undefined) {
        this.#parts.paths.add(this.#parts.makePath(offered), transitionId);
      }
    }
  }

  committed({ transitionId, pathIds }: EventOf<"pathsCommitted">): void {
    this.#parts.paths.commit(pathIds);
    if (this.#running?.transitionId === transitionId) {
      this.#running.step = "COMMITTED";
      this.#evaluate();
    }
  }

  released({ pathIds }: EventOf<"pathsReleased">): void {
    this.#parts.paths.release(pathIds);
    const running = this.#running;
    if (running !== undefined && this.#parts.paths.ofTransition(running.transitionId).length === 0) {
      this.#running = undefined;
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
    const paths = this.#parts.paths.ofTransition(running.transitionId).map((standing) => this.#coming(standing));
    const result = readiness({ ...this.#facts(running), paths });
    if (result.ready && paths.length > 0) {
      const { transitionId } = running;
      running.step = "READY";
      this.#report({ type: "transitionReady", transitionId, tracks: result.tracks }, () => {
        running.step = running.step === "READY" ? "CONNECTING" : running.step;
      });
    }
  }

  #reportSwitched(running: Running): void {
    const { transitionId } = running;
    const newIds = new Set(this.#parts.paths.ofTransition(transitionId).map(({ path }) => path.pathId));
    const due = dueTracks(this.#facts(running)).filter(({ due: level }) => level !== "CONNECTED");
    if (due.every(({ key }) => newIds.has(this.#parts.renderers.stage(key)?.shownPath ?? ""))) {
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
      visible: (key: DueTrack["key"]) => renderers.visible(key),
    };
  }

  #coming({ path }: PathStanding): ComingPath {
    return {
      pathId: path.pathId,
      ready: path.ready,
      reaches: (participantId) => path.reaches(participantId),
      level: (key) => (path.tracks.has(key) ? levelOf(this.#parts.monitor.of(path.pathId, key)) : undefined),
    };
  }

  /** A report that does not arrive is made again at the next look, or is overtaken by what happens meanwhile. */
  #report(message: ClientMessage, notTold: () => void = () => undefined): void {
    this.#parts.request(message).catch(notTold);
  }
}
