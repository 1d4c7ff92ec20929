import type { FrameTimes } from "../src/sdk/render/FrameTimes";
import { describe, expect, test } from "vitest";
import { chooseOption, type Option } from "../src/sdk/render/choice";
import {
  COMPARISON_MS, decideReveal, EVIDENCE_MS, INCOMPARABLE_MS, LONGEST_HOLD_MS, PATIENCE_MS, STALLED_MS,
} from "../src/sdk/render/reveal";
import { BREAK_SAMPLES, isContinuous } from "../src/sdk/render/continuity";
import { GOOD_EVIDENCE, LITTLE_EVIDENCE, rtpDistance, rtpOffset } from "../src/sdk/render/rtpAlignment";

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

  test("takes a path that is not committed when those in force have fallen silent, and leaves it when they come back", () => {
    const coming = { ...next, committed: false };
    expect(chooseOption([{ ...old, silentMs: 2_000 }, coming], "old", false)).toBe("new");
    expect(chooseOption([old, coming], "new", false)).toBe("old");
  });

  test("prefers an older path in force that flows to one that is not committed", () => {
    const silent = { ...next, silentMs: 2_000 };
    const coming: Option = { ...next, pathId: "coming", committed: false, rank: 3 };
    expect(chooseOption([old, silent, coming], "new", false)).toBe("old");
  });

  test("does not take a path that is not committed for the silence of somebody who sends nothing", () => {
    expect(chooseOption([{ ...old, silentMs: 2_000 }, { ...next, committed: false }], "old", true)).toBe("old");
  });

  test("shows nothing before there is something to show", () => {
    expect(chooseOption([{ ...next, presentable: false }], undefined, false)).toBeUndefined();
    expect(chooseOption([], "gone", false)).toBeUndefined();
  });
});

/** Frames at the given capture times, sent on a path with a delay and a random start of its timestamps. */
function frames(captured: readonly number[], delayMs: number, start: number): FrameTimes[] {
  return captured.map((at) => ({
    presented: at + delayMs + 20,
    received: at + delayMs,
    rtp: (start + at * 90) >>> 0,
  }));
}

describe("a frame of a new path", () => {
  const uneven = [0, 33, 71, 95, 139, 170, 203, 231];
  const even = [0, 33, 66, 99, 132, 165, 198, 231];
  const start = 0xffff_ff00;

  test.each([
    ["as late as the old path", 10],
    ["three frames later", 110],
  ])("is recognised by the pattern of the frames, on a path %s", (_, delay) => {
    expect(rtpOffset(frames(uneven, 10, 500), frames(uneven.slice(2), delay, start), LITTLE_EVIDENCE)).toBe(rtpDistance(500, start));
  });

  test("is recognised among even frames when the paths take equally long", () => {
    expect(rtpOffset(frames(even, 10, 500), frames(even.slice(3), 16, start), LITTLE_EVIDENCE)).toBe(rtpDistance(500, start));
  });

  test("is recognised among frames whose timestamps are even but for their rounding, however that falls", () => {
    const sent = (rounding: readonly number[]): number[] => rounding.map((ms, frame) => 50 * frame + ms);
    const old = frames(sent([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]), 10, 500);
    const fresh = frames(sent([0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]).slice(4), 12, start);
    const offset = rtpOffset(old, fresh, LITTLE_EVIDENCE) ?? NaN;
    expect(Math.abs(rtpDistance(offset, rtpDistance(500, start)))).toBeLessThanOrEqual(90);
  });

  test("is recognised on a much slower path when the camera keeps time to a few milliseconds", () => {
    const jitter = [0, 2, -2, 3, 0, -3, 2, 0, -2, 3, 2, -3, 0, -2, 3, 0];
    const captured = jitter.map((ms, frame) => 33 * frame + ms);
    const [shown, slower] = [frames(captured, 10, 500), frames(captured.slice(0, 13), 110, start)];
    expect(rtpOffset(shown, slower, LITTLE_EVIDENCE)).toBe(rtpDistance(500, start));
    expect(decideReveal(shown, slower, 0, 0)).toBe("WAIT");
  });

  test("is not shown while it is older than what is shown: the old path plays on, then is held, but not for ever", () => {
    const shown = frames(uneven, 10, 500);
    const behind = frames(uneven.slice(0, 6), 80, start);
    expect(decideReveal(shown, behind, 0, 0)).toBe("WAIT");
    expect(decideReveal(shown, behind, PATIENCE_MS, 0)).toBe("HOLD");
    expect(decideReveal(shown, behind, PATIENCE_MS, LONGEST_HOLD_MS)).toBe("REVEAL");
  });

  test("is shown together with the same frame of the old path, and not a moment later", () => {
    const shown = frames(uneven, 10, 500);
    expect(decideReveal(shown, frames(uneven, 10, start), EVIDENCE_MS, 0)).toBe("REVEAL");
    expect(decideReveal(shown, frames(uneven, 30, start), EVIDENCE_MS, 0)).toBe("WAIT");
  });

  test("is waited for until many were seen, and for a while only", () => {
    const many = Array.from({ length: GOOD_EVIDENCE + 1 }, (_, frame) => 33 * frame + [0, 4, -3, 2][frame % 4]!);
    const [shown, next] = [frames(many, 10, 500), frames(many, 10, start)];
    expect(decideReveal(shown, next, 0, 0)).toBe("REVEAL");
    expect(decideReveal(shown, next.slice(2), 0, 0)).toBe("WAIT");
    expect(decideReveal(shown, next.slice(2), EVIDENCE_MS, 0)).toBe("REVEAL");
  });

  test("is revealed when it is newer than what is shown", () => {
    const shown = frames(uneven.slice(0, 7), 80, 500);
    expect(decideReveal(shown, frames(uneven, 10, start), EVIDENCE_MS, 0)).toBe("REVEAL");
  });

  test("leaves frames out only when the old path does not draw level soon", () => {
    const shown = frames(uneven.slice(0, 6), 80, 500);
    expect(decideReveal(shown, frames(uneven, 10, start), EVIDENCE_MS, 0)).toBe("WAIT");
    expect(decideReveal(shown, frames(uneven, 10, start), COMPARISON_MS, 0)).toBe("REVEAL");
  });

  test("is waited for until enough frames were seen to compare, and then judged by its arrival", () => {
    const shown = frames(uneven, 10, 500);
    const early = frames(uneven.slice(5, 7), 10, start);
    expect(decideReveal(shown, early, 0, 0)).toBe("WAIT");
    expect(decideReveal(shown, early, COMPARISON_MS, 0)).toBe("WAIT");
    expect(decideReveal(shown, early, PATIENCE_MS, 0)).toBe("HOLD");
    expect(decideReveal(shown.slice(0, 6), early, PATIENCE_MS, 0)).toBe("REVEAL");
  });

  test("is judged without timestamps where the browser has none", () => {
    const bare = (list: FrameTimes[]): FrameTimes[] => list.map(({ presented }) => ({ presented, received: undefined, rtp: undefined }));
    const [shown, next] = [bare(frames(uneven, 10, 0)), bare(frames(uneven, 12, 0))];
    expect(decideReveal(shown, next, 0, 0)).toBe("WAIT");
    expect(decideReveal(shown, next, INCOMPARABLE_MS, 0)).toBe("REVEAL");
  });

  test("is revealed at once when the old path has stalled, or has never shown anything", () => {
    const late = frames([234 + STALLED_MS + 10], 10, start);
    expect(decideReveal(frames(uneven, 10, 500), late, 0, 0)).toBe("REVEAL");
    expect(decideReveal([], late, 0, 0)).toBe("REVEAL");
  });
});

describe("sound of a new path", () => {
  const tone = (length: number): Float32Array => Float32Array.from({ length }, (_, sample) => Math.sin(sample / 20));

  test("goes through when it crosses zero only", () => {
    expect(isContinuous(tone(4_096))).toBe(true);
  });

  test("does not while it has just begun, or has a break", () => {
    expect(isContinuous(new Float32Array(4_096))).toBe(false);
    expect(isContinuous(tone(4_096).fill(0, 0, BREAK_SAMPLES))).toBe(false);
    expect(isContinuous(tone(4_096).fill(0, 2_000, 2_000 + BREAK_SAMPLES))).toBe(false);
  });
});
