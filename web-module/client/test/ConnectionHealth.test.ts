import { beforeEach, describe, expect, test } from "vitest";
import { ConnectionHealth } from "../src/sdk/paths/ConnectionHealth";
import { FakeClock } from "./support/FakeClock";

describe("the health of a path", () => {
  let clock: FakeClock;
  let told: string[];
  let health: ConnectionHealth;

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    health = new ConnectionHealth(clock, {
      state: (state) => told.push(state),
      restart: () => told.push("restart"),
      failed: (failure) => told.push(failure),
    });
  });

  test("is CONNECTED when every transport in use is", () => {
    health.report("SEND", "connecting");
    health.report("RECV", "connected");
    expect(told).toEqual([]);
    expect(health.settled).toBe(false);
    health.report("SEND", "connected");
    expect(told).toEqual(["CONNECTED"]);
    expect(health.settled).toBe(true);
  });

  test("is UNREACHABLE at the first failure of a path that never came up", () => {
    health.report("peer", "connecting");
    health.report("peer", "disconnected");
    health.report("peer", "failed");
    expect(told).toEqual(["FAILED", "UNREACHABLE"]);
  });

  test("is UNREACHABLE when nothing ever comes of a path that is expected", async () => {
    health.expected();
    await clock.pass(14_900);
    expect(told).toEqual([]);
    await clock.pass(100);
    expect(told).toEqual(["FAILED", "UNREACHABLE"]);
  });

  test("is UNREACHABLE once, whether a transport says so or the time is up", async () => {
    health.expected();
    health.report("peer", "failed");
    await clock.pass(60_000);
    expect(told).toEqual(["FAILED", "UNREACHABLE"]);
  });

  test("that came up in time is left alone", async () => {
    health.expected();
    health.report("peer", "connected");
    await clock.pass(60_000);
    expect(told).toEqual(["CONNECTED"]);
  });

  test("forgives a short break", async () => {
    health.report("peer", "connected");
    health.report("peer", "disconnected");
    await clock.pass(1_900);
    health.report("peer", "connected");
    await clock.pass(60_000);
    expect(told).toEqual(["CONNECTED", "DISCONNECTED", "CONNECTED"]);
  });

  test("tries an ICE restart, and gives up only when that does not help", async () => {
    health.report("peer", "connected");
    health.report("peer", "failed");
    await clock.pass(0);
    expect(told).toEqual(["CONNECTED", "DISCONNECTED", "restart"]);
    await clock.pass(8_000);
    expect(told.slice(3)).toEqual(["FAILED", "UNREACHABLE"]);
  });

  test("is healthy again after an ICE restart that helped", async () => {
    health.report("peer", "connected");
    health.report("peer", "failed");
    await clock.pass(1_000);
    health.report("peer", "connected");
    await clock.pass(60_000);
    expect(told).toEqual(["CONNECTED", "DISCONNECTED", "restart", "CONNECTED"]);
  });
});
