import { expect, test } from "vitest";
import { CONNECTING_MS, connectedWithin } from "../src/sdk/paths/connected";
import type { ConnectionState } from "../src/sdk/paths/ConnectionHealth";
import { FakeClock } from "./support/FakeClock";

class FakeTransport {
  connectionState: ConnectionState = "new";
  #listener: () => void = () => undefined;

  on(_event: "connectionstatechange", listener: () => void): void {
    this.#listener = listener;
  }

  become(state: ConnectionState): void {
    this.connectionState = state;
    this.#listener();
  }
}

function waitingFor(transport: FakeTransport) {
  const clock = new FakeClock();
  const state = { over: false };
  void connectedWithin(CONNECTING_MS, transport, clock).then(() => (state.over = true));
  return { clock, state };
}

test.each(["connected", "failed", "closed"] as const)("nobody waits any longer for a transport that is %s", async (last) => {
  const transport = new FakeTransport();
  const { clock, state } = waitingFor(transport);
  transport.become("connecting");
  await clock.pass(1);
  expect(state.over).toBe(false);
  transport.become(last);
  await clock.pass(1);
  expect(state.over).toBe(true);
});

test("nobody waits for a transport that is connected already", async () => {
  const transport = new FakeTransport();
  transport.become("connected");
  const { clock, state } = waitingFor(transport);
  await clock.pass(1);
  expect(state.over).toBe(true);
});

test("a transport that says nothing is waited for only so long", async () => {
  const { clock, state } = waitingFor(new FakeTransport());
  await clock.pass(CONNECTING_MS - 1);
  expect(state.over).toBe(false);
  await clock.pass(1);
  expect(state.over).toBe(true);
});
