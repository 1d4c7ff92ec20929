import { beforeEach, describe, expect, test } from "vitest";
import type { ReplyOf, ServerEvent } from "../src/sdk/contract";
import { CallFailure } from "../src/sdk/failure";
import { SignalingClient } from "../src/sdk/signaling/SignalingClient";
import { FakeClock, settle } from "./support/FakeClock";
import { FakeServer } from "./support/FakeServer";

const JOINED: ReplyOf<"join"> = {
  type: "joined", sessionId: "s1", participantId: "p1", callId: "c1", callName: "Call", epoch: 1,
  status: "ADMITTED", participants: [], mode: "DIRECT", iceServers: [],
};

const left = (participantId: string): ServerEvent => ({ type: "participantLeft", participantId, reason: "LEFT" });

describe("a signalling client", () => {
  let clock: FakeClock;
  let server: FakeServer;
  let client: SignalingClient;
  let tokens: (() => Promise<string>)[];
  let events: ServerEvent[];
  let joins: number;
  let refusals: string[];

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeServer();
    tokens = [];
    events = [];
    joins = 0;
    refusals = [];
    client = new SignalingClient({
      url: "ws://test/signaling",
      token: () => (tokens.shift() ?? (() => Promise.resolve("token")))(),
      join: () => ({
        type: "join", displayName: "Ada", device: { browser: "Test", version: "1", sfuCapable: true }, sources: [],
      }),
      openSocket: server.openSocket,
      clock,
      random: () => 0,
    });
    client.events.on("event", (event) => events.push(event));
    client.events.on("joined", () => (joins += 1));
    client.events.on("refused", ({ code }) => refusals.push(code));
  });

  async function connect(): Promise<void> {
    client.start();
    await settle();
    server.latest.accept();
    server.latest.reply("join", JOINED);
    await settle();
  }

  async function reconnect(): Promise<void> {
    await clock.pass(1_000);
    server.latest.accept();
    await settle();
  }

  test("a server that stops is joined anew, and the call is not over", async () => {
    await connect();

    server.latest.event(1, { type: "callEnded", reason: "SERVER_STOPPING" });
    await reconnect();

    expect(client.state).toBe("LOST");
    expect(server.connections).toHaveLength(2);
    server.latest.reply("join", { ...JOINED, sessionId: "s2", epoch: 2 });
    await settle();
    expect(client.state).toBe("JOINED");
    expect(joins).toBe(2);
  });

  test.each(["CALL_ENDED", "ALONE_TOO_LONG"] as const)("a call that is over (%s) is not joined anew", async (reason) => {
    await connect();

    server.latest.event(1, { type: "callEnded", reason });
    await clock.pass(60_000);

    expect(client.state).toBe("ENDED");
    expect(server.connections).toHaveLength(1);
  });

  test("joins with its token and sends what was asked for before", async () => {
    const done = client.request({ type: "retryTransition" });
    await connect();
    expect(server.latest.token).toBe("token");
    expect(server.latest.types).toEqual(["join", "retryTransition"]);
    server.latest.reply("retryTransition", { type: "done" });
    await expect(done).resolves.toEqual({ type: "done" });
  });

  test("hands on events once and in order, and acknowledges them", async () => {
    await connect();
    server.latest.event(1, left("a"));
    server.latest.event(2, left("b"));
    server.latest.event(2, left("b"));
    expect(events).toEqual([left("a"), left("b")]);
    void client.request({ type: "retryTransition" });
    expect(server.latest.sent("retryTransition").ack).toBe(2);
  });

  test("ignores what an owner made that is no longer in charge", async () => {
    await connect();
    server.latest.event(1, left("a"), 5);
    server.latest.event(2, left("b"), 4);
    server.latest.event(3, left("c"), 5);
    expect(events).toEqual([left("a"), left("c")]);
    void client.request({ type: "retryTransition" });
    expect(server.latest.sent("retryTransition")).toMatchObject({ epoch: 5, ack: 3 });
  });

  test("resumes its session on a new socket and asks again what was not answered", async () => {
    await connect();
    server.latest.event(1, left("a"));
    const done = client.request({ type: "retryTransition" });
    const id = server.latest.sent("retryTransition").id;
    server.latest.break();
    expect(client.state).toBe("LOST");
    await reconnect();
    expect(server.latest.sent("resume").message).toEqual({ type: "resume", sessionId: "s1", lastSeq: 1 });
    server.latest.reply("resume", { type: "resumed", epoch: 1 });
    server.latest.event(2, left("b"));
    expect(server.latest.sent("retryTransition").id).toBe(id);
    server.latest.reply("retryTransition", { type: "done" });
    await expect(done).resolves.toEqual({ type: "done" });
    expect(events).toEqual([left("a"), left("b")]);
    expect(joins).toBe(1);
  });

  test("joins anew when the server has forgotten the session", async () => {
    await connect();
    const lost = client.request({ type: "retryTransition" });
    server.latest.break();
    await reconnect();
    server.latest.refuse("resume", "SESSION_EXPIRED");
    await expect(lost).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
    server.latest.reply("join", { ...JOINED, sessionId: "s2" });
    server.latest.event(1, left("a"));
    expect(joins).toBe(2);
    expect(events).toEqual([left("a")]);
  });

  test("takes up the session again when an event is missing", async () => {
    await connect();
    server.latest.event(1, left("a"));
    server.latest.event(3, left("c"));
    expect(events).toEqual([left("a")]);
    await reconnect();
    expect(server.latest.sent("resume").message).toMatchObject({ lastSeq: 1 });
  });

  test("takes a socket for dead that does not answer a heartbeat", async () => {
    await connect();
    await clock.pass(10_000);
    expect(server.latest.types).toContain("heartbeat");
    await clock.pass(6_000);
    expect(client.state).toBe("LOST");
    expect(server.connections[0]?.open).toBe(false);
  });

  test("goes on while heartbeats are answered", async () => {
    await connect();
    for (let beat = 0; beat < 10; beat++) {
      await clock.pass(10_000);
      server.latest.reply("heartbeat", { type: "done" });
    }
    expect(client.state).toBe("JOINED");
    expect(server.connections).toHaveLength(1);
  });

  test("tries again while the server cannot be reached, and at once when the network returns", async () => {
    tokens = [() => Promise.reject(new CallFailure("OFFLINE", "no network"))];
    client.start();
    await settle();
    expect(server.connections).toHaveLength(0);
    client.hurry();
    await settle();
    expect(server.connections).toHaveLength(1);
  });

  test("gives up when it is not let in", async () => {
    client.start();
    await settle();
    server.latest.accept();
    server.latest.refuse("join", "CALL_FULL");
    await settle();
    expect(refusals).toEqual(["CALL_FULL"]);
    expect(client.state).toBe("ENDED");
    await expect(client.request({ type: "retryTransition" })).rejects.toMatchObject({ code: "LEFT" });
  });

  test("does not listen to a socket that it has replaced", async () => {
    await connect();
    const old = server.latest;
    old.break();
    await reconnect();
    server.latest.reply("resume", { type: "resumed", epoch: 1 });
    old.event(1, left("a"));
    expect(events).toEqual([]);
    old.break();
    expect(client.state).toBe("JOINED");
  });

  test("survives frames that it does not understand", async () => {
    await connect();
    ["", "null", "[]", "{", '{"seq":1}', '{"re":999,"message":{"type":"done"}}'].forEach((text) => server.latest.say(text));
    server.latest.event(1, left("a"));
    expect(events).toEqual([left("a")]);
  });

  test("tells a request that gets no answer in time", async () => {
    await connect();
    const request = client.request({ type: "retryTransition" });
    const failed = expect(request).rejects.toMatchObject({ code: "TIMED_OUT" });
    await clock.pass(15_000);
    await failed;
  });

  test("keeps its socket until the server has heard the goodbye, but not for long", async () => {
    await connect();
    client.leave();
    expect(client.state).toBe("ENDED");
    expect(server.latest.open).toBe(true);
    server.latest.reply("leave", { type: "done" });
    await settle();
    expect(server.latest.open).toBe(false);
    await clock.pass(60_000);
    expect(server.connections).toHaveLength(1);
  });

  test("does not come back when the socket breaks during the goodbye", async () => {
    await connect();
    client.leave();
    server.latest.break();
    await clock.pass(60_000);
    expect(server.connections).toHaveLength(1);
  });

  test("ends with the call", async () => {
    await connect();
    server.latest.event(1, { type: "callEnded", reason: "CALL_ENDED" });
    expect(client.state).toBe("ENDED");
    await clock.pass(60_000);
    expect(server.connections).toHaveLength(1);
  });
});
