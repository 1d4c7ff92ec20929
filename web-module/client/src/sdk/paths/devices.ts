import { Device } from "mediasoup-client";
import type { RtpCapabilities } from "mediasoup-client/types";

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
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  return device;
}
