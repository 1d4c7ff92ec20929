import { beforeEach, describe, expect, test } from "vitest";
import { Call, limitOf } from "../src/sdk/Call";
import type { ServerEvent, TopologyMode } from "../src/sdk/contract";
import { AudioOutput } from "../src/sdk/render/AudioOutput";
import type { CaptureDevices } from "../src/sdk/sources/captureDevices";
import { LocalSources } from "../src/sdk/sources/LocalSources";
import { FAILURES, LIMITS, SENTENCES } from "../src/app/sentences";
import { FakeClock, settle } from "./support/FakeClock";
import { FakeServer } from "./support/FakeServer";
import { FakeTrack } from "./support/FakeTrack";

describe("a call on a server that is busy", () => {
  let call: Call;
  let server: FakeServer;
  let seq: number;
  let stopped: number;

  async function joined(mode: TopologyMode): Promise<void> {
    server.latest.accept();
    server.latest.reply("join", {
      type: "joined", sessionId: "s", participantId: "ann", callId: "c", callName: "Talk", epoch: 1, status: "ADMITTED",
      participants: [{ participantId: "ann", displayName: "Ann", status: "ADMITTED", sources: [] }], mode, iceServers: [],
    });
    await settle();
  }

  beforeEach(async () => {
    server = new FakeServer();
    seq = 0;
    stopped = 0;
    let id = 0;
    const devices: CaptureDevices = {
      openMicrophone: async () => new FakeTrack("audio").asTrack(),
      openCamera: async () => new FakeTrack("video").asTrack(),
      openScreen: async () => ({ picture: new FakeTrack("video").asTrack(), sound: undefined }),
      list: async () => [],
      onChange: () => () => undefined,
    };
    const sources = new LocalSources(devices, () => `source-${++id}`);
    call = new Call({
      url: "wss://server", displayName: "Ann", token: async () => "token", sources, output: new AudioOutput(),
      clock: new FakeClock(),
      platform: { device: () => ({ browser: "Test", version: "1", sfuCapable: true }), openSocket: server.openSocket },
    });
    call.events.on("screensStopped", () => (stopped += 1));
    call.join();
    await settle();
  });

  async function happens(event: ServerEvent): Promise<void> {
    server.latest.event(++seq, event);
    await settle();
  }

  test("knows what is limited, and that nothing is any more after joining anew", async () => {
    await joined("SFU");
    await happens({ type: "qualityLimited", limit: "VIDEO_REDUCED" });
    expect(limitOf(call.state)).toBe("VIDEO_REDUCED");

    await happens({ type: "qualityLimited", limit: "NONE" });
    expect(limitOf(call.state)).toBe("NONE");
  });

  test("goes on with a screen that is limited, and stops it when it has to", async () => {
    await joined("SFU");
    await call.sources.shareScreen();
    await happens({ type: "qualityLimited", limit: "SCREENS_LOW" });
    expect(call.sources.screens).toHaveLength(1);

    await happens({ type: "qualityLimited", limit: "SCREENS_STOPPED" });

    expect(call.sources.screens).toHaveLength(0);
    expect(stopped).toBe(1);
  });

  test("loses nothing while it is direct", async () => {
    await joined("DIRECT");
    await call.sources.shareScreen();

    await happens({ type: "qualityLimited", limit: "SCREENS_STOPPED" });

    expect(limitOf(call.state)).toBe("NONE");
    expect(call.sources.screens).toHaveLength(1);
  });

  test("stops a screen that the server refused", async () => {
    await joined("SFU");
    await call.sources.shareScreen();
    await settle();

    server.latest.refuse("setSources", "SCREEN_SHARING_LIMITED");
    await settle();

    expect(call.sources.screens).toHaveLength(0);
    expect(stopped).toBe(1);
  });
});

test("everything that a busy server gives up is told in sentences", () => {
  expect(LIMITS.NONE).toBeUndefined();
  for (const sentence of [LIMITS.VIDEO_REDUCED, LIMITS.SCREENS_LOW, LIMITS.SCREENS_STOPPED, FAILURES.SCREEN_SHARING_LIMITED,
    SENTENCES.screenMayStop, SENTENCES.screenStopped, SENTENCES.queuedWhy.OVERLOADED]) {
    expect(sentence).toMatch(/^[A-Z].*busy.*\.$/);
  }
});
