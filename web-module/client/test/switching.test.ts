import { beforeEach, describe, expect, test } from "vitest";
import type { ClientMessage, Participant, Path } from "../src/sdk/contract";
import { trackKey } from "../src/sdk/contract";
import { PathSet } from "../src/sdk/paths/PathSet";
import type { RouterLine } from "../src/sdk/paths/RouterLine";
import { TrackMonitor } from "../src/sdk/paths/TrackMonitor";
import { Renderers } from "../src/sdk/render/Renderers";
import { Roster } from "../src/sdk/Roster";
import type { LocalSources } from "../src/sdk/sources/LocalSources";
import { TransitionClient } from "../src/sdk/transition/TransitionClient";
import { SimulatedNetwork } from "./simulation/SimulatedNetwork";
import type { SimulatedPath } from "./simulation/SimulatedPath";
import { simulatedSources } from "./simulation/SimulatedPerson";
import { SimulatedStage } from "./simulation/SimulatedStage";
import { FakeClock, settle } from "./support/FakeClock";

const CONNECT_MS = 50;
const NEW: Path = { kind: "SFU", pathId: "sfu-2" };

/** What carries the call before the switch, as Ann is told of it and as Bob is. */
const OLD_PATHS: { readonly from: string; readonly anns: Path; readonly bobs: Path }[] = [
  {
    from: "a direct path",
    anns: { kind: "DIRECT", pathId: "direct-1", peer: "bob", offerer: true },
    bobs: { kind: "DIRECT", pathId: "direct-1", peer: "ann", offerer: false },
  },
  { from: "another router", anns: { kind: "SFU", pathId: "sfu-1" }, bobs: { kind: "SFU", pathId: "sfu-1" } },
];

/** Ann's client, whose part in a switch is watched, and Bob, whom she sees and hears, on one simulated network and virtual time. */
describe.each(OLD_PATHS)("a client in a switch to a router from $from", ({ anns, bobs }) => {
  const OLD = anns.pathId;
  let clock: FakeClock;
  let network: SimulatedNetwork;
  let bob: LocalSources;
  let bobsPaths: SimulatedPath[];
  let roster: Roster;
  let paths: PathSet;
  let renderers: Renderers;
  let client: TransitionClient;
  let said: ClientMessage[];
  let watched: boolean;
  let decodeMs: number;
  let reachesNew: boolean;

  beforeEach(async () => {
    clock = new FakeClock();
    said = [];
    bobsPaths = [];
    watched = true;
    decodeMs = 100;
    reachesNew = true;
    network = new SimulatedNetwork({
      fate: () => ({ connects: reachesNew, afterMs: CONNECT_MS }),
      trackDelay: () => 10,
      reception: () => ({ loss: 0, decodeMs }),
    });
    bob = simulatedSources();
    await bob.turnOn("MICROPHONE");
    roster = new Roster();
    paths = new PathSet();
    const monitor = new TrackMonitor(paths, clock, () => true);
    renderers = new Renderers(paths, roster, monitor, (kind) => new SimulatedStage(kind, clock, () => watched).asStage(), clock);
    client = new TransitionClient({
      paths, roster, monitor, renderers, clock,
      makePath: (offered) => network.path(offered, { self: "ann", sources: simulatedSources(), line, clock }),
      request: async (message) => {
        said.push(message);
        return { type: "done" } as never;
      },
    });
    monitor.start();
  });

  const line: RouterLine = async () => ({ type: "done" }) as never;
  const voice = () => key("MICROPHONE");
  const picture = () => key("CAMERA");
  const shown = (role: "MICROPHONE" | "CAMERA") => renderers.stage(key(role))?.shownPath;
  const readies = () => said.filter(({ type }) => type === "transitionReady").length;

  function key(role: "MICROPHONE" | "CAMERA") {
    return trackKey("bob", bob.device(role)?.sourceId ?? "");
  }

  /** What Ann is told of Bob. */
  function tell(sources = bob.descriptions): void {
    const participant: Participant = { participantId: "bob", displayName: "Bob", status: "ADMITTED", sources };
    roster.put(participant);
  }

  function bobOpens(offered: Path): void {
    const path = network.path(offered, { self: "bob", sources: bob, line, clock });
    bobsPaths.push(path);
    path.open();
  }

  /** Ann and Bob talk on the old path. */
  async function talking(): Promise<void> {
    roster.begin("ann", [], new Set());
    tell();
    client.offered({ type: "pathsOffered", paths: [anns] });
    bobOpens(bobs);
    await clock.pass(1_000);
    expect(shown("MICROPHONE")).toBe(OLD);
  }

  function offered(): void {
    client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
    bobOpens(NEW);
  }

  function committed(): void {
    client.committed({ type: "pathsCommitted", transitionId: "t2", pathIds: [NEW.pathId] });
  }

  function on(pathId: string): SimulatedPath {
    return paths.byId(pathId)?.path as SimulatedPath;
  }

  describe("is ready", () => {
    test("without a picture that the server does not send, because others have spoken", async () => {
      await bob.turnOn("CAMERA");
      await talking();
      decodeMs = 100_000;
      offered();
      await clock.pass(1_000);
      expect(readies()).toBe(0);
      on(NEW.pathId).withheld.note(picture(), "UNSELECTED", true);
      await clock.pass(1_000);
      expect(readies()).toBe(1);
    });

    test("when the picture is decoded, and not when its packets come", async () => {
      await bob.turnOn("CAMERA");
      await talking();
      decodeMs = 2_000;
      offered();
      await clock.pass(1_500);
      expect(on(NEW.pathId).perceives(voice())).toBe(true);
      expect(readies()).toBe(0);
      await clock.pass(1_500);
      expect(readies()).toBe(1);
    });

    test("by the voice alone while the camera is off", async () => {
      await bob.turnOn("CAMERA");
      await bob.turnOff("CAMERA");
      await talking();
      offered();
      await clock.pass(500);
      expect(readies()).toBe(1);
    });

    test("although somebody leaves who had a path to come of their own", async () => {
      await talking();
      roster.put({ participantId: "cid", displayName: "Cid", status: "ADMITTED", sources: [] });
      client.offered({
        type: "pathsOffered", transitionId: "t2",
        paths: [{ kind: "DIRECT", pathId: "direct-2", peer: "cid", offerer: true }, NEW],
      });
      bobOpens(NEW);
      await clock.pass(500);
      expect(readies()).toBe(0);
      roster.remove("cid");
      client.released({ type: "pathsReleased", pathIds: ["direct-2"] });
      await clock.pass(200);
      expect(readies()).toBe(1);
    });

    test("by the voice of somebody who has no camera", async () => {
      await talking();
      offered();
      await clock.pass(500);
      expect(readies()).toBe(1);
    });

    test("when a muted microphone's path is connected, whatever comes on it", async () => {
      await bob.turnOff("MICROPHONE");
      await talking();
      offered();
      await clock.pass(CONNECT_MS + 100);
      expect(readies()).toBe(1);
    });

    test("by the first comfort noise of somebody who says nothing", async () => {
      await talking();
      // Silence looks like this on the wire; the person is not muted.
      const silent = bob.descriptions;
      bob.device("MICROPHONE")?.setMuted(true);
      tell(silent);
      offered();
      await clock.pass(300);
      expect(readies()).toBe(0);
      await clock.pass(500);
      expect(readies()).toBe(1);
    });

    test("without a decoded picture while the tab is hidden", async () => {
      await bob.turnOn("CAMERA");
      await talking();
      watched = false;
      decodeMs = 60_000;
      offered();
      await clock.pass(500);
      expect(readies()).toBe(1);
    });
  });

  test("shows the new path to the end of somebody's silence: noise every 400 ms is life", async () => {
    await talking();
    offered();
    await clock.pass(500);
    committed();
    await clock.pass(300);
    bob.device("MICROPHONE")?.setMuted(true);
    const heard: (string | undefined)[] = [];
    for (let look = 0; look < 50; look++) {
      await clock.pass(100);
      heard.push(shown("MICROPHONE"));
    }
    expect(new Set(heard)).toEqual(new Set([NEW.pathId]));
  });

  test("goes over at once when the other end has closed the old path, although it has not heard of the commit", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    offered();
    await clock.pass(500);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([OLD, OLD]);

    bobsPaths[0]?.close();
    on(OLD).left = true;
    await clock.pass(200);

    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, NEW.pathId]);
  });

  test("goes back to the old path that is still open when the new one falls silent, and over again when it is well", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    offered();
    await clock.pass(500);
    committed();
    await clock.pass(500);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, NEW.pathId]);

    network.break(on(NEW.pathId), true);
    await clock.pass(1_500);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([OLD, OLD]);
    expect(on(OLD).perceives(picture())).toBe(true);

    await clock.pass(3_000);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, NEW.pathId]);
  });

  test("keeps the old picture until the new one is decoded, and says that it has switched only then", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    decodeMs = 2_000;
    offered();
    await clock.pass(500);
    committed();
    await clock.pass(1_000);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, OLD]);
    expect(said.map(({ type }) => type)).not.toContain("transitionSwitched");
    await clock.pass(1_500);
    expect(shown("CAMERA")).toBe(NEW.pathId);
    expect(said.map(({ type }) => type)).toContain("transitionSwitched");
  });

  test("whose old path is closed before it went over shows the new one as soon as there is something to show", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    decodeMs = 2_000;
    offered();
    await clock.pass(500);
    committed();
    client.released({ type: "pathsReleased", pathIds: [OLD] });
    await clock.pass(100);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, undefined]);
    await clock.pass(2_500);
    expect(shown("CAMERA")).toBe(NEW.pathId);
    expect(on(NEW.pathId).perceives(picture())).toBe(true);
  });

  test("sees and hears on the old path until the new one is in force, and on both until the old one is released", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    offered();
    await clock.pass(1_000);
    expect(readies()).toBe(1);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([OLD, OLD]);

    committed();
    await clock.pass(1_000);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([NEW.pathId, NEW.pathId]);
    expect(said.map(({ type }) => type)).toContain("transitionSwitched");
    expect([voice(), picture()].map((key) => on(OLD).perceives(key))).toEqual([true, true]);

    client.released({ type: "pathsReleased", pathIds: [OLD] });
    client.ended("t2");
    await clock.pass(1_000);
    expect(paths.byId(OLD)).toBeUndefined();
    expect([voice(), picture()].map((key) => on(NEW.pathId).perceives(key))).toEqual([true, true]);
  });

  test("loses nothing when the new path does not come up, and says that it did not", async () => {
    await bob.turnOn("CAMERA");
    await talking();
    reachesNew = false;
    offered();
    const lost: unknown[] = [];
    for (let look = 0; look < 30; look++) {
      await clock.pass(100);
      lost.push(...[voice(), picture()].filter((key) => !on(OLD).perceives(key)));
    }
    expect(said).toContainEqual({ type: "transitionFailed", transitionId: "t2", pathId: NEW.pathId, failure: expect.anything() as never });
    client.released({ type: "pathsReleased", pathIds: [NEW.pathId] });
    client.ended("t2");
    await clock.pass(500);
    expect(lost).toEqual([]);
    expect([shown("MICROPHONE"), shown("CAMERA")]).toEqual([OLD, OLD]);
  });

  describe("hears and sees on no path", () => {
    beforeEach(async () => {
      await bob.turnOn("CAMERA");
      await talking();
      offered();
      await clock.pass(1_000);
      expect(perceived()).toEqual([true, true, true, true]);
    });

    const perceived = () => [OLD, NEW.pathId].flatMap((id) => [voice(), picture()].map((each) => on(id).perceives(each)));

    test("what was muted and turned off in this very moment", async () => {
      void bob.turnOff("MICROPHONE");
      void bob.turnOff("CAMERA");
      expect(perceived()).toEqual([false, false, false, false]);
      await settle();
    });

    test("anything of somebody who stops everything", () => {
      const keys = [voice(), picture()];
      bob.stop();
      expect([OLD, NEW.pathId].flatMap((id) => keys.map((each) => on(id).perceives(each)))).toEqual([false, false, false, false]);
    });
  });
});
