import { detectDevice } from "mediasoup-client";
import type { Device } from "./contract";

/** Whether this browser can take part in a call at all. */
export function canCall(): boolean {
  return (
    "RTCPeerConnection" in globalThis &&
    "WebSocket" in globalThis &&
    "AudioContext" in globalThis &&
    "requestVideoFrameCallback" in HTMLVideoElement.prototype
  );
}

/** What the server is told of this browser. */
export function thisDevice(): Device {
  const [, browser = "unknown", version = "0"] =
    /(Firefox|Edg|Chrome|Version)\/([\d.]+)/.exec(navigator.userAgent) ?? [];
  return { browser: NAMES[browser] ?? browser, version, sfuCapable: detectDevice() !== undefined };
}

const NAMES: Readonly<Record<string, string>> = { Edg: "Edge", Version: "Safari" };
