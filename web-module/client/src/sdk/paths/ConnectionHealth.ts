import type { Clock } from "../clock";
import type { PathFailure, PathState } from "../contract";

const BRING_UP_MS = 15_000;
const PATIENCE_MS = 2_000;
const REPAIR_MS = 8_000;

/** The state of an ICE and DTLS transport (W3C RTCPeerConnectionState). */
export type ConnectionState = "new" | "connecting" | "connected" | "disconnected" | "failed" | "closed";

export interface HealthListener {
  state(state: PathState): void;
  /** An ICE restart may help. */
  restart(): void;
  failed(failure: PathFailure): void;
}

/**
 * Judges a path by the states of its transports. One that breaks is repaired by an ICE restart, and is told to be FAILED only when
 * that did not help in time; one that never came up is UNREACHABLE at its first failure, or when it is expected to be up and is not.
 */
export class ConnectionHealth {
  readonly #clock: Clock;
  readonly #listener: HealthListener;
  readonly #states = new Map<string, ConnectionState>();
  #state: PathState | undefined;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, listener: HealthListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  get state(): PathState | undefined {
    return this.#state;
  }

  /** Whether every transport that carries something is connected. */
  get settled(): boolean {
    return [...this.#states.values()].every((state) => state === "new" || state === "connected");
  }

  /** The path should come up from now on: its other end may never say anything, and then no transport ever fails. */
  expected(): void {
    this.#cancel = this.#clock.after(BRING_UP_MS, () => this.#give());
  }

  /** A transport of the path has changed. Transports that carry nothing stay `new` and do not count. */
  report(transport: string, state: ConnectionState): void {
    this.#states.set(transport, state);
    const states = [...this.#states.values()].filter((each) => each !== "new");
    if (states.length > 0 && states.every((each) => each === "connected")) {
      this.#cancel();
      this.#become("CONNECTED");
    } else if (states.includes("failed")) {
      this.#broken(0);
    } else if (states.includes("disconnected")) {
      this.#broken(PATIENCE_MS);
    }
  }

  close(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }

  #broken(patienceMs: number): void {
    if (this.#state === undefined) {
      if (patienceMs === 0) {
        this.#cancel();
        this.#give();
      }
      return;
    }
    if (this.#state === "CONNECTED") {
      this.#become("DISCONNECTED");
      this.#cancel = this.#clock.after(patienceMs, () => this.#repair());
    }
  }

  #repair(): void {
    this.#listener.restart();
    this.#cancel = this.#clock.after(REPAIR_MS, () => this.#give());
  }

  #give(): void {
    this.#become("FAILED");
    this.#listener.failed("UNREACHABLE");
  }

  #become(state: PathState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.#listener.state(state);
    }
  }
}
