import type { Consumer, Transport } from "mediasoup-client/types";
import { beforeEach, describe, expect, test } from "vitest";
import { tileViews } from "../src/app/pages/tileViews";
import { Call } from "../src/sdk/Call";
import { type ClientMessage, type Participant, type ProducerInfo, type ServerEvent, trackKey } from "../src/sdk/contract";
import { Emitter } from "../src/sdk/emitter";
import type { RouterLine } from "../src/sdk/paths/RouterLine";
import type { RouterTransports } from "../src/sdk/paths/RouterTransports";
import { SfuPath } from "../src/sdk/paths/SfuPath";
import { AudioOutput } from "../src/sdk/render/AudioOutput";
import { SimulatedStage } from "./simulation/SimulatedStage";
import { simulatedSources } from "./simulation/SimulatedPerson";
import { FakeClock, settle } from "./support/FakeClock";
import { FakeServer } from "./support/FakeServer";
import { FakeTrack } from "./support/FakeTrack";

const PATH = "sfu-1";
const BOB: Participant = {
  participantId: "bob", displayName: "Bob", status: "ADMITTED",
  sources: [
    { sourceId: "mic", kind: "audio", role: "MICROPHONE", muted: false },
    { sourceId: "cam", kind: "video", role: "CAMERA", muted: false },
    { sourceId: "screen", kind: "video", role: "SCREEN", muted: false },
  ],
};

/** Transports that are connected and take every consumer. */
function transports(): RouterTransports {
  const receive = {
    id: "recv",
    connectionState: "connected",
    on: () => undefined,
    getStats: async () => new Map(),
    consume: async ({ id, producerId, kind, appData }: Consumer) => ({
      id, producerId, kind, appData, track: new FakeTrack(kind).asTrack(), rtpParameters: { mid: id }, close: () => undefined,
    }),
  } as unknown as Transport;
  return {
    events: new Emitter(), opened: Promise.resolve({ send: receive, receive }), early: () => false, connect: () => undefined, close: () => undefined,
  } as unknown as RouterTransports;
}

describe("in a group call", () => {
  let call: Call;
  let server: FakeServer;
  let asked: ClientMessage[];
  let seq: number;

  const line = (async (message: ClientMessage) => {
    asked.push(message);
    const producer = message.type === "consume" ? message.producerId : "";
    const [participantId = "", sourceId = ""] = producer.split("-");
    const kind = sourceId === "mic" ? "audio" : "video";
    return { type: "consumed", consumerId: `of-${producer}`, producerId: producer, participantId, sourceId, kind, rtpParameters: {}, producerPaused: false };
  }) as unknown as RouterLine;

  beforeEach(async () => {
    server = new FakeServer();
    asked = [];
    seq = 0;
    const clock = new FakeClock();
    const sources = simulatedSources();
    call = new Call({
      url: "wss://server", displayName: "Ann", token: async () => "token", sources, output: new AudioOutput(), clock,
      platform: {
        device: () => ({ browser: "Test", version: "1", sfuCapable: true }),
        openSocket: server.openSocket,
        makePath: ({ pathId }) => new SfuPath({
          pathId, sources, line, transports: transports(), clock, pinned: (key) => call.roster.source(key)?.role === "SCREEN",
        }),
        makeStage: (kind) => new SimulatedStage(kind, clock, () => true).asStage(),
      },
    });
    call.join();
    await settle();
    server.latest.accept();
    server.latest.reply("join", {
      type: "joined", sessionId: "s", participantId: "ann", callId: "c", callName: "Talk", epoch: 1, status: "ADMITTED",
      participants: [{ participantId: "ann", displayName: "Ann", status: "ADMITTED", sources: [] }, BOB], mode: "SFU", iceServers: [],
    });
    await happens({ type: "pathsOffered", paths: [{ kind: "SFU", pathId: PATH }] });
    for (const source of ["mic", "cam", "screen"]) {
      const producer = { producerId: `bob-${source}`, participantId: "bob", sourceId: source, kind: source === "mic" ? "audio" : "video", paused: false };
      await happens({ type: "producerAdded", pathId: PATH, producer: producer as ProducerInfo });
    }
  });

  async function happens(event: ServerEvent): Promise<void> {
    server.latest.event(++seq, event);
    await settle();
  }

  const tile = (key: string) => tileViews(call, "Ann", () => undefined, new Set()).get(key);

  test("the tile of whoever has the floor is marked until somebody else has it", async () => {
    expect(tile("bob")?.speaker).toBe(false);
    await happens({ type: "activeSpeaker", pathId: PATH, participantId: "bob" });
    expect(call.state.activeSpeaker).toBe("bob");
    expect(tile("bob")?.speaker).toBe(true);

    await happens({ type: "activeSpeaker", pathId: PATH, participantId: "ann" });
    expect(tile("bob")?.speaker).toBe(false);
    await happens({ type: "activeSpeaker", pathId: PATH });
    expect(call.state.activeSpeaker).toBeUndefined();
  });

  test("nobody who is muted is marked", async () => {
    await happens({ type: "activeSpeaker", pathId: PATH, participantId: "bob" });
    const sources = BOB.sources.map((source) => ({ ...source, muted: true }));
    await happens({ type: "participantUpdated", participant: { ...BOB, sources } });
    expect(tile("bob")?.speaker).toBe(false);
  });

  test("nobody has the floor any more when the call leaves the router", async () => {
    await happens({ type: "activeSpeaker", pathId: PATH, participantId: "bob" });
    await happens({ type: "pathsReleased", pathIds: [PATH] });
    expect(call.state.activeSpeaker).toBeUndefined();
  });

  test("a picture that is not sent any more is no frozen one", async () => {
    expect(tile("bob")?.withheld).toBe(false);
    await happens({ type: "consumerSelected", pathId: PATH, consumerId: "of-bob-cam", selected: false });
    expect(tile("bob")?.withheld).toBe(true);
    expect(tile("bob")?.waiting).toBeUndefined();

    await happens({ type: "consumerSelected", pathId: PATH, consumerId: "of-bob-cam", selected: true });
    expect(tile("bob")?.withheld).toBe(false);
  });

  test("a picture for which the line has no room is no frozen one either, until both reasons are gone", async () => {
    await happens({ type: "consumerLayersChanged", pathId: PATH, consumerId: "of-bob-cam" });
    expect(tile("bob")?.withheld).toBe(true);
    await happens({ type: "consumerSelected", pathId: PATH, consumerId: "of-bob-cam", selected: false });
    await happens({ type: "consumerLayersChanged", pathId: PATH, consumerId: "of-bob-cam", spatialLayer: 0 });
    expect(tile("bob")?.withheld).toBe(true);
    await happens({ type: "consumerSelected", pathId: PATH, consumerId: "of-bob-cam", selected: true });
    expect(tile("bob")?.withheld).toBe(false);
  });

  test("a shared screen is asked to be sent whoever speaks, a camera is not", () => {
    expect(asked.filter(({ type }) => type === "pinConsumer")).toEqual([
      { type: "pinConsumer", pathId: PATH, consumerId: "of-bob-screen", pinned: true },
    ]);
    expect(tile(trackKey("bob", "screen"))?.withheld).toBe(false);
  });
});
