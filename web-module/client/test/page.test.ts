import { describe, expect, test } from "vitest";
import { hueOf, initials, largestTiles } from "../src/app/layout";
import { deviceSentence, ENDS, SENTENCES, transitionSentence } from "../src/app/sentences";
import type { Transition } from "../src/sdk";

describe("the grid", () => {
  test("makes tiles as large as they fit", () => {
    expect(largestTiles(1, 1600, 900, 16 / 9, 10)).toEqual({ columns: 1, tileWidth: 1600 });
    expect(largestTiles(2, 1600, 900, 16 / 9, 10).columns).toBe(2);
    expect(largestTiles(2, 400, 900, 16 / 9, 10)).toEqual({ columns: 1, tileWidth: 400 });
    expect(largestTiles(9, 1600, 900, 16 / 9, 10).columns).toBe(3);
  });

  test("survives having no room", () => {
    expect(largestTiles(5, 10, 0, 16 / 9, 10).tileWidth).toBe(0);
    expect(largestTiles(0, 100, 100, 16 / 9, 10).tileWidth).toBe(0);
  });
});

describe("a person without a picture", () => {
  test("is shown by initials in any script", () => {
    expect(["Ada Lovelace", "bob", "  Jean  Luc  Picard ", "李 小龍", "", "🦊 Fox"].map(initials)).toEqual([
      "AL", "B", "JP", "李小", "?", "🦊F",
    ]);
  });

  test("keeps one colour", () => {
    expect(hueOf("p1")).toBe(hueOf("p1"));
    expect(hueOf("p1")).not.toBe(hueOf("p2"));
  });
});

describe("a transition is told", () => {
  const base: Transition = {
    transitionId: "t1", from: "DIRECT", to: "SFU", phase: "CONNECTING", reason: "PARTICIPANT_JOINED", subject: "Ada", attempt: 1,
  };

  test.each<[Partial<Transition>, string | undefined]>([
    [{}, "Adding Ada…"],
    [{ phase: "REQUESTED" }, "Adding Ada…"],
    [{ reason: "POLICY_CHANGED" }, "Switching to group mode…"],
    [{ from: "SFU", to: "DIRECT", reason: "PARTICIPANT_LEFT", subject: "Ada" }, "Switching back to a direct connection…"],
    [{ phase: "ROLLED_BACK", retryInMs: 4_000 }, "Switching to group mode failed, retrying…"],
    [{ reason: "SFU_LOST", from: "SFU", to: "DIRECT" }, "Finding another way for the call…"],
    [{ phase: "COMPLETED" }, undefined],
  ])("%o", (change, sentence) => {
    expect(transitionSentence({ ...base, ...change })).toBe(sentence);
  });
});

test("a device that cannot be used is told in words that help", () => {
  const denied = new DOMException("denied", "NotAllowedError");
  expect(deviceSentence(["CAMERA"], denied)).toContain("does not allow the camera");
  expect(deviceSentence(["MICROPHONE"], new Error("odd"))).toContain("microphone could not be started");
});

test("who is alone for too long is told how long it goes on, and afterwards why it ended", () => {
  expect(SENTENCES.endsAlone(300_000)).toContain("in about 5 minutes");
  expect(SENTENCES.endsAlone(20_000)).toContain("in about a minute");
  expect(ENDS.ALONE_TOO_LONG).toContain("the only one in this call");
});
