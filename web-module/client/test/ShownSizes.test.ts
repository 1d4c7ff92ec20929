import { beforeEach, describe, expect, it } from "vitest";
import { ShownSizes } from "../src/sdk/paths/ShownSizes";
import { FakeClock } from "./support/FakeClock";

describe("the size at which a picture is shown", () => {
  let clock: FakeClock;
  let sizes: ShownSizes;

  beforeEach(() => {
    clock = new FakeClock();
    sizes = new ShownSizes(clock);
  });

  it("is told when half of the lines have been enough for a while, and at once when there are too few", async () => {
    expect(sizes.news("one", 180, 720)).toBeUndefined();
    await clock.pass(9_000);
    expect(sizes.news("one", 180, 720)).toBeUndefined();
    await clock.pass(1_000);
    expect(sizes.news("one", 180, 720)).toBe(1);
    expect(sizes.news("one", 180, 360)).toBeUndefined();
    await clock.pass(10_000);
    expect(sizes.news("one", 180, 360)).toBe(0);
    expect(sizes.news("one", 700, 180)).toBe(1);
    expect(sizes.news("one", 700, 360)).toBe(2);
    expect(sizes.news("one", 700, 180)).toBeUndefined();
  });

  it("is not told when it is small only for a moment", async () => {
    sizes.news("one", 180, 720);
    await clock.pass(9_000);
    sizes.news("one", 720, 720);
    await clock.pass(9_000);
    expect(sizes.news("one", 180, 720)).toBeUndefined();
  });

  it("keeps every line of a camera that has few", async () => {
    expect(sizes.news("one", 300, 180)).toBeUndefined();
    await clock.pass(60_000);
    expect(sizes.news("one", 300, 180)).toBeUndefined();
  });

  it("does not go to and fro between two layers", async () => {
    for (let shown = 20; shown < 1_500; shown += 7) {
      const one = new ShownSizes(clock);
      let layer = 2;
      const changes: number[] = [];
      for (let second = 0; second < 60; second++) {
        const news = one.news("one", shown, 720 >> (2 - layer));
        if (news !== undefined) {
          changes.push(news);
          layer = news;
        }
        await clock.pass(1_000);
      }
      expect(changes).toEqual([...changes].sort().reverse());
    }
  });
});
