import { trackKey } from "../../src/sdk/contract";
import type { MediaPath } from "../../src/sdk/paths/MediaPath";
import type { Cause, Figures } from "./figures";
import type { SimulatedPath } from "./SimulatedPath";
import type { SimulatedPerson } from "./SimulatedPerson";
import { type Story, Violation } from "./Story";
import type { TransitionWatch } from "./TransitionWatch";

/** A source that came or was unmuted so recently need not be perceived yet, in milliseconds. */
const NEW_SOURCE_MS = 3_000;
/** Longest time for which a switch, or nothing at all, may keep somebody from somebody else's media. */
const BOUND_MS = 1_000;
/** A gap worth telling. */
const NOTABLE_MS = 100;
/** A path that is broken may come into use until its failure is told, in milliseconds. */
const UNNOTICED_MS = 12_000;
/** A transition that ended so recently can be to blame. */
const AFTERMATH_MS = 5_000;

interface Pair {
  lastMedia: number;
  noted: boolean;
}

interface Excuse {
  readonly cause: Cause;
  /** Gaps that began before that are not excused, and none that began after. */
  readonly from: number;
  until: number;
  readonly concerns: (one: string, other: string) => boolean;
  /** The path that was broken; it excuses nothing unless the call depended on it. */
  readonly path?: SimulatedPath;
}

/** Sees to it that media which somebody had of somebody else never stops, unless its path was broken. */
export class MediaWatch {
  readonly #figures: Figures;
  readonly #story: Story;
  readonly #transitions: TransitionWatch;
  readonly #pairs = new Map<string, Pair>();
  readonly #newSources = new Map<string, number>();
  /** Paths that have been in force: on others nobody depends. */
  readonly #inForce = new WeakSet<MediaPath>();
  #excuses: Excuse[] = [];

  constructor(figures: Figures, story: Story, transitions: TransitionWatch) {
    this.#figures = figures;
    this.#story = story;
    this.#transitions = transitions;
  }

  /** A path was broken on purpose, or did not come up. One that is not in force costs nobody anything, unless it comes into force later. */
  broken(path: SimulatedPath, now: number): void {
    const concerns = (one: string, other: string): boolean =>
      path.self === one ? path.reaches(other) : path.self === other && path.reaches(one);
    this.#excuses.push({ cause: "PATH_BROKEN", from: now - NOTABLE_MS, until: now + UNNOTICED_MS, concerns, path });
  }

  /** Somebody's socket was cut; the answer tells that it has recovered. */
  cut(person: SimulatedPerson, now: number): (later: number) => void {
    const id = person.id;
    const excuse: Excuse = {
      cause: "SOCKET_CUT", from: now, until: Infinity, concerns: (one, other) => one === id || other === id,
    };
    this.#excuses.push(excuse);
    return (later) => (excuse.until = later);
  }

  /** A source came or was unmuted. */
  renewed(person: SimulatedPerson, sourceId: string, now: number): void {
    this.#newSources.set(trackKey(person.id, sourceId), now);
  }

  /**
   * @throws Violation when somebody is without media of somebody else for no good reason
   */
  look(people: readonly SimulatedPerson[], now: number): void {
    const seen = new Set<string>();
    this.#noteInForce(people);
    for (const viewer of people) {
      for (const sender of people) {
        if (viewer !== sender && admitted(viewer, sender)) {
          seen.add(this.#lookAt(viewer, sender, now));
        }
      }
    }
    [...this.#pairs.keys()].filter((pair) => !seen.has(pair)).forEach((pair) => this.#pairs.delete(pair));
    this.#excuses = this.#excuses.filter(({ until }) => until > now - 60_000);
  }

  /** What somebody cannot see or hear of somebody else. */
  lacking(viewer: SimulatedPerson, sender: SimulatedPerson): string[] {
    return sender.sources.all
      .filter((source) => !source.muted && !perceives(viewer, sender, source.sourceId))
      .map((source) => `${viewer.name} lacks ${source.role} of ${sender.name}${shown(viewer, sender, source.sourceId)}`);
  }

  #noteInForce(people: readonly SimulatedPerson[]): void {
    for (const { call } of people) {
      call.paths.all.filter(({ committed }) => committed).forEach(({ path }) => this.#inForce.add(path));
    }
  }

  #lookAt(viewer: SimulatedPerson, sender: SimulatedPerson, now: number): string {
    const id = `${viewer.id} ${sender.id}`;
    const due = sender.sources.all.filter(({ sourceId, kind, muted }) => {
      const since = this.#newSources.get(trackKey(sender.id, sourceId)) ?? -Infinity;
      return !muted && !(viewer.hidden && kind === "video") && now - since > NEW_SOURCE_MS;
    });
    const pair = this.#pairs.get(id);
    if (due.length === 0) {
      this.#pairs.delete(id);
    } else if (due.every(({ sourceId }) => perceives(viewer, sender, sourceId))) {
      this.#had(viewer, sender, pair, now);
      this.#pairs.set(id, { lastMedia: now, noted: false });
    } else if (pair !== undefined) {
      this.#lacks(viewer, sender, pair, now);
    }
    return id;
  }

  #had(viewer: SimulatedPerson, sender: SimulatedPerson, pair: Pair | undefined, now: number): void {
    if (pair?.noted === true) {
      const ms = now - pair.lastMedia;
      const cause = this.#cause(viewer, sender, pair, now);
      this.#figures.without(cause, ms);
      this.#story.tell(`${viewer.name} has media of ${sender.name} again after ${Math.round(ms)} ms (${cause})`);
    }
  }

  #lacks(viewer: SimulatedPerson, sender: SimulatedPerson, pair: Pair, now: number): void {
    const ms = now - pair.lastMedia;
    if (ms > NOTABLE_MS && !pair.noted) {
      pair.noted = true;
      this.#story.tell(`media stops: ${this.lacking(viewer, sender).join("; ")}`);
    }
    const cause = this.#cause(viewer, sender, pair, now);
    if (ms > BOUND_MS && (cause === "SWITCH" || cause === "NONE")) {
      this.#figures.without(cause, ms);
      throw new Violation(`no media for ${Math.round(ms)} ms (${cause}): ${this.lacking(viewer, sender).join("; ")}`);
    }
  }

  #cause(viewer: SimulatedPerson, sender: SimulatedPerson, { lastMedia }: Pair, now: number): Cause {
    const causes = this.#excuses
      .filter(({ path }) => path === undefined || this.#inForce.has(path))
      .filter(({ from, until, concerns }) => lastMedia >= from && lastMedia <= until && concerns(viewer.id, sender.id))
      .map(({ cause }) => cause);
    if (causes.length > 0) {
      return causes.includes("PATH_BROKEN") ? "PATH_BROKEN" : "SOCKET_CUT";
    }
    return this.#transitions.ranSince(Math.min(lastMedia, now) - AFTERMATH_MS) ? "SWITCH" : "NONE";
  }
}

/** Whether both are part of the call, as the viewer was told. */
function admitted(viewer: SimulatedPerson, sender: SimulatedPerson): boolean {
  const { roster, state } = viewer.call;
  return state.status === "ADMITTED" && roster.byId(sender.id)?.status === "ADMITTED";
}

function perceives(viewer: SimulatedPerson, sender: SimulatedPerson, sourceId: string): boolean {
  const key = trackKey(sender.id, sourceId);
  const path = viewer.call.renderers.stage(key)?.shownPath;
  return viewer.paths.find(({ pathId }) => pathId === path)?.perceives(key) ?? false;
}

function shown(viewer: SimulatedPerson, sender: SimulatedPerson, sourceId: string): string {
  const key = trackKey(sender.id, sourceId);
  const path = viewer.call.renderers.stage(key)?.shownPath ?? "nothing";
  const carrying = viewer.call.paths.carrying(key).map((standing) => {
    const { packetsReceived, framesDecoded } = viewer.call.monitor.of(standing.path.pathId, key);
    return `${standing.path.pathId}${standing.committed ? " committed" : ""} ${packetsReceived}/${framesDecoded}`;
  });
  return ` (shows ${path}, carried by ${carrying.join(", ") || "nothing"})`;
}
