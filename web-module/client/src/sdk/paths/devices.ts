import { Device } from "mediasoup-client";
import type { RtpCapabilities } from "mediasoup-client/types";

const DEPENDENCY_DESCRIPTOR = "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

/** Codecs whose payloads do not tell enough of layers, so that frames say beside them what they depend on. */
const DESCRIBED = /^video\/(H264|AV1)$/i;

const loaded = new Map<string, Promise<Device>>();

/**
 * A device loaded with a router's capabilities. Loading makes the browser open a peer connection to learn what it can do, which takes a
 * while on a busy machine; routers are all alike, so one that was loaded once serves every path.
 */
export function deviceFor(routerRtpCapabilities: RtpCapabilities): Promise<Device> {
  const key = JSON.stringify(routerRtpCapabilities);
  const known = loaded.get(key);
  if (known !== undefined) {
    return known;
  }
  const loading = load(routerRtpCapabilities);
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}

async function load(routerRtpCapabilities: RtpCapabilities): Promise<Device> {
  const preferred = routerRtpCapabilities.codecs?.find(({ kind }) => kind === "video")?.mimeType ?? "";
  // Browsers know the extension but offer it only when they are told to.
  const forcedRtpExtensions = DESCRIBED.test(preferred) ? { [DEPENDENCY_DESCRIPTOR]: true } : {};
  const device = await Device.factory({ forcedRtpExtensions });
  await device.load({ routerRtpCapabilities });
  return device;
}
