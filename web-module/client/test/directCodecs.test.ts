import { expect, test, vi } from "vitest";
import { isUsedCodec, isUsedExtension, offerOnlyWhatIsUsed } from "../src/sdk/paths/directCodecs";

test("a direct path offers Opus, and VP8 with its repair", () => {
  for (const mimeType of ["audio/opus", "video/VP8", "video/rtx", "video/red", "video/ulpfec"]) {
    expect(isUsedCodec({ mimeType }), mimeType).toBe(true);
  }
});

test("a direct path does not offer codecs that two browsers would not choose", () => {
  for (const mimeType of ["audio/PCMU", "audio/telephone-event", "video/H264", "video/VP9", "video/AV1", "video/flexfec-03"]) {
    expect(isUsedCodec({ mimeType }), mimeType).toBe(false);
  }
});

test("what tells congestion, sections, levels, turned cameras and colours is offered, and nothing else beside the packets", () => {
  for (const uri of [
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "urn:3gpp:video-orientation",
    "http://www.webrtc.org/experiments/rtp-hdrext/color-space",
  ]) {
    expect(isUsedExtension(uri), uri).toBe(true);
  }
  for (const uri of [
    "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
    "urn:ietf:params:rtp-hdrext:toffset",
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
  ]) {
    expect(isUsedExtension(uri), uri).toBe(false);
  }
});

test("an extension that is not used is stopped, and the others stay as they are", () => {
  const told = vi.fn();
  const transceiver = {
    getHeaderExtensionsToNegotiate: () => [
      { uri: "urn:3gpp:video-orientation", direction: "sendrecv" },
      { uri: "urn:ietf:params:rtp-hdrext:toffset", direction: "sendrecv" },
    ],
    setHeaderExtensionsToNegotiate: told,
  };
  offerOnlyWhatIsUsed(transceiver as unknown as RTCRtpTransceiver, "video");
  expect(told).toHaveBeenCalledWith([
    { uri: "urn:3gpp:video-orientation", direction: "sendrecv" },
    { uri: "urn:ietf:params:rtp-hdrext:toffset", direction: "stopped" },
  ]);
});

test("a browser that can choose neither offers what it likes", () => {
  offerOnlyWhatIsUsed({} as unknown as RTCRtpTransceiver, "video");
});
