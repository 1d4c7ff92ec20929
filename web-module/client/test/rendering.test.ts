import { describe, expect, test } from "vitest";
import { chooseOption, type Option } from "../src/sdk/render/choice";
import { LONGEST_HOLD_MS, mayFollow } from "../src/sdk/render/reveal";

const old: Option = { pathId: "old", committed: true, rank: 1, presentable: true, silentMs: 0 };
const next: Option = { pathId: "new", committed: true, rank: 2, presentable: true, silentMs: 0 };

describe("the choice of a path to render", () => {
  test("stays with the path in force while the new one is not committed", () => {
    expect(chooseOption([old, { ...next, committed: false }], "old", false)).toBe("old");
  });

  test("goes over when the new path is committed and can be seen", () => {
    expect(chooseOption([old, next], "old", false)).toBe("new");
  });

  test("keeps the old picture while the new one is not decoded", () => {
    expect(chooseOption([old, { ...next, presentable: false }], "old", false)).toBe("old");
  });

  test("goes over at once when nothing is sent", () => {
    expect(chooseOption([old, { ...next, presentable: false }], "old", true)).toBe("new");
  });

  test("goes back when the new path falls silent and the old one still flows", () => {
    expect(chooseOption([old, { ...next, silentMs: 2_000 }], "new", false)).toBe("old");
  });

  test("does not go back for the silence of somebody who sends nothing", () => {
    expect(chooseOption([old, { ...next, silentMs: 2_000 }], "new", true)).toBe("new");
    expect(chooseOption([{ ...old, silentMs: 2_000 }, { ...next, silentMs: 2_000 }], "new", false)).toBe("new");
  });

  test("shows a newcomer from a path that is not committed when there is no other", () => {
    expect(chooseOption([{ ...next, committed: false }], undefined, false)).toBe("new");
  });

  test("shows nothing before there is something to show", () => {
    expect(chooseOption([{ ...next, presentable: false }], undefined, false)).toBeUndefined();
    expect(chooseOption([], "gone", false)).toBeUndefined();
  });
});

describe("the first frame of a new path", () => {
  test("follows when it is not older than what was shown, or when nobody can tell", () => {
    expect(mayFollow(1_000, 1_000, 0)).toBe(true);
    expect(mayFollow(undefined, 900, 0)).toBe(true);
    expect(mayFollow(1_000, undefined, 0)).toBe(true);
  });

  test("waits while it would run backwards, but not for ever", () => {
    expect(mayFollow(1_000, 970, 0)).toBe(false);
    expect(mayFollow(1_000, 970, LONGEST_HOLD_MS)).toBe(true);
  });
});
