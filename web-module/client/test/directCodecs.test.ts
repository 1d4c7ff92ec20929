import { expect, test } from "vitest";
import { isUsed } from "../src/sdk/paths/directCodecs";

const h264 = (parameters: string) => ({ mimeType: "video/H264", sdpFmtpLine: parameters });

test("a direct path offers Opus, VP8 with its repair, and plain H.264", () => {
  for (const mimeType of ["audio/opus", "video/VP8", "video/rtx", "video/red", "video/ulpfec"]) {
    expect(isUsed({ mimeType }), mimeType).toBe(true);
  }
  expect(isUsed(h264("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"))).toBe(true);
  expect(isUsed(h264("profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1"))).toBe(true);
});

test("a direct path does not offer what two browsers would not choose", () => {
  for (const mimeType of ["audio/PCMU", "audio/telephone-event", "video/VP9", "video/AV1", "video/flexfec-03"]) {
    expect(isUsed({ mimeType }), mimeType).toBe(false);
  }
  expect(isUsed(h264("level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f"))).toBe(false);
  expect(isUsed(h264("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f"))).toBe(false);
});
