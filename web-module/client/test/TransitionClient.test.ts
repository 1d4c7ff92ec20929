import { beforeEach, expect, test } from "vitest";
import type { ClientMessage, Participant, Path } from "../src/sdk/contract";
import { trackKey } from "../src/sdk/contract";
import { Emitter } from "../src/sdk/emitter";
import { PathSet } from "../src/sdk/paths/PathSet";
import { TrackMonitor } from "../src/sdk/paths/TrackMonitor";
import type { Stage, StageEvents } from "../src/sdk/render/Stage";
import { Renderers } from "../src/sdk/render/Renderers";
import { Roster } from "../src/sdk/Roster";
import { SETTLE_MS, TransitionClient } from "../src/sdk/transition/TransitionClient";
import { FakeClock } from "./support/FakeClock";
import { FakePath } from "./support/FakePath";

const BOB: Participant = {
  participantId: "bob", displayName: "Bob", status: "ADMITTED",
  sources: [{ sourceId: "mic", kind: "audio", role: "MICROPHONE", muted: false }],
};
const VOICE = trackKey("bob", "mic");
const HEARD = { packetsReceived: 5, framesDecoded: 0 };
const OLD: Path = { kind: "DIRECT", pathId: "direct-1", peer: "bob", offerer: true };
const NEW: Path = { kind: "SFU", pathId: "sfu-2" };

class FakeStage implements Stage {
  readonly kind = "audio";
  readonly events = new Emitter<StageEvents>();
  shownPath: string | undefined;
  readonly level = 0;
  offer(): void {}
  withdraw(pathId: string): void {
    this.shownPath = this.shownPath === pathId ? undefined : this.shownPath;
  }
  show(pathId: string): void {
    this.shownPath = pathId;
  }
  close(): void {}
}

let clock: FakeClock;
let made: Map<string, FakePath>;
let said: ClientMessage[];
let paths: PathSet;
let client: TransitionClient;
let renderers: Renderers;

beforeEach(async () => {
  clock = new FakeClock();
  made = new Map();
  said = [];
  paths = new PathSet();
  const roster = new Roster();
  roster.begin("ann", [BOB], new Set());
  const monitor = new TrackMonitor(paths, clock, () => true);
  renderers = new Renderers(paths, roster, monitor, () => new FakeStage(), clock);
  client = new TransitionClient({
    paths, roster, monitor, renderers, clock,
    makePath: (offered) => {
      const path = new FakePath(offered.pathId, offered.kind, ["bob"]);
      made.set(offered.pathId, path);
      return path;
    },
    request: async (message) => {
      said.push(message);
      return { type: "done" } as never;
    },
  });
  monitor.start();
  client.offered({ type: "pathsOffered", paths: [OLD] });
  path("direct-1").connect();
  path("direct-1").arrives(VOICE, HEARD);
  await clock.pass(1_000);
  said.length = 0;
});

function path(pathId: string): FakePath {
  const found = made.get(pathId);
  if (found === undefined) {
    throw new Error(`no path ${pathId}`);
  }
  return found;
}

const types = (): string[] => said.map((message) => message.type);

test("ready is told when the voice has come on the new path, and not before", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
  path("sfu-2").connect();
  await clock.pass(1_000);
  expect(types()).not.toContain("transitionReady");

  path("sfu-2").arrives(VOICE, HEARD);
  await clock.pass(1_000);

  expect(types().filter((type) => type === "transitionReady")).toHaveLength(1);
});

test("readiness is told of the offer that it is about", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", revision: 3, paths: [NEW] });
  path("sfu-2").connect();
  path("sfu-2").arrives(VOICE, HEARD);
  await clock.pass(1_000);

  expect(said).toContainEqual(expect.objectContaining({ type: "transitionReady", transitionId: "t2", revision: 3 }));
});

test("a plan that turns while the transition runs is judged anew, and paths that are open are kept", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
  path("sfu-2").connect();
  path("sfu-2").arrives(VOICE, HEARD);
  await clock.pass(1_000);

  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [OLD] });
  client.released({ type: "pathsReleased", pathIds: ["sfu-2"] });
  await clock.pass(1_000);

  expect(types().filter((type) => type === "transitionReady")).toHaveLength(2);
  expect(path("direct-1").closed).toBe(false);
});

test("a path that is kept, breaks and is made once more counts again", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
  client.released({ type: "pathsReleased", pathIds: ["sfu-2"] });
  expect(client.step).toBeUndefined();
  client.offered({ type: "pathsOffered", paths: [NEW] });
  path("sfu-2").connect();
  path("sfu-2").arrives(VOICE, HEARD);
  await clock.pass(1_000);

  expect(types().filter((type) => type === "transitionReady")).toHaveLength(1);
});

test("the old path may go only when what is rendered has gone over and has settled", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
  path("sfu-2").connect();
  path("sfu-2").arrives(VOICE, HEARD);
  await clock.pass(1_000);
  client.committed({ type: "pathsCommitted", transitionId: "t2", pathIds: ["sfu-2"] });
  await clock.pass(SETTLE_MS - 50);
  expect(types()).not.toContain("transitionSwitched");

  await clock.pass(SETTLE_MS + 200);

  expect(types()).toContain("transitionSwitched");
  expect(renderers.stage(VOICE)?.shownPath).toBe("sfu-2");
});

test("a path kept from the old topology goes before one that is on its way out when it is committed", async () => {
  client.offered({ type: "pathsOffered", transitionId: "t2", paths: [NEW] });
  path("sfu-2").connect();
  path("sfu-2").arrives(VOICE, HEARD);
  client.committed({ type: "pathsCommitted", transitionId: "t2", pathIds: ["sfu-2"] });
  await clock.pass(1_000);

  client.offered({ type: "pathsOffered", transitionId: "t3", paths: [OLD] });
  client.committed({ type: "pathsCommitted", transitionId: "t3", pathIds: ["direct-1"] });
  await clock.pass(100);

  expect(renderers.stage(VOICE)?.shownPath).toBe("direct-1");
});

test("a connected direct path outlives its session, and the server is not told of it any more", async () => {
  paths.outlive();
  await clock.pass(500);
  path("direct-1").events.emit("failed", "UNREACHABLE");

  expect(types()).not.toContain("pathStateChanged");
  expect(path("direct-1").closed).toBe(true);
});

test("a path to the SFU does not outlive its session", () => {
  client.offered({ type: "pathsOffered", paths: [NEW] });
  path("sfu-2").connect();

  paths.outlive();

  expect(path("sfu-2").closed).toBe(true);
  expect(path("direct-1").closed).toBe(false);
});
