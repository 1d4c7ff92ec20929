import type { TopologyMode } from "./contract";

/** A token and when it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** A call as the REST door shows it. */
export interface CallView {
  readonly callId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly status: string;
  readonly mode: TopologyMode;
}
