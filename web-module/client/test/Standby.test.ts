import type { Transport } from "mediasoup-client/types";
import { expect, test } from "vitest";
import { Emitter } from "../src/sdk/emitter";
import type { ConnectionState } from "../src/sdk/paths/ConnectionHealth";
import type { Direction, RouterTransports } from "../src/sdk/paths/RouterTransports";
import { Standby } from "../src/sdk/paths/Standby";
import { FakeClock } from "./support/FakeClock";

/** Two transports whose states the test decides. */
class FakeTransports {
  readonly events = new Emitter<{ state: { direction: Direction; state: ConnectionState } }>();
  readonly connected: Direction[] = [];
  readonly opened: Promise<unknown>;
  readonly pathId: string;
  closed = false;
  readonly #states = new Map<Direction, ConnectionState>();
  readonly #listeners = new Map<Direction, () => void>();

  constructor(pathId: string, refused?: Error) {
    this.pathId = pathId;
    const open = { send: this.#transport("SEND"), receive: this.#transport("RECV") };
    this.opened = refused === undefined ? Promise.resolve(open) : Promise.reject(refused);
  }

  connect(direction: Direction): void {
    this.connected.push(direction);
  }

  become(direction: Direction, state: ConnectionState): void {
    this.#states.set(direction, state);
    this.#listeners.get(direction)?.();
    this.events.emit("state", { direction, state });
  }

  close(): void {
    this.closed = true;
  }

  #transport(direction: Direction): Transport {
    const states = this.#states;
    const listeners = this.#listeners;
    return {
      get connectionState() { return states.get(direction) ?? "new"; },
      on: (_: string, listener: () => void) => listeners.set(direction, listener),
    } as unknown as Transport;
  }
}

function standby(refused?: Error) {
  const clock = new FakeClock();
  const made: FakeTransports[] = [];
  const lost: string[] = [];
  const make = (pathId: string): RouterTransports => {
    made.push(new FakeTransports(pathId, refused));
    return made.at(-1) as unknown as RouterTransports;
  };
  return { clock, made, lost, held: new Standby(clock, make, (pathId) => lost.push(pathId)) };
}

async function ready() {
  const scene = standby();
  const answer = scene.held.prepare("sfu-3");
  await scene.clock.pass(1);
  const transports = scene.made[0] as FakeTransports;
  transports.become("RECV", "connected");
  await scene.clock.pass(1);
  transports.become("SEND", "connected");
  return { ...scene, transports, reached: await answer };
}

test("one transport connects after the other, and then the router is known to be reached", async () => {
  const { transports, reached } = await ready();
  expect(transports.connected).toEqual(["RECV", "SEND"]);
  expect(reached).toBe(true);
});

test("a router that is not reached in time is said to be out of reach, and nothing is kept", async () => {
  const { clock, made, held } = standby();
  const answer = held.prepare("sfu-3");
  await clock.pass(8_000);
  expect(await answer).toBe(false);
  expect(made[0]?.closed).toBe(true);
  expect(held.take("sfu-3")).toBeUndefined();
});

test("what a router refuses says nothing about whether it can be reached", async () => {
  const { made, held } = standby(new Error("refused"));
  await expect(held.prepare("sfu-3")).rejects.toThrow("refused");
  expect(made[0]?.closed).toBe(true);
});

test("a path that is offered takes over what stands by for it, once", async () => {
  const { held, transports } = await ready();
  expect(held.ready).toBe("sfu-3");
  expect(held.take("sfu-4")).toBeUndefined();
  expect(held.take("sfu-3")).toBe(transports);
  expect(held.take("sfu-3")).toBeUndefined();
  expect(transports.closed).toBe(false);
});

test("a path that is offered while it is being made ready takes it over, and nobody asks how it went", async () => {
  const { clock, made, held } = standby();
  const answer = held.prepare("sfu-3");
  await clock.pass(1);
  expect(held.take("sfu-3")).toBe(made[0]);
  made[0]?.become("RECV", "connected");
  expect(await answer).toBeUndefined();
  expect(made[0]?.connected).toEqual(["RECV"]);
  expect(made[0]?.closed).toBe(false);
});

test("a path that the server has closed is closed", async () => {
  const { held, transports } = await ready();
  held.release(["sfu-1"]);
  expect(transports.closed).toBe(false);
  held.release(["sfu-3"]);
  expect(transports.closed).toBe(true);
});

test("a new path takes the place of a former one", async () => {
  const { held, transports } = await ready();
  void held.prepare("sfu-4");
  expect(transports.closed).toBe(true);
});

test.each(["disconnected", "failed"] as const)("a path that is %s while it stands by is closed, and may be made ready once more", async (state) => {
  const { held, transports, lost } = await ready();
  transports.become("SEND", state);
  expect(transports.closed).toBe(true);
  expect(held.ready).toBeUndefined();
  expect(lost).toEqual(["sfu-3"]);
  expect(held.take("sfu-3")).toBeUndefined();
});

test("a path in use that breaks is none of its business", async () => {
  const { held, transports, lost } = await ready();
  held.take("sfu-3");
  transports.become("SEND", "failed");
  expect(lost).toEqual([]);
});

test("a path whose first transport breaks while the other connects is not ready", async () => {
  const { clock, made, held } = standby();
  const answer = held.prepare("sfu-3");
  await clock.pass(1);
  made[0]?.become("RECV", "connected");
  await clock.pass(1);
  made[0]?.become("RECV", "disconnected");
  made[0]?.become("SEND", "connected");
  expect(await answer).toBe(false);
  expect(made[0]?.closed).toBe(true);
});
