import type { Clock } from "../clock";
import type { ClientMessage, EndReason, ReplyOf, RequestOf, ServerEvent, ServerReply } from "../contract";
import { Emitter } from "../emitter";
import { CallFailure, codeOf } from "../failure";
import { reconnectDelay } from "./backoff";
import { EventOrder } from "./eventOrder";
import { readFrame } from "./frames";
import { Liveness } from "./liveness";
import { type PendingRequest, RequestLedger } from "./requestLedger";
import type { Socket, SocketFactory } from "./socket";

const REQUEST_TIMEOUT_MS = 15_000;
const GOODBYE_MS = 1_000;

/** JOINED: requests flow. LOST: the socket is gone and will come back. ENDED: it will not. */
export type SignalingState = "CONNECTING" | "JOINED" | "LOST" | "ENDED";

export interface SignalingEvents {
  /** A session began: the first one, or another after the server forgot it. */
  joined: ReplyOf<"join">;
  event: ServerEvent;
  state: SignalingState;
  /** The server will not have this client; nothing is tried any more. */
  refused: CallFailure;
}

export interface SignalingOptions {
  readonly url: string;
  /** A call-scoped token, asked for before every connection. */
  readonly token: () => Promise<string>;
  /** What to say when a session begins. */
  readonly join: () => RequestOf<"join">;
  readonly openSocket: SocketFactory;
  readonly clock: Clock;
  readonly random: () => number;
}

interface Greeting {
  readonly id: number;
  readonly done: (reply: ServerReply) => void;
}

/**
 * One participant's conversation with the server: requests and their answers, events in order. A lost socket is replaced and the session
 * resumed; requests without an answer are sent again with their ids. A session that the server forgot is begun anew.
 */
export class SignalingClient {
  readonly events = new Emitter<SignalingEvents>();
  readonly #options: SignalingOptions;
  readonly #ledger: RequestLedger;
  readonly #liveness: Liveness;
  #order = new EventOrder(0);
  #socket: Socket | undefined;
  #sessionId: string | undefined;
  #state: SignalingState = "CONNECTING";
  #greeting: Greeting | undefined;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: SignalingOptions) {
    this.#options = options;
    this.#ledger = new RequestLedger(options.clock, REQUEST_TIMEOUT_MS);
    this.#liveness = new Liveness(options.clock, () => this.#tell({ type: "heartbeat" }), () => this.#lost());
  }

  get state(): SignalingState {
    return this.#state;
  }

  /** Begins to connect. */
  start(): void {
    void this.#connect();
  }

  /** Connects at once instead of at the end of the back-off, because the network is known to be back. */
  hurry(): void {
    if (this.#state === "LOST" && this.#socket === undefined) {
      this.#cancelRetry();
      void this.#connect();
    }
  }

  /** Sends a request, now or when the session is there. */
  request<Type extends ClientMessage["type"]>(message: RequestOf<Type>): Promise<ReplyOf<Type>> {
    if (this.#state === "ENDED") {
      return Promise.reject(new CallFailure("LEFT", `too late for ${message.type}`));
    }
    const { request, reply } = this.#ledger.enter(message);
    if (this.#state === "JOINED") {
      this.#send(request);
    }
    return reply as Promise<ReplyOf<Type>>;
  }

  /** Says goodbye and ends. The socket stays open until the server has heard it, but not for long. */
  leave(): void {
    if (this.#state !== "JOINED") {
      this.end();
      return;
    }
    const { request, reply } = this.#ledger.enter({ type: "leave" });
    this.#send(request);
    this.#become("ENDED");
    const close = (): void => this.end();
    reply.then(close, close);
    this.#options.clock.after(GOODBYE_MS, close);
  }

  /** Ends without a word, as a page that is closed. */
  end(): void {
    this.#become("ENDED");
    this.#cancelRetry();
    this.#dropSocket();
    this.#ledger.rejectAll(new CallFailure("LEFT", "the session is over"));
  }

  async #connect(): Promise<void> {
    let token: string;
    try {
      token = await this.#options.token();
    } catch (error) {
      this.#tokenRefused(error);
      return;
    }
    if (this.#state === "ENDED" || this.#socket !== undefined) {
      return;
    }
    // Only the newest socket may speak: a replaced one can still deliver what was on its way.
    let own: Socket | undefined;
    const current = (): boolean => own !== undefined && own === this.#socket;
    own = this.#options.openSocket(this.#options.url, token, {
      opened: () => current() && this.#greet(),
      received: (text) => current() && this.#received(text),
      closed: () => current() && this.#lost(),
    });
    this.#socket = own;
    this.#liveness.expect();
  }

  #tokenRefused(error: unknown): void {
    if (passes(codeOf(error))) {
      this.#lost();
    } else {
      this.#refuse(error as CallFailure);
    }
  }

  #greet(): void {
    if (this.#sessionId === undefined) {
      this.#begin();
    } else {
      const resume = { type: "resume", sessionId: this.#sessionId, lastSeq: this.#order.lastSeq } as const;
      this.#ask(resume, (reply) => this.#resumed(reply as ReplyOf<"resume">), () => this.#forgotten());
    }
  }

  #begin(): void {
    const done = (reply: ServerReply): void => this.#joined(reply as ReplyOf<"join">);
    this.#ask(this.#options.join(), done, (failure) =>
      passes(failure.code) ? this.#lost() : this.#refuse(failure),
    );
  }

  /** Greetings go before everything that waits, and belong to one socket only. */
  #ask(message: ClientMessage, done: (reply: ServerReply) => void, failed: (failure: CallFailure) => void): void {
    const { request, reply } = this.#ledger.enter(message);
    const greeting = { id: request.id, done };
    this.#greeting = greeting;
    reply.catch((failure: unknown) => {
      if (greeting === this.#greeting && this.#state !== "ENDED") {
        this.#greeting = undefined;
        failed(failure as CallFailure);
      }
    });
    this.#send(request);
  }

  #joined(joined: ReplyOf<"join">): void {
    this.#sessionId = joined.sessionId;
    this.#order = new EventOrder(joined.epoch);
    this.#flowing();
    this.events.emit("joined", joined);
  }

  #resumed(resumed: ReplyOf<"resume">): void {
    this.#order.learn(resumed.epoch);
    this.#flowing();
  }

  #flowing(): void {
    this.#failures = 0;
    const waiting = this.#ledger.unanswered().filter((request) => request.message.type !== "heartbeat");
    this.#become("JOINED");
    waiting.forEach((request) => this.#send(request));
  }

  #forgotten(): void {
    this.#sessionId = undefined;
    this.#ledger.rejectAll(new CallFailure("SESSION_EXPIRED", "the server forgot this session"));
    this.#begin();
  }

  #received(text: string): void {
    const frame = readFrame(text);
    if (frame === undefined) {
      return;
    }
    this.#liveness.heard();
    switch (frame.kind) {
      case "REPLY":
        return this.#answered(frame.re, frame.reply);
      case "ERROR":
        return this.#ledger.reject(
          frame.re ?? 0,
          new CallFailure(frame.failure.code, frame.failure.message, frame.failure.retryAfterMs),
        );
      case "EVENT":
        return this.#happened(frame.seq, frame.epoch, frame.event);
    }
  }

  #answered(id: number, reply: ServerReply): void {
    const greeting = this.#greeting;
    this.#ledger.resolve(id, reply);
    if (greeting?.id === id) {
      // At once and not by the promise: events may follow in the same turn.
      this.#greeting = undefined;
      greeting.done(reply);
    }
  }

  #happened(seq: number, epoch: number, event: ServerEvent): void {
    const arrival = this.#order.judge(seq, epoch);
    if (arrival === "GAP") {
      this.#lost();
    } else if (arrival === "DELIVER") {
      this.events.emit("event", event);
      if (event.type === "callEnded") {
        this.#ended(event.reason);
      }
    }
  }

  /** A server that stops has forgotten the session; another, or the same again, takes the call up. */
  #ended(reason: EndReason): void {
    if (reason === "SERVER_STOPPING") {
      this.#sessionId = undefined;
      this.#ledger.rejectAll(new CallFailure("SESSION_EXPIRED", "the server stops"));
      this.#lost();
    } else {
      this.end();
    }
  }

  #lost(): void {
    if (this.#state === "ENDED") {
      this.end();
      return;
    }
    this.#dropSocket();
    this.#failures += 1;
    this.#become("LOST");
    this.#cancelRetry();
    const delay = reconnectDelay(this.#failures, this.#options.random());
    this.#cancelRetry = this.#options.clock.after(delay, () => void this.#connect());
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    const greeting = this.#greeting;
    this.#greeting = undefined;
    this.#ledger.reject(greeting?.id ?? 0, new CallFailure("OFFLINE", "the socket is gone"));
    this.#liveness.stop();
    socket?.close();
  }

  #refuse(failure: CallFailure): void {
    this.events.emit("refused", failure);
    this.end();
  }

  /** Sends what nobody waits for an answer to, and what is not worth repeating. */
  #tell(message: RequestOf<"heartbeat">): void {
    const { request, reply } = this.#ledger.enter(message);
    reply.catch(() => undefined);
    this.#send(request);
  }

  #send(request: PendingRequest): void {
    const ack = this.#order.lastSeq;
    const epoch = this.#order.epoch;
    this.#socket?.send(JSON.stringify({ id: request.id, epoch, ack, message: request.message }));
  }

  #become(state: SignalingState): void {
    if (this.#state !== state && this.#state !== "ENDED") {
      this.#state = state;
      this.events.emit("state", state);
    }
  }
}

/** Whether a refusal is one that passes by itself. */
function passes(code: CallFailure["code"]): boolean {
  return ["OFFLINE", "TIMED_OUT", "UNAVAILABLE", "RATE_LIMITED", "INTERNAL"].includes(code);
}
