import type { Clock } from "../../src/sdk/clock";
import type { ServerEvent, ServerReply } from "../../src/sdk/contract";
import { readFrame } from "../../src/sdk/signaling/frames";
import { openWebSocket, type Socket, type SocketFactory } from "../../src/sdk/signaling/socket";

/** How long the server is left to believe in a socket that is gone. */
export const HALF_OPEN_MS = 5_000;

interface Open {
  readonly inner: Socket;
  /** The client learns that the socket is gone. */
  readonly lose: () => void;
}

/** Somebody's real sockets, which can be cut. */
export class SimulatedLine {
  readonly #clock: Clock;
  readonly #heard: (message: ServerEvent | ServerReply) => void;
  #open: Open | undefined;
  #down = false;

  /**
   * @param heard what the server tells, as it comes from the wire
   */
  constructor(clock: Clock, heard: (message: ServerEvent | ServerReply) => void) {
    this.#clock = clock;
    this.#heard = heard;
  }

  get down(): boolean {
    return this.#down;
  }

  readonly openSocket: SocketFactory = (url, token, listener) => {
    let lost = false;
    const lose = (): void => {
      if (!lost) {
        lost = true;
        listener.closed();
      }
    };
    const inner = openWebSocket(url, token, {
      opened: () => lost || listener.opened(),
      received: (text) => {
        if (!lost) {
          this.#tap(text);
          listener.received(text);
        }
      },
      closed: lose,
    });
    this.#open = { inner, lose };
    return {
      send: (text) => lost || inner.send(text),
      close: () => {
        inner.close();
        lose();
      },
    };
  };

  /**
   * Nothing gets through until {@link mend}.
   *
   * @param noticed whether the server learns at once that the socket is gone
   */
  cut(noticed: boolean): void {
    this.#down = true;
    const open = this.#open;
    this.#open = undefined;
    open?.lose();
    if (noticed) {
      open?.inner.close();
    } else {
      this.#clock.after(HALF_OPEN_MS, () => open?.inner.close());
    }
  }

  mend(): void {
    this.#down = false;
  }

  #tap(text: string): void {
    const frame = readFrame(text);
    if (frame?.kind === "EVENT") {
      this.#heard(frame.event);
    } else if (frame?.kind === "REPLY") {
      this.#heard(frame.reply);
    }
  }
}
