import { type Call, type Participant, type TrackKey, trackKey } from "../../sdk";
import type { TileView } from "../parts/Tile";
import { SENTENCES } from "../sentences";

/** The elements with this participant's own pictures, by source. */
export type OwnPictures = (sourceId: string) => HTMLElement | undefined;

/** What every tile shows, by a key that lasts: this participant first, the others in order of arrival, screens by their source. */
export function tileViews(
  call: Call,
  displayName: string,
  ownPictures: OwnPictures,
  speaking: ReadonlySet<string>,
): ReadonlyMap<string, TileView> {
  const own: Participant = {
    participantId: call.roster.self,
    displayName,
    status: "ADMITTED",
    sources: call.sources.descriptions,
  };
  const views = new Map<string, TileView>();
  // Who waits sees nobody yet, and is told so in words, but for those of whom paths have outlived a session; the rest do not see who waits.
  const others = call.state.status === "QUEUED"
    ? call.roster.others.filter((other) => rendered(call, other))
    : call.roster.others.filter((other) => other.status !== "QUEUED");
  for (const person of [own, ...others]) {
    const isOwn = person === own;
    const picture = (sourceId: string): HTMLElement | undefined =>
      isOwn ? ownPictures(sourceId) : stagePicture(call, person.participantId, sourceId);
    const common = { participantId: person.participantId, displayName: person.displayName, own: isOwn };
    const camera = person.sources.find((source) => source.role === "CAMERA" && !source.muted);
    const muted = person.sources.every((source) => source.role !== "MICROPHONE" || source.muted);
    views.set(isOwn ? "own" : person.participantId, {
      ...common,
      screen: false,
      muted,
      picture: camera && picture(camera.sourceId),
      speaking: speaking.has(person.participantId),
      speaker: call.state.activeSpeaker === person.participantId && !muted,
      withheld: !isOwn && camera !== undefined && withheld(call, trackKey(person.participantId, camera.sourceId)),
      waiting: isOwn || arrived(call, person) ? undefined : SENTENCES.connecting,
    });
    for (const screen of person.sources.filter((source) => source.role === "SCREEN")) {
      views.set(trackKey(person.participantId, screen.sourceId), {
        ...common, screen: true, muted: false, picture: picture(screen.sourceId), speaking: false, speaker: false, waiting: undefined,
        withheld: !isOwn && withheld(call, trackKey(person.participantId, screen.sourceId)),
      });
    }
  }
  return views;
}

function stagePicture(call: Call, participantId: string, sourceId: string): HTMLElement | undefined {
  const stage = call.renderers.stage(trackKey(participantId, sourceId));
  return stage?.kind === "video" ? stage.element : undefined;
}

/** Whether the picture that is shown, or would be, stands still because the server sends others. */
function withheld(call: Call, key: TrackKey): boolean {
  const shown = call.renderers.stage(key)?.shownPath;
  return call.paths.carrying(key).some(({ path }) => path.withheld.has(key) && (shown ?? path.pathId) === path.pathId);
}

/** Whether somebody is seen or heard. */
function rendered(call: Call, person: Participant): boolean {
  return person.sources.some((source) => {
    const key = trackKey(person.participantId, source.sourceId);
    return !source.muted && (call.renderers.stage(key)?.shownPath !== undefined || withheld(call, key));
  });
}

/** Whether somebody is seen or heard, or has nothing to be seen or heard by and a way that works. */
function arrived(call: Call, person: Participant): boolean {
  return person.sources.some((source) => !source.muted)
    ? rendered(call, person)
    : call.paths.all.some(({ path }) => path.ready && path.reaches(person.participantId));
}
