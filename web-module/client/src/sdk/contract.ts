import type { ClientMessage, ServerEvent, Source } from "../generated/contract";

export type * from "../generated/contract";

/** The request of one type. */
export type RequestOf<Type extends ClientMessage["type"]> = Extract<ClientMessage, { type: Type }>;

/** The event of one type. */
export type EventOf<Type extends ServerEvent["type"]> = Extract<ServerEvent, { type: Type }>;

/** A source of a participant, the same on every path. */
export type TrackKey = string & { readonly trackKey: unique symbol };

/** The key of a participant's source. Ids never hold a slash. */
export function trackKey(participantId: string, sourceId: string): TrackKey {
  return `${participantId}/${sourceId}` as TrackKey;
}

/** The participant and the source of a key. */
export function trackOf(key: TrackKey): { participantId: string; sourceId: string } {
  const slash = key.indexOf("/");
  return { participantId: key.slice(0, slash), sourceId: key.slice(slash + 1) };
}

/** Whether two lists of sources need the same media sections. */
export function sameSections(one: readonly Source[], other: readonly Source[]): boolean {
  const ids = new Set(one.map((source) => source.sourceId));
  return one.length === other.length && other.every((source) => ids.has(source.sourceId));
}
