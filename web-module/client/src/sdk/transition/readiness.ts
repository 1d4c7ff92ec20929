import type { Participant, Source, TrackKey, TrackLevel, TrackReadiness } from "../contract";
import { trackKey, trackOf } from "../contract";

/** A path of the topology to come, as far as readiness cares. */
export interface ComingPath {
  readonly pathId: string;
  readonly ready: boolean;
  reaches(participantId: string): boolean;
  announces(key: TrackKey): boolean;
  level(key: TrackKey): TrackLevel | undefined;
}

/** What a track has to reach before the old path may go. */
export interface DueTrack {
  readonly key: TrackKey;
  readonly due: TrackLevel;
}

export type Readiness =
  | { readonly ready: true; readonly tracks: TrackReadiness[] }
  | { readonly ready: false; readonly missing: readonly TrackKey[] };

/** After this long, newcomers are no longer waited for: they must not keep those inside from moving. */
export const NEWCOMER_PATIENCE_MS = 5_000;

const RANK: Readonly<Record<TrackLevel, number>> = { CONNECTED: 0, RECEIVED: 1, DECODED: 2 };

/** What readiness depends on. */
export interface ReadinessFacts {
  readonly others: readonly Participant[];
  readonly paths: readonly ComingPath[];
  /** How long the new paths have been coming up. */
  readonly waitedMs: number;
  visible(key: TrackKey): boolean;
}

/**
 * The tracks that are due now: every source of everybody who is not queued. Nobody waits for a camera that is off, or for a picture that
 * is not looked at.
 */
export function dueTracks(facts: Omit<ReadinessFacts, "paths">): readonly DueTrack[] {
  return facts.others.filter((other) => isWaitedFor(other, facts.waitedMs)).flatMap((participant) =>
    participant.sources.map((source) => {
      const key = trackKey(participant.participantId, source.sourceId);
      return { key, due: dueLevel(source, facts.visible(key)) };
    }),
  );
}

/** Whether every due track has come far enough on the paths that will carry it. */
export function readiness(facts: ReadinessFacts): Readiness {
  const missing: TrackKey[] = [];
  const tracks: TrackReadiness[] = [];
  for (const { key, due } of dueTracks(facts)) {
    const level = levelOn(carrier(trackOf(key).participantId, facts.paths), key);
    if (level === undefined || RANK[level] < RANK[due]) {
      missing.push(key);
    } else {
      tracks.push({ ...trackOf(key), level });
    }
  }
  return missing.length === 0 && needed(facts).every((path) => path.ready)
    ? { ready: true, tracks }
    : { ready: false, missing };
}

/** The paths that somebody who is waited for will use, or all of them when nobody is. */
function needed(facts: ReadinessFacts): readonly ComingPath[] {
  const waited = facts.others.filter((other) => isWaitedFor(other, facts.waitedMs));
  return waited.length === 0
    ? facts.paths
    : facts.paths.filter((path) => waited.some(({ participantId }) => path.reaches(participantId)));
}

function isWaitedFor(participant: Participant, waitedMs: number): boolean {
  switch (participant.status) {
    case "ADMITTED":
      return true;
    case "CONNECTING":
      return waitedMs < NEWCOMER_PATIENCE_MS;
    case "QUEUED":
      return false;
  }
}

function dueLevel(source: Source, visible: boolean): TrackLevel {
  if (source.muted) {
    return "CONNECTED";
  }
  if (source.kind === "audio") {
    return "RECEIVED";
  }
  return visible ? "DECODED" : "CONNECTED";
}

/** The first path that reaches somebody; paths to one participant alone come before those to all. */
function carrier(participantId: string, paths: readonly ComingPath[]): ComingPath | undefined {
  return paths.find((path) => path.reaches(participantId));
}

/** A connected path is enough for a source of which nothing is due and nothing is sent; what is sent has to be received by now. */
function levelOn(path: ComingPath | undefined, key: TrackKey): TrackLevel | undefined {
  if (path === undefined || !path.ready) {
    return undefined;
  }
  return path.level(key) ?? (path.announces(key) ? undefined : "CONNECTED");
}
