import { expect, test } from "vitest";
import { signOfLife } from "../src/sdk/paths/lifeSigns";
import { FakeClock } from "./support/FakeClock";

function idleTransport() {
  const clock = new FakeClock();
  const pair = { type: "candidate-pair", bytesReceived: 4_000, responsesReceived: 7 };
  const transport = { closed: false, getStats: () => Promise.resolve(new Map([["pair", pair]]) as unknown as RTCStatsReport) };
  const state = { alive: false };
  void signOfLife(transport, clock).then(() => (state.alive = true));
  return { clock, pair, transport, state };
}

test("what arrived before is no sign of life", async () => {
  const { clock, state } = idleTransport();
  await clock.pass(20_000);
  expect(state.alive).toBe(false);
});

test.each(["bytesReceived", "responsesReceived"] as const)("a transport whose %s grow is alive", async (count) => {
  const { clock, pair, state } = idleTransport();
  await clock.pass(1_000);
  pair[count] += 1;
  await clock.pass(1_000);
  expect(state.alive).toBe(true);
});

test("nobody looks at a transport that is closed", async () => {
  const { clock, pair, transport, state } = idleTransport();
  await clock.pass(100);
  transport.closed = true;
  pair.bytesReceived += 1;
  await clock.pass(2_000);
  expect(state.alive).toBe(false);
});
