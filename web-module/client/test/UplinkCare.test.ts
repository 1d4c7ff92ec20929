import { expect, test } from "vitest";
import { PathSet } from "../src/sdk/paths/PathSet";
import { TrackMonitor } from "../src/sdk/paths/TrackMonitor";
import { COARSE_MS, REDUCIBLE_BPS, THIN_BPS, UplinkCare } from "../src/sdk/paths/UplinkCare";
import { FakeClock } from "./support/FakeClock";
import { FakePath } from "./support/FakePath";

async function secondPathOn(bps: number | undefined) {
  const clock = new FakeClock();
  const paths = new PathSet();
  const monitor = new TrackMonitor(paths, clock, () => true);
  const state = { changing: true };
  new UplinkCare(paths, monitor, () => state.changing, clock);
  monitor.start();
  const [old, fresh] = [new FakePath("direct-1", "DIRECT", ["bob"]), new FakePath("sfu-2", "SFU", ["bob"])];
  old.bps = bps;
  paths.add(old, undefined);
  await clock.pass(500);
  paths.add(fresh, "t2");
  [old, fresh].forEach((path) => path.connect());
  await clock.pass(500);
  return { clock, paths, old, fresh, state };
}

test("on a thin line the second path starts lean, and the old one leaves it room", async () => {
  const { old, fresh } = await secondPathOn(400_000);
  expect(fresh.shares).toEqual(["LEAN"]);
  expect(fresh.knownBps).toBe(400_000);
  expect(old.shares).toEqual(["REDUCED"]);
});

test("when the change is over paths grow with what their lines are found to carry, never ahead of it", async () => {
  const { clock, old, fresh, state } = await secondPathOn(400_000);
  fresh.bps = 300_000;
  state.changing = false;
  await clock.pass(500);
  expect(fresh.shares).toEqual(["LEAN", "COARSE"]);
  expect(fresh.knownBps).toBe(300_000);
  expect(old.shares).toEqual(["REDUCED", "MEASURED"]);

  await clock.pass(COARSE_MS);
  expect(fresh.shares).toEqual(["LEAN", "COARSE", "MEASURED"]);

  fresh.bps = 310_000;
  await clock.pass(500);
  expect(fresh.knownBps).toBe(300_000);
  fresh.bps = 500_000;
  await clock.pass(500);
  expect(fresh.knownBps).toBe(500_000);

  fresh.bps = THIN_BPS;
  await clock.pass(500);
  expect(fresh.shares).toEqual(["LEAN", "COARSE", "MEASURED", "FULL"]);
});

test("a path that is not connected yet stays lean", async () => {
  const { clock, fresh, state } = await secondPathOn(400_000);
  fresh.state = undefined;
  state.changing = false;
  await clock.pass(500);
  expect(fresh.shares).toEqual(["LEAN"]);
});

test("a path whose browser does not say what the line carries takes all when the change is over", async () => {
  const { clock, fresh, state } = await secondPathOn(400_000);
  state.changing = false;
  await clock.pass(500);
  expect(fresh.shares).toEqual(["LEAN", "FULL"]);
});

test("an old path that takes little of a thin line is left alone", async () => {
  const { old, fresh } = await secondPathOn(REDUCIBLE_BPS - 1);
  expect(fresh.shares).toEqual(["LEAN"]);
  expect(old.shares).toEqual([]);
});

test("a path that still sends small pictures takes no more while the next change runs", async () => {
  const { clock, fresh, state } = await secondPathOn(400_000);
  fresh.bps = 300_000;
  state.changing = false;
  await clock.pass(500);
  state.changing = true;
  await clock.pass(COARSE_MS);
  expect(fresh.shares).toEqual(["LEAN", "COARSE"]);
});

test("a path that has only just begun knows nothing of the line", async () => {
  const { clock, paths, old, fresh } = await secondPathOn(THIN_BPS);
  fresh.bps = 600_000;
  paths.add(new FakePath("direct-2", "DIRECT", ["cid"]), "t2");
  await clock.pass(500);
  expect(fresh.shares).not.toContain("REDUCED");
  expect(old.shares).toEqual([]);
});

test("on a good line the second path has its full quality at once", async () => {
  const { fresh } = await secondPathOn(THIN_BPS);
  expect(fresh.shares.at(-1)).toBe("FULL");
});

test("a line of which nothing is known is taken for a good one", async () => {
  const { fresh } = await secondPathOn(undefined);
  expect(fresh.shares.at(-1)).toBe("FULL");
});
