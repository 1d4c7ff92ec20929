import type { Source, TrackKey, TrackMapping } from "../contract";
import { trackKey } from "../contract";

/** A media section that a direct path should have: one for every source of either side. */
export interface Section {
  readonly key: TrackKey;
  readonly participantId: string;
  readonly source: Source;
}

/** What one side of a direct path knows of the other and of itself. */
export interface Ends {
  readonly self: string;
  readonly peer: string;
  readonly own: readonly Source[];
  readonly theirs: readonly Source[];
}

/** Every section that the offerer must have, its own first. */
export function wantedSections(ends: Ends): readonly Section[] {
  const section = (participantId: string) => (source: Source) => ({
    key: trackKey(participantId, source.sourceId),
    participantId,
    source,
  });
  return [...ends.own.map(section(ends.self)), ...ends.theirs.map(section(ends.peer))];
}

/** What is missing and what is too much. */
export function sectionChanges(
  present: ReadonlySet<TrackKey>,
  wanted: readonly Section[],
): { readonly add: readonly Section[]; readonly remove: readonly TrackKey[] } {
  const keys = new Set(wanted.map((section) => section.key));
  return {
    add: wanted.filter((section) => !present.has(section.key)),
    remove: [...present].filter((key) => !keys.has(key)),
  };
}

/** A mapping by media section, split by who sends. Entries about strangers are left out. */
export function splitMapping(
  tracks: readonly TrackMapping[],
  self: string,
  peer: string,
): { readonly own: ReadonlyMap<string, string>; readonly theirs: ReadonlyMap<string, TrackKey> } {
  const own = tracks.filter((track) => track.participantId === self);
  const theirs = tracks.filter((track) => track.participantId === peer);
  return {
    own: new Map(own.map((track) => [track.mid, track.sourceId])),
    theirs: new Map(theirs.map((track) => [track.mid, trackKey(peer, track.sourceId)])),
  };
}
