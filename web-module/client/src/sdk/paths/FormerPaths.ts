import type { Clock } from "../clock";
import { trackOf } from "../contract";
import type { Renderers } from "../render/Renderers";
import type { Roster } from "../Roster";
import type { PathSet, PathStanding } from "./PathSet";
import type { TrackMonitor } from "./TrackMonitor";

/** So long a former path stays after everything has gone over to others: the other end may need it a little longer. */
const REPLACED_MS = 2_000;

/** Longest time that a former path is kept for somebody who has not come back. */
const LONGEST_MS = 90_000;

/** Closes the direct paths of a session that is over, each as soon as nothing is rendered from it any more. */
export class FormerPaths {
  readonly #paths: PathSet;
  readonly #roster: Roster;
  readonly #renderers: Renderers;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly since: number; unusedSince: number | undefined }>();

  constructor(paths: PathSet, roster: Roster, renderers: Renderers, monitor: TrackMonitor, clock: Clock) {
    this.#paths = paths;
    this.#roster = roster;
    this.#renderers = renderers;
    this.#clock = clock;
    monitor.events.on("sampled", () => this.#tidy());
    paths.events.on("changed", () => this.#missed());
  }

  /** Those whom a former path still reaches. */
  get reached(): ReadonlySet<string> {
    return new Set(this.#former().flatMap(({ path }) => [...path.tracks.keys()].map((key) => trackOf(key).participantId)));
  }

  #former(): readonly PathStanding[] {
    return this.#paths.all.filter((standing) => standing.former);
  }

  #tidy(): void {
    const now = this.#clock.now();
    for (const standing of this.#former()) {
      const { pathId } = standing.path;
      const kept = this.#kept.get(pathId) ?? { since: now, unusedSince: undefined };
      kept.unusedSince = this.#inUse(standing) ? undefined : (kept.unusedSince ?? now);
      this.#kept.set(pathId, kept);
      const replaced = kept.unusedSince !== undefined && now - kept.unusedSince >= REPLACED_MS;
      if (replaced || now - kept.since >= LONGEST_MS) {
        this.#paths.release([pathId]);
      }
    }
  }

  #inUse({ path }: PathStanding): boolean {
    return [...path.tracks.keys()].some((key) => this.#renderers.stage(key)?.shownPath === path.pathId);
  }

  /** Who is known by nothing but a former path that is gone now is gone too. */
  #missed(): void {
    for (const pathId of [...this.#kept.keys()]) {
      if (this.#paths.byId(pathId) === undefined) {
        this.#kept.delete(pathId);
      }
    }
    const { reached } = this;
    this.#roster.absent.filter((participantId) => !reached.has(participantId)).forEach((gone) => this.#roster.remove(gone));
  }
}
