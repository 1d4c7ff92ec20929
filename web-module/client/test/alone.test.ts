import { beforeEach, describe, expect, test } from "vitest";
import { Call } from "../src/sdk/Call";
import type { ServerEvent } from "../src/sdk/contract";
import { AudioOutput } from "../src/sdk/render/AudioOutput";
import { simulatedSources } from "./simulation/SimulatedPerson";
import { FakeClock, settle } from "./support/FakeClock";
import { FakeServer } from "./support/FakeServer";

describe("somebody who is alone in a call", () => {
  let call: Call;
  let server: FakeServer;
  let seq: number;

  beforeEach(async () => {
    server = new FakeServer();
    seq = 0;
    call = new Call({
      url: "wss://server", displayName: "Ann", token: async () => "token", sources: simulatedSources(), output: new AudioOutput(),
      clock: new FakeClock(),
      platform: { device: () => ({ browser: "Test", version: "1", sfuCapable: true }), openSocket: server.openSocket },
    });
    call.join();
    await settle();
    server.latest.accept();
    server.latest.reply("join", {
      type: "joined", sessionId: "s", participantId: "ann", callId: "c", callName: "Talk", epoch: 1, status: "ADMITTED",
      participants: [{ participantId: "ann", displayName: "Ann", status: "ADMITTED", sources: [] }], mode: "DIRECT", iceServers: [],
    });
    await settle();
  });

  async function happens(event: ServerEvent): Promise<void> {
    server.latest.event(++seq, event);
    await settle();
  }

  test("is warned that the call will end, until somebody comes", async () => {
    expect(call.state.endsInMs).toBeUndefined();
    await happens({ type: "callEnding", inMs: 300_000 });
    expect(call.state.endsInMs).toBe(300_000);

    await happens({ type: "participantJoined", participant: { participantId: "bob", displayName: "Bob", status: "CONNECTING", sources: [] } });
    expect(call.state.endsInMs).toBeUndefined();
  });

  test("learns why the call ended", async () => {
    await happens({ type: "callEnded", reason: "ALONE_TOO_LONG" });

    expect(call.state.ended).toBe("ALONE_TOO_LONG");
  });
});
