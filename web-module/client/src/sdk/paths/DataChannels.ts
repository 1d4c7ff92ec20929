import type { DataConsumer, DataProducer } from "mediasoup-client/types";
import type { DataProducerInfo } from "../contract";
import { Emitter } from "../emitter";
import type { RouterLine } from "./RouterLine";
import type { RouterTransports } from "./RouterTransports";

export interface DataChannelOptions {
  readonly label: string;
  readonly protocol?: string;
  /** Without order and limits messages arrive in order, and all of them. */
  readonly ordered?: boolean;
  readonly maxPacketLifeTime?: number;
  readonly maxRetransmits?: number;
}

/** A message, and who sent it on which channel. */
export interface DataMessage {
  readonly participantId: string;
  readonly label: string;
  readonly data: unknown;
}

export interface DataChannelsOptions {
  readonly pathId: string;
  readonly line: RouterLine;
  readonly transports: RouterTransports;
}

/**
 * Data channels over one router: this client's own, and those of the others, all of which it listens to. They end with the path: who wants
 * one that outlives a change of path opens it anew on the next.
 */
export class DataChannels {
  readonly events = new Emitter<{
    message: DataMessage;
    /** A channel of somebody else is there, and messages on it arrive from now on. */
    opened: DataProducerInfo;
    /** It is gone, for whatever reason. */
    closed: DataProducerInfo;
  }>();
  readonly #options: DataChannelsOptions;
  readonly #announced = new Map<string, DataProducerInfo>();
  readonly #consumers = new Map<string, DataConsumer>();

  constructor(options: DataChannelsOptions) {
    this.#options = options;
  }

  /** Opens a channel on which everybody else is sent what this client sends. Rejects with what the router or the browser refused. */
  async open({ label, protocol = "", ...delivery }: DataChannelOptions): Promise<DataProducer> {
    const { send } = await this.#options.transports.opened;
    const producer = await send.produceData({ label, protocol, ...delivery });
    let over = false;
    producer.on("transportclose", () => (over = true));
    producer.observer.once("close", () => over || this.#tell({ type: "closeDataProducer", dataProducerId: producer.id }));
    return producer;
  }

  producerAdded(producer: DataProducerInfo): void {
    if (!this.#announced.has(producer.dataProducerId)) {
      this.#announced.set(producer.dataProducerId, producer);
      // A channel that cannot be had takes nothing from the path.
      this.#consume(producer).catch(() => undefined);
    }
  }

  producerRemoved(dataProducerId: string): void {
    this.#announced.delete(dataProducerId);
    this.#consumers.get(dataProducerId)?.close();
  }

  /** The server ended one. */
  consumerClosed(dataConsumerId: string): void {
    [...this.#consumers.values()].find(({ id }) => id === dataConsumerId)?.close();
  }

  async #consume(producer: DataProducerInfo): Promise<void> {
    const { pathId, line, transports } = this.#options;
    const { dataProducerId, participantId } = producer;
    const { receive } = await transports.opened;
    const consumed = await line({ type: "consumeData", pathId, transportId: receive.id, dataProducerId });
    const { dataConsumerId: id, sctpStreamParameters, label, protocol } = consumed;
    const consumer = await receive.consumeData({ id, dataProducerId, sctpStreamParameters, label, protocol });
    if (!this.#announced.has(dataProducerId)) {
      consumer.close();
      return;
    }
    this.#consumers.set(dataProducerId, consumer);
    consumer.on("message", (data: unknown) => this.events.emit("message", { participantId, label, data }));
    consumer.on("open", () => this.events.emit("opened", producer));
    consumer.observer.once("close", () => {
      this.#consumers.delete(dataProducerId);
      this.events.emit("closed", producer);
    });
    // Closed by what carries it, and not by the server's word.
    consumer.on("close", () => this.#tell({ type: "closeDataConsumer", dataConsumerId: id }));
  }

  /** Nobody waits for the answer: what is closed here is closed. */
  #tell(
    end:
      | { readonly type: "closeDataProducer"; readonly dataProducerId: string }
      | { readonly type: "closeDataConsumer"; readonly dataConsumerId: string },
  ): void {
    const { pathId, line } = this.#options;
    line({ ...end, pathId }).catch(() => undefined);
  }
}
