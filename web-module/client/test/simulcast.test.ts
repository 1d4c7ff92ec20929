import { describe, expect, it } from "vitest";
import { FULL_ALONE, routerEncodings } from "../src/sdk/paths/quality";
import type { LocalSource } from "../src/sdk/sources/LocalSource";

const camera = { kind: "video", role: "CAMERA" } as LocalSource;
const screen = { kind: "video", role: "SCREEN" } as LocalSource;
const microphone = { kind: "audio", role: "MICROPHONE" } as LocalSource;
const active = (...wanted: boolean[]) => routerEncodings(camera, "FULL", undefined, wanted, "video/VP8")?.map((layer) => layer.active);

describe("what is sent to a router", () => {
  it("is the whole picture alone, until smaller ones are wanted", () => {
    expect(active(...FULL_ALONE)).toEqual([false, false, true]);
    expect(active(true, false, true)).toEqual([true, false, true]);
  });

  it("is not encoded for nobody", () => {
    expect(active(true, false, false)).toEqual([true, false, false]);
  });

  it("is one picture on a line that has no room for others", () => {
    for (const share of ["LEAN", "COARSE", "REDUCED"] as const) {
      expect(routerEncodings(camera, share, 400_000, [true, true, false], "video/VP8")?.map((layer) => layer.active)).toEqual([false, false, true]);
    }
  });

  it("keeps its sizes in their order, the smallest first", () => {
    const scales = routerEncodings(camera, "FULL", undefined, FULL_ALONE, "video/VP8")?.map((layer) => layer.scaleResolutionDownBy);
    expect(scales).toEqual([4, 2, 1]);
  });

  it("is one stream with layers in it where the codec has them", () => {
    expect(routerEncodings(camera, "FULL", undefined, FULL_ALONE, "video/VP9")).toMatchObject([{ scalabilityMode: "L3T3_KEY" }]);
    expect(routerEncodings(camera, "FULL", undefined, FULL_ALONE, "video/AV1")).toHaveLength(1);
    expect(routerEncodings(camera, "FULL", undefined, FULL_ALONE, "video/H264")).toHaveLength(3);
  });

  it("has one size of a screen, and sound is never cut", () => {
    expect(routerEncodings(screen, "FULL", undefined, FULL_ALONE, "video/VP8")).toHaveLength(1);
    expect(routerEncodings(microphone, "FULL", undefined, FULL_ALONE, "video/VP8")).toBeUndefined();
  });
});
