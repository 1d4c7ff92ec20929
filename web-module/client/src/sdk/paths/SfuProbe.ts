import type { Transport } from "mediasoup-client/types";
import type { Clock } from "../clock";
import { NO_SCTP } from "./dataless";
import { deviceFor } from "./devices";
import type { RouterLine } from "./RouterLine";

/** A client that gets no further than this does not get through. */
const PATIENCE_MS = 8_000;

/**
 * Whether the router of a path can be reached. Connects a transport to it (ICE and DTLS, as for media) and closes it again. No track is
 * needed.
 */
export async function probeSfu(pathId: string, line: RouterLine, iceServers: readonly RTCIceServer[], clock: Clock): Promise<boolean> {
  const { rtpCapabilities } = await line({ type: "getRouterRtpCapabilities", pathId });
  const device = await deviceFor(rtpCapabilities);
  const { transportId, ...parameters } = await line({ type: "createWebRtcTransport", pathId, direction: "SEND" });
  const transport = device.createSendTransport({
    id: transportId, ...parameters, iceServers: [...iceServers], sctpParameters: NO_SCTP,
  });
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    line({ type: "connectWebRtcTransport", pathId, transportId, dtlsParameters }).then(done, failed);
  });
  transport.on("producedata", (_, done) => done({ id: "probe" }));
  try {
    return await connects(transport, clock);
  } finally {
    transport.close();
  }
}

function connects(transport: Transport, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(PATIENCE_MS, () => resolve(false));
    const settle = (reached: boolean): void => {
      cancel();
      resolve(reached);
    };
    transport.on("connectionstatechange", (state) => {
      if (state === "connected" || state === "failed") {
        settle(state === "connected");
      }
    });
    transport.produceData().catch(() => settle(false));
  });
}
