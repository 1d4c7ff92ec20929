import { describe, expect, it } from "vitest";
import { ShownSizes } from "../src/sdk/paths/ShownSizes";
import { FakeClock } from "./support/FakeClock";

describe("the size at which a picture is shown", () => {
  it("is told when it has been small for a while, and at once when it is larger", async () => {
    const clock = new FakeClock();
    const sizes = new ShownSizes(clock);
    expect(sizes.news("one", 180)).toBeUndefined();
    await clock.pass(9_000);
    expect(sizes.news("one", 180)).toBeUndefined();
    await clock.pass(1_000);
    expect(sizes.news("one", 180)).toBe(0);
    expect(sizes.news("one", 180)).toBeUndefined();
    expect(sizes.news("one", 720)).toBe(2);
  });

  it("is not told when it is small only for a moment", async () => {
    const clock = new FakeClock();
    const sizes = new ShownSizes(clock);
    sizes.news("one", 180);
    await clock.pass(9_000);
    sizes.news("one", 720);
    await clock.pass(9_000);
    expect(sizes.news("one", 180)).toBeUndefined();
  });
});
