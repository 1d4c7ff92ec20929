import type { Device, Transport, TransportOptions } from "mediasoup-client/types";
import { Emitter } from "../emitter";
import type { ConnectionState } from "./ConnectionHealth";
import { deviceFor } from "./devices";
import type { RouterLine } from "./RouterLine";

export type Direction = "SEND" | "RECV";

export interface RouterTransportsOptions {
  readonly pathId: string;
  readonly iceServers: readonly RTCIceServer[];
  readonly line: RouterLine;
  /** Whether a source is muted, or gone. */
  readonly muted: (sourceId: string) => boolean;
}

/** A transport each way. */
export interface OpenTransports {
  readonly send: Transport;
  readonly receive: Transport;
  /** MIME type in which pictures are sent. */
  readonly codec: string;
}

const EARLY = "early";

/** A transport each way to one router, by mediasoup-client. They connect with what they are used for first, or {@link connect} before. */
export class RouterTransports {
  readonly events = new Emitter<{ state: { readonly direction: Direction; readonly state: ConnectionState } }>();
  /** Rejects with what the router or the browser refused. */
  readonly opened: Promise<OpenTransports>;
  readonly #options: RouterTransportsOptions;
  /** Also those whose counterpart could not be made: each holds a peer connection. */
  readonly #all: Transport[] = [];
  readonly #early = new Set<Direction>();
  #closed = false;

  constructor(options: RouterTransportsOptions) {
    this.#options = options;
    this.opened = this.#open();
    // Whoever uses them is told.
    this.opened.catch(() => undefined);
  }

  get pathId(): string {
    return this.#options.pathId;
  }

  /** Whether it was told to connect before there is media. */
  early(direction: Direction): boolean {
    return this.#early.has(direction);
  }

  /** Connects before there is anything to be sent or received: connecting takes several round trips, which should be over by then. */
  connect(direction: Direction, { send, receive }: OpenTransports): void {
    if (this.#early.has(direction)) {
      return;
    }
    this.#early.add(direction);
    // A data channel that the server is not told of makes mediasoup-client connect. Stream 0 of each transport is left to it.
    const nothing = { id: EARLY, dataProducerId: EARLY, sctpStreamParameters: { streamId: 0 } };
    const channel = direction === "SEND" ? send.produceData({ appData: { [EARLY]: true } }) : receive.consumeData(nothing);
    // Without it, or when it fails, the first track connects.
    channel.catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#all.forEach((transport) => transport.close());
  }

  async #open(): Promise<OpenTransports> {
    const { pathId, line } = this.#options;
    const { rtpCapabilities } = await line({ type: "getRouterRtpCapabilities", pathId });
    const device = await deviceFor(rtpCapabilities);
    if (this.#closed) {
      throw new Error("closed"); // What it would make now could take the place of a later path's.
    }
    const [send, receive] = await Promise.all([this.#transport(device, "SEND"), this.#transport(device, "RECV")]);
    const codec = device.sendRtpCapabilities.codecs?.find(({ kind }) => kind === "video")?.mimeType ?? "";
    return { send, receive, codec };
  }

  async #transport(device: Device, direction: Direction): Promise<Transport> {
    const { pathId, iceServers, line, muted } = this.#options;
    const receivable = direction === "RECV" && { rtpCapabilities: device.recvRtpCapabilities };
    const { transportId, ...parameters } = await line({ type: "createWebRtcTransport", pathId, direction, ...receivable });
    const options: TransportOptions = {
      id: transportId, ...parameters, iceServers: [...iceServers]
    };
    const transport = direction === "SEND" ? device.createSendTransport(options) : device.createRecvTransport(options);
    this.#all.push(transport);
    if (this.#closed) {
      transport.close();
    }
    transport.on("connect", ({ dtlsParameters }, done, failed) => {
      line({ type: "connectWebRtcTransport", pathId, transportId, dtlsParameters }).then(done, failed);
    });
    transport.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
      const sourceId = String(appData["sourceId"]);
      line({ type: "produce", pathId, transportId, sourceId, kind, rtpParameters, paused: muted(sourceId) }).then(
        ({ producerId }) => done({ id: producerId }),
        failed,
      );
    });
    transport.on("producedata", ({ sctpStreamParameters, label = "", protocol = "", appData }, done, failed) => {
      if (appData[EARLY] === true) {
        done({ id: EARLY });
        return;
      }
      line({ type: "produceData", pathId, transportId, sctpStreamParameters, label, protocol }).then(
        ({ dataProducerId }) => done({ id: dataProducerId }),
        failed,
      );
    });
    transport.on("connectionstatechange", (state) => this.#closed || this.events.emit("state", { direction, state }));
    return transport;
  }
}
