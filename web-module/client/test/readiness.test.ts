import { describe, expect, test } from "vitest";
import type { Participant, Source, TrackLevel } from "../src/sdk/contract";
import { trackKey } from "../src/sdk/contract";
import { type ComingPath, NEWCOMER_PATIENCE_MS, readiness, type ReadinessFacts } from "../src/sdk/transition/readiness";

const microphone: Source = { sourceId: "mic", kind: "audio", role: "MICROPHONE", muted: false };
const camera: Source = { sourceId: "cam", kind: "video", role: "CAMERA", muted: false };

function person(participantId: string, sources: Source[], status: Participant["status"] = "ADMITTED"): Participant {
  return { participantId, displayName: participantId, status, sources };
}

function sfu(levels: Record<string, TrackLevel>, ready = true, announced: readonly string[] = []): ComingPath {
  return { pathId: "sfu", ready, reaches: () => true, announces: (key) => announced.includes(key), level: (key) => levels[key] };
}

function direct(peer: string, levels: Record<string, TrackLevel>, ready = true): ComingPath {
  return { pathId: `direct-${peer}`, ready, reaches: (id) => id === peer, announces: () => false, level: (key) => levels[key] };
}

function judge(others: Participant[], paths: ComingPath[], facts: Partial<ReadinessFacts> = {}) {
  return readiness({ others, paths, waitedMs: 0, visible: () => true, ...facts });
}

describe("a client is ready", () => {
  test("when live sound was received and visible pictures decoded", () => {
    const result = judge([person("a", [microphone, camera])], [sfu({ "a/mic": "RECEIVED", "a/cam": "DECODED" })]);
    expect(result).toEqual({
      ready: true,
      tracks: [
        { participantId: "a", sourceId: "mic", level: "RECEIVED" },
        { participantId: "a", sourceId: "cam", level: "DECODED" },
      ],
    });
  });

  test("without a picture that is off and that nobody sends", () => {
    const off = { ...camera, muted: true };
    expect(judge([person("a", [microphone, off])], [sfu({ "a/mic": "RECEIVED" })]).ready).toBe(true);
  });

  test("not before it receives what is sent, also when it is off or nobody looks: it may be wanted the next moment", () => {
    const off = { ...camera, muted: true };
    const others = [person("a", [microphone, off])];
    expect(judge(others, [sfu({ "a/mic": "RECEIVED" }, true, ["a/cam"])]).ready).toBe(false);
    expect(judge(others, [sfu({ "a/mic": "RECEIVED", "a/cam": "CONNECTED" }, true, ["a/cam"])]).ready).toBe(true);

    const hidden = { visible: () => false };
    expect(judge([person("a", [camera])], [sfu({}, true, ["a/cam"])], hidden).ready).toBe(false);
  });

  test("without decoding a picture that nobody looks at", () => {
    const facts = { visible: () => false };
    expect(judge([person("a", [camera])], [sfu({ "a/cam": "CONNECTED" })], facts).ready).toBe(true);
  });

  test("without those who wait in the queue", () => {
    expect(judge([person("a", [microphone], "QUEUED")], [sfu({})]).ready).toBe(true);
  });

  test("without newcomers whose media does not come in time", () => {
    const others = [person("a", [microphone]), person("new", [microphone], "CONNECTING")];
    const paths = [sfu({ "a/mic": "RECEIVED" })];
    expect(judge(others, paths).ready).toBe(false);
    expect(judge(others, paths, { waitedMs: NEWCOMER_PATIENCE_MS }).ready).toBe(true);
  });

  test("alone, as soon as the path works", () => {
    expect(judge([], [sfu({})]).ready).toBe(true);
    expect(judge([], [sfu({}, false)]).ready).toBe(false);
  });

  test("when each participant's own path carries them", () => {
    const others = [person("a", [microphone]), person("b", [microphone])];
    const a = direct("a", { "a/mic": "RECEIVED" });
    expect(judge(others, [a, direct("b", { "b/mic": "RECEIVED" })]).ready).toBe(true);
    expect(judge(others, [a, direct("b", { "a/mic": "RECEIVED" })]).ready).toBe(false);
  });

  test("over the server for those whom no direct path reaches", () => {
    const others = [person("a", [microphone]), person("b", [microphone])];
    const paths = [direct("a", { "a/mic": "RECEIVED" }), sfu({ "b/mic": "RECEIVED" })];
    expect(judge(others, paths).ready).toBe(true);
  });
});

describe("a client is not ready", () => {
  test.each<[string, Record<string, TrackLevel>]>([
    ["while sound has not come", { "a/mic": "CONNECTED", "a/cam": "DECODED" }],
    ["while a picture is not decoded", { "a/mic": "RECEIVED", "a/cam": "RECEIVED" }],
    ["while a track is missing", { "a/mic": "RECEIVED" }],
  ])("%s", (_, levels) => {
    expect(judge([person("a", [microphone, camera])], [sfu(levels)]).ready).toBe(false);
  });

  test("for muted tracks while the path is not connected", () => {
    const muted = { ...microphone, muted: true };
    const result = judge([person("a", [muted])], [sfu({}, false)]);
    expect(result).toEqual({ ready: false, missing: [trackKey("a", "mic")] });
  });

  test("when one of two paths that are needed is not there", () => {
    const paths = [direct("a", {}), direct("b", {}, false)];
    expect(judge([person("a", []), person("b", [])], paths).ready).toBe(false);
    expect(judge([person("a", []), person("b", [], "QUEUED")], paths).ready).toBe(true);
  });
});
