import type { Clock } from "../clock";
import type { ClientMessage, ServerReply } from "../contract";
import { CallFailure } from "../failure";

/** A request that waits for its answer. */
export interface PendingRequest {
  readonly id: number;
  readonly message: ClientMessage;
}

interface Entry extends PendingRequest {
  readonly resolve: (reply: ServerReply) => void;
  readonly reject: (failure: CallFailure) => void;
  readonly cancelTimeout: () => void;
}

/** The requests without an answer, in the order in which they were made. */
export class RequestLedger {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #entries = new Map<number, Entry>();
  #lastId = 0;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** Enters a request; the promise settles with its answer or, when none comes in time, with TIMED_OUT. */
  enter(message: ClientMessage): { request: PendingRequest; reply: Promise<ServerReply> } {
    const id = ++this.#lastId;
    const reply = new Promise<ServerReply>((resolve, reject) => {
      const cancelTimeout = this.#clock.after(this.#timeoutMs, () =>
        this.reject(id, new CallFailure("TIMED_OUT", `no answer to ${message.type}`)),
      );
      this.#entries.set(id, { id, message, resolve, reject, cancelTimeout });
    });
    return { request: { id, message }, reply };
  }

  resolve(id: number, reply: ServerReply): void {
    this.#take(id)?.resolve(reply);
  }

  reject(id: number, failure: CallFailure): void {
    this.#take(id)?.reject(failure);
  }

  rejectAll(failure: CallFailure): void {
    for (const id of [...this.#entries.keys()]) {
      this.reject(id, failure);
    }
  }

  /** What a new socket of the same session must carry again. The server knows a repeated request by its id. */
  unanswered(): readonly PendingRequest[] {
    return [...this.#entries.values()];
  }

  #take(id: number): Entry | undefined {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.cancelTimeout();
    return entry;
  }
}
