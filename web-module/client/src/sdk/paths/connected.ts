import type { Transport } from "mediasoup-client/types";
import type { Clock } from "../clock";

/** So long one transport waits for another: whoever cannot connect must not be waited for. */
export const CONNECTING_MS = 500;

type Connecting = Pick<Transport, "connectionState"> & {
  on(event: "connectionstatechange", listener: () => void): unknown;
};

/** When a transport is connected, has failed or is closed, or after {@link CONNECTING_MS}. */
export function connectedSoon(transport: Connecting, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (["connected", "failed", "closed"].includes(transport.connectionState)) {
        cancel();
        resolve();
      }
    };
    const cancel = clock.after(CONNECTING_MS, resolve);
    transport.on("connectionstatechange", look);
    look();
  });
}
