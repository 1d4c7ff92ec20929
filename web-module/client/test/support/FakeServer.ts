import type { ClientMessage, ServerEvent, ServerReply } from "../../src/sdk/contract";
import type { Socket, SocketFactory, SocketListener } from "../../src/sdk/signaling/socket";

/** What a client sent in one frame. */
export interface SentFrame {
  readonly id: number;
  readonly epoch: number;
  readonly ack: number;
  readonly message: ClientMessage;
}

/** One socket as the server sees it. */
export class FakeConnection implements Socket {
  readonly token: string;
  readonly frames: SentFrame[] = [];
  open = true;
  readonly #listener: SocketListener;

  constructor(token: string, listener: SocketListener) {
    this.token = token;
    this.#listener = listener;
  }

  send(text: string): void {
    this.frames.push(JSON.parse(text) as SentFrame);
  }

  close(): void {
    this.open = false;
  }

  accept(): void {
    this.#listener.opened();
  }

  break(): void {
    this.open = false;
    this.#listener.closed();
  }

  /** Answers the latest request of a type. */
  reply(type: ClientMessage["type"], message: ServerReply): void {
    this.#say({ re: this.sent(type).id, message });
  }

  refuse(type: ClientMessage["type"], code: string): void {
    this.#say({ re: this.sent(type).id, error: { code, message: code } });
  }

  event(seq: number, message: ServerEvent, epoch = 1): void {
    this.#say({ seq, epoch, message });
  }

  say(text: string): void {
    this.#listener.received(text);
  }

  sent(type: ClientMessage["type"]): SentFrame {
    const frame = this.frames.findLast((each) => each.message.type === type);
    if (frame === undefined) {
      throw new Error(`${type} was not sent`);
    }
    return frame;
  }

  get types(): string[] {
    return this.frames.map((frame) => frame.message.type);
  }

  #say(frame: object): void {
    this.#listener.received(JSON.stringify(frame));
  }
}

/** The other end of every socket that a client opens. */
export class FakeServer {
  readonly connections: FakeConnection[] = [];

  readonly openSocket: SocketFactory = (_url, token, listener) => {
    const connection = new FakeConnection(token, listener);
    this.connections.push(connection);
    return connection;
  };

  get latest(): FakeConnection {
    const connection = this.connections.at(-1);
    if (connection === undefined) {
      throw new Error("nobody has connected");
    }
    return connection;
  }
}
