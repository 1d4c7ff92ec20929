import { describe, expect, test } from "vitest";
import { encodingLimits, FLOOR_KBPS, LEAN_START_KBPS, oneAtATime, startKbps } from "../src/sdk/paths/quality";
import { LocalSource } from "../src/sdk/sources/LocalSource";
import { startingAt } from "../src/sdk/paths/startBitrate";

const AUDIO = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\n";
const VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n";

describe("the rate at which pictures start", () => {
  test("is told in every video section, of the codec that will be used", () => {
    const told = startingAt(AUDIO + VIDEO + VIDEO, 100);
    expect(told.match(/a=fmtp:96 x-google-start-bitrate=100;x-google-min-bitrate=120\r\n/g)).toHaveLength(2);
    expect(told.replaceAll("a=fmtp:96 x-google-start-bitrate=100;x-google-min-bitrate=120\r\n", "")).toBe(AUDIO + VIDEO + VIDEO);
  });

  test("is added to the parameters that a codec has", () => {
    const h264 = "m=video 9 UDP/TLS/RTP/SAVPF 102\r\na=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1\r\n";
    expect(startingAt(h264, 300)).toContain("a=fmtp:102 packetization-mode=1;x-google-start-bitrate=300;x-google-min-bitrate=120\r\n");
  });

  test("and the most of a reduced path follow what the line carries, never less than shows a picture", () => {
    const camera = new LocalSource("source-1", "CAMERA", null, false);
    expect(encodingLimits(camera, "REDUCED", 400_000)).toEqual({ maxBitrate: 200_000, scaleResolutionDownBy: 1 });
    expect(encodingLimits(camera, "REDUCED", 100_000)?.maxBitrate).toBe(100_000);
    expect(encodingLimits(camera, "FULL", 400_000)?.maxBitrate).toBe(1_500_000);
  });

  test("pictures leave room for sound on a line that has been measured", () => {
    const camera = new LocalSource("source-1", "CAMERA", null, false);
    expect(encodingLimits(camera, "COARSE", 400_000)).toEqual({ maxBitrate: 300_000, scaleResolutionDownBy: 2 });
    expect(encodingLimits(camera, "MEASURED", 400_000)).toEqual({ maxBitrate: 300_000, scaleResolutionDownBy: 1 });
    expect(encodingLimits(camera, "MEASURED", 150_000)?.maxBitrate).toBe(100_000);
    expect(encodingLimits(camera, "MEASURED", undefined)?.maxBitrate).toBe(1_500_000);
  });

  test("is half of what the line carries, within limits, and little beside another path on a thin one", () => {
    expect(startKbps("FULL", undefined)).toBe(600);
    expect(startKbps("FULL", 900_000)).toBe(450);
    expect(startKbps("FULL", 9_000_000)).toBe(1_200);
    expect(startKbps("FULL", 90_000)).toBe(FLOOR_KBPS);
    expect(startKbps("LEAN", 900_000)).toBe(LEAN_START_KBPS);
  });
});

test("transports connect one after the other only on a line that is narrow, not on one that is only far away", () => {
  expect(oneAtATime("LEAN", 400_000)).toBe(true);
  expect(oneAtATime("LEAN", 900_000)).toBe(false);
  expect(oneAtATime("LEAN", undefined)).toBe(false);
  expect(oneAtATime("FULL", 400_000)).toBe(false);
});
