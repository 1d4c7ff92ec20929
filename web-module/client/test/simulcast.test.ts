import { describe, expect, it } from "vitest";
import { routerEncodings, smallerLayers, type Share } from "../src/sdk/paths/quality";
import type { LocalSource } from "../src/sdk/sources/LocalSource";

const VP8 = "video/VP8";
const withLines = (height: number, role = "CAMERA") => ({ kind: "video", role, track: { getSettings: () => ({ height }) } }) as unknown as LocalSource;
const camera = withLines(720);
const screen = withLines(1080, "SCREEN");
const microphone = { kind: "audio", role: "MICROPHONE" } as LocalSource;
const three = smallerLayers(720);

const encodings = (source: LocalSource, wanted: readonly boolean[], { share = "FULL" as Share, codec = VP8, smaller = three } = {}) =>
  routerEncodings(source, share, 400_000, { smaller, wanted, codec });
const active = (...wanted: boolean[]) => encodings(camera, wanted)?.map((layer) => layer.active);

describe("what is sent to a router", () => {
  it("is the whole picture alone, until smaller ones are wanted", () => {
    expect(active()).toEqual([false, false, true]);
    expect(active(true, false, true)).toEqual([true, false, true]);
  });

  it("is not encoded for nobody", () => {
    expect(active(true, false, false)).toEqual([true, false, false]);
  });

  it("is one picture on a line that has no room for others", () => {
    for (const share of ["LEAN", "COARSE", "REDUCED"] as const) {
      expect(encodings(camera, [true, true, false], { share })?.map((layer) => layer.active)).toEqual([false, false, true]);
    }
  });

  it("keeps its sizes in their order, the smallest first", () => {
    expect(encodings(camera, [])?.map((layer) => layer.scaleResolutionDownBy)).toEqual([4, 2, 1]);
  });

  it("has no more sizes than browsers make of so few lines", () => {
    expect([0, 180, 270, 360, 539, 540, 1080].map((lines) => smallerLayers(lines).length)).toEqual([0, 0, 1, 1, 1, 2, 2]);
  });

  it("is whole again when the camera is changed for one with too few lines", () => {
    expect(encodings(withLines(360), [true, false, false])?.map((layer) => layer.active)).toEqual([false, false, true]);
  });

  it("is one stream with layers in it where the codec has them", () => {
    expect(encodings(camera, [], { codec: "video/VP9" })).toMatchObject([{ scalabilityMode: "L3T3_KEY" }]);
    expect(encodings(camera, [], { codec: "video/AV1" })).toHaveLength(1);
    expect(encodings(camera, [], { codec: "video/H264" })).toHaveLength(3);
  });

  it("has one size of a screen, and sound is never cut", () => {
    expect(encodings(screen, [])).toHaveLength(1);
    expect(encodings(microphone, [])).toBeUndefined();
  });
});
