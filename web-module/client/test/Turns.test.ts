import { expect, test } from "vitest";
import { TURN_MS, Turns } from "../src/sdk/paths/Turns";
import { FakeClock } from "./support/FakeClock";

function threeTurns(narrow: boolean) {
  const clock = new FakeClock();
  const turns = new Turns(clock, () => narrow);
  const taken: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    void turns.next().then(() => taken.push(clock.now()));
  }
  return { clock, turns, taken };
}

test("on a narrow line each waits until the one before has had its time", async () => {
  const { clock, taken } = threeTurns(true);
  const start = clock.now();
  await clock.pass(3 * TURN_MS);
  expect(taken).toEqual([start, start + TURN_MS, start + 2 * TURN_MS]);
});

test("on a narrow line nobody waits when the last turn is long over", async () => {
  const { clock, turns, taken } = threeTurns(true);
  await clock.pass(4 * TURN_MS);
  const now = clock.now();
  void turns.next().then(() => taken.push(clock.now()));
  await clock.pass(0);
  expect(taken.at(-1)).toBe(now);
});

test("on any other line nobody waits", async () => {
  const { clock, taken } = threeTurns(false);
  await clock.pass(0);
  expect(taken).toHaveLength(3);
});
