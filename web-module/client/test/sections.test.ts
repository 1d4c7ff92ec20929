import { describe, expect, test } from "vitest";
import type { Source } from "../src/sdk/contract";
import { trackKey, trackOf } from "../src/sdk/contract";
import { sectionChanges, splitMapping, wantedSections } from "../src/sdk/paths/sections";

const source = (sourceId: string): Source => ({ sourceId, kind: "video", role: "SCREEN", muted: false });

describe("the media sections of a direct path", () => {
  test("are one for each source of either side, the same id on both sides included", () => {
    const wanted = wantedSections({ self: "a", peer: "b", own: [source("x")], theirs: [source("x"), source("y")] });
    expect(wanted.map(({ key }) => key)).toEqual(["a/x", "b/x", "b/y"]);
  });

  test("come and go with the sources", () => {
    const present = new Set([trackKey("a", "x"), trackKey("b", "gone")]);
    const wanted = wantedSections({ self: "a", peer: "b", own: [source("x")], theirs: [source("new")] });
    const { add, remove } = sectionChanges(present, wanted);
    expect(add.map(({ key }) => key)).toEqual(["b/new"]);
    expect(remove).toEqual(["b/gone"]);
  });

  test("are told by media id; what concerns strangers is left out", () => {
    const tracks = [
      { mid: "1", participantId: "a", sourceId: "x" },
      { mid: "2", participantId: "b", sourceId: "y" },
      { mid: "3", participantId: "stranger", sourceId: "z" },
    ];
    const { own, theirs } = splitMapping(tracks, "a", "b");
    expect([...own]).toEqual([["1", "x"]]);
    expect([...theirs]).toEqual([["2", "b/y"]]);
  });
});

test("a track's key gives back what it was made of", () => {
  expect(trackOf(trackKey("p:1.a", "s-2"))).toEqual({ participantId: "p:1.a", sourceId: "s-2" });
});
