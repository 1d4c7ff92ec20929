import { CompressedSending } from "./compression";

/** What the client needs of a WebSocket, so that tests can be the server. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a socket tells. After `closed` nothing follows. */
export interface SocketListener {
  opened(): void;
  received(text: string): void;
  closed(): void;
}

export type SocketFactory = (url: string, token: string, listener: SocketListener) => Socket;

/** A browser's WebSocket. The token travels as a subprotocol because browsers cannot set headers. */
export const openWebSocket: SocketFactory = (url, token, listener) => {
  const socket = new WebSocket(url, ["crosspoint.v1", `bearer.${token}`]);
  let told = false;
  const closed = (): void => {
    if (!told) {
      told = true;
      listener.closed();
    }
  };
  socket.onopen = () => listener.opened();
  socket.onmessage = (event) => {
    if (!told && typeof event.data === "string") {
      listener.received(event.data);
    }
  };
  socket.onclose = closed;
  const sending = new CompressedSending((frame) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(frame);
    }
  });
  return {
    send: (text) => sending.send(text),
    close: () => {
      socket.close();
      closed();
    },
  };
};
