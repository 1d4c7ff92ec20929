import type { Transport } from "mediasoup-client/types";
import type { Clock } from "../clock";

/** So long one transport waits for another: whoever cannot connect must not be waited for. */
export const CONNECTING_MS = 500;

type Connecting = Pick<Transport, "connectionState"> & {
  on(event: "connectionstatechange", listener: () => void): unknown;
};

/** Whether a transport is connected: known when it is, when it has failed or is closed, or after so many milliseconds. */
export function connectedWithin(ms: number, transport: Connecting, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (connected: boolean): void => {
      cancel();
      resolve(connected);
    };
    const look = (): void => {
      if (["connected", "failed", "closed"].includes(transport.connectionState)) {
        settle(transport.connectionState === "connected");
      }
    };
    const cancel = clock.after(ms, () => settle(false));
    transport.on("connectionstatechange", look);
    look();
  });
}
