import type { Clock } from "../clock";
import { connectedWithin } from "./connected";
import type { ConnectionState } from "./ConnectionHealth";
import type { OpenTransports, RouterTransports } from "./RouterTransports";

/** A client that gets no further than this does not get through. */
const PATIENCE_MS = 8_000;

/** Nothing is lost by making it anew, and a path that must first be repaired would not be ready. */
const BROKEN: ReadonlySet<ConnectionState> = new Set(["disconnected", "failed", "closed"]);

/**
 * Keeps a path to the SFU ready while a call is direct: connected (ICE and DTLS), without media. Whether it comes up tells whether the SFU
 * can be reached, and when a third person comes there is nothing left to connect.
 */
export class Standby {
  readonly #clock: Clock;
  readonly #make: (pathId: string) => RouterTransports;
  readonly #lost: (pathId: string) => void;
  #held: RouterTransports | undefined;
  #ready = false;

  /**
   * @param lost a path that was ready broke, and may be made ready once more
   */
  constructor(clock: Clock, make: (pathId: string) => RouterTransports, lost: (pathId: string) => void) {
    this.#clock = clock;
    this.#make = make;
    this.#lost = lost;
  }

  /** The path that is ready. */
  get ready(): string | undefined {
    return this.#ready ? this.#held?.pathId : undefined;
  }

  /**
   * Makes a path ready, in place of a former one; one transport after the other, as nobody waits for it.
   *
   * @returns whether the router is reached; undefined when that does not matter any more
   */
  async prepare(pathId: string): Promise<boolean | undefined> {
    this.close();
    const transports = this.#make(pathId);
    this.#held = transports;
    transports.events.on("state", ({ state }) => this.#ready && BROKEN.has(state) && this.#broken(transports));
    const reached = await this.#connect(transports);
    if (this.#held !== transports) {
      return undefined;
    }
    this.#ready = reached;
    if (!reached) {
      this.close();
    }
    return reached;
  }

  /** Hands over what stands by for a path, even if it is still connecting. */
  take(pathId: string): RouterTransports | undefined {
    const held = this.#held;
    if (held?.pathId !== pathId) {
      return undefined;
    }
    this.#held = undefined;
    this.#ready = false;
    return held;
  }

  /** The server has closed these paths. */
  release(pathIds: readonly string[]): void {
    if (this.#held !== undefined && pathIds.includes(this.#held.pathId)) {
      this.close();
    }
  }

  close(): void {
    this.#held?.close();
    this.#held = undefined;
    this.#ready = false;
  }

  async #connect(transports: RouterTransports): Promise<boolean> {
    let open: OpenTransports;
    try {
      open = await transports.opened;
    } catch (error) {
      if (this.#held === transports) {
        this.close();
      }
      throw error;
    }
    const until = this.#clock.now() + PATIENCE_MS;
    for (const direction of ["RECV", "SEND"] as const) {
      if (this.#held === transports) {
        transports.connect(direction, open);
        const transport = direction === "SEND" ? open.send : open.receive;
        if (!(await connectedWithin(Math.max(0, until - this.#clock.now()), transport, this.#clock))) {
          return false;
        }
      }
    }
    return open.receive.connectionState === "connected";
  }

  #broken(transports: RouterTransports): void {
    if (this.#held === transports) {
      this.close();
      this.#lost(transports.pathId);
    }
  }
}
