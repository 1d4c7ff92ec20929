import { beforeEach, describe, expect, test } from "vitest";
import type { CaptureDevices } from "../src/sdk/sources/captureDevices";
import type { TrackSink } from "../src/sdk/sources/LocalSource";
import { LocalSources } from "../src/sdk/sources/LocalSources";
import { FakeTrack } from "./support/FakeTrack";

class FakeSink implements TrackSink {
  track: FakeTrack | null = null;

  replaceTrack(track: MediaStreamTrack | null): void {
    this.track = track as unknown as FakeTrack | null;
  }

  muteChanged(): void {
    // Only tracks matter here.
  }
}

describe("local sources", () => {
  let opened: FakeTrack[];
  let refusal: Error | undefined;
  let sources: LocalSources;

  beforeEach(() => {
    opened = [];
    refusal = undefined;
    const open = async (kind: string): Promise<MediaStreamTrack> => {
      if (refusal !== undefined) {
        throw refusal;
      }
      const track = new FakeTrack(kind);
      opened.push(track);
      return track.asTrack();
    };
    const devices: CaptureDevices = {
      openMicrophone: () => open("audio"),
      openCamera: () => open("video"),
      openScreen: async () => ({ picture: await open("video"), sound: await open("audio") }),
      list: async () => [],
      onChange: () => () => undefined,
    };
    let ids = 0;
    sources = new LocalSources(devices, () => `source-${++ids}`);
  });

  /** Two paths that send a source. */
  function sinksOf(role: "MICROPHONE" | "CAMERA"): FakeSink[] {
    const source = sources.device(role);
    return [new FakeSink(), new FakeSink()].map((sink) => {
      sink.replaceTrack(source?.attach(sink) ?? null);
      return sink;
    });
  }

  test("send a clone on each path, never the same track twice", async () => {
    await sources.turnOn("CAMERA");
    const [one, other] = sinksOf("CAMERA");
    expect(new Set([opened[0], one?.track, other?.track]).size).toBe(3);
  });

  test("mute every clone at once", async () => {
    await sources.turnOn("MICROPHONE");
    const sinks = sinksOf("MICROPHONE");
    void sources.turnOff("MICROPHONE");
    expect(sinks.map((sink) => sink.track?.enabled)).toEqual([false, false]);
    expect(opened[0]?.readyState).toBe("live");
    await sources.turnOn("MICROPHONE");
    expect(sinks.map((sink) => sink.track?.enabled)).toEqual([true, true]);
    expect(opened).toHaveLength(1);
  });

  test("give a camera back when it is turned off, and send the new track on every path when it is on again", async () => {
    await sources.turnOn("CAMERA");
    const sinks = sinksOf("CAMERA");
    const clones = sinks.map((sink) => sink.track);
    await sources.turnOff("CAMERA");
    expect([opened[0], ...clones].map((track) => track?.readyState)).toEqual(["ended", "ended", "ended"]);
    expect(sinks.map((sink) => sink.track)).toEqual([null, null]);
    await sources.turnOn("CAMERA");
    expect(sinks.map((sink) => sink.track?.enabled)).toEqual([true, true]);
    expect(opened[1]?.clones).toEqual(sinks.map((sink) => sink.track));
    expect(sources.descriptions).toHaveLength(1);
  });

  test("send another device on every path, muted if it was", async () => {
    await sources.turnOn("MICROPHONE");
    const sinks = sinksOf("MICROPHONE");
    await sources.turnOff("MICROPHONE");
    await sources.choose("MICROPHONE", "headset");
    expect(opened[0]?.readyState).toBe("ended");
    expect(sinks.map((sink) => sink.track?.enabled)).toEqual([false, false]);
    expect(opened[1]?.clones).toEqual(sinks.map((sink) => sink.track));
  });

  test("keep the old device when the new one cannot be opened", async () => {
    await sources.turnOn("CAMERA");
    refusal = new Error("in use");
    await expect(sources.choose("CAMERA", "other")).rejects.toThrow("in use");
    expect(opened[0]?.readyState).toBe("live");
    expect(sources.deviceId("CAMERA")).toBeUndefined();
  });

  test("have nothing to send while a device is not allowed", async () => {
    refusal = new Error("not allowed");
    await expect(sources.turnOn("CAMERA")).rejects.toThrow("not allowed");
    expect(sources.all).toEqual([]);
  });

  test("are muted when their device is unplugged", async () => {
    const lost: string[] = [];
    sources.events.on("deviceLost", (role) => lost.push(role));
    await sources.turnOn("CAMERA");
    const sinks = sinksOf("CAMERA");
    opened[0]?.unplug();
    expect(lost).toEqual(["CAMERA"]);
    expect(sinks.map((sink) => sink.track)).toEqual([null, null]);
    expect(sources.descriptions[0]?.muted).toBe(true);
  });

  test("share a screen with its sound, and end both when the browser's own bar ends it", async () => {
    await sources.shareScreen();
    await sources.shareScreen();
    expect(sources.descriptions.map(({ role }) => role)).toEqual(["SCREEN", "SCREEN_AUDIO", "SCREEN", "SCREEN_AUDIO"]);
    opened[0]?.unplug();
    expect(opened.map((track) => track.readyState)).toEqual(["ended", "ended", "live", "live"]);
    sources.stopScreens();
    expect(sources.all).toEqual([]);
  });

  test("give back a device that opens only after everything was stopped", async () => {
    const opening = sources.turnOn("CAMERA");
    sources.stop();
    await expect(opening).rejects.toThrow("stopped");
    const sharing = sources.shareScreen();
    sources.stop();
    await expect(sharing).rejects.toThrow("stopped");
    expect(opened.map((track) => track.readyState)).toEqual(opened.map(() => "ended"));
    expect(sources.all).toEqual([]);
  });
});
