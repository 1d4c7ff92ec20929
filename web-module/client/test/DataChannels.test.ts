import type { DataConsumerOptions, DataProducerOptions, Transport } from "mediasoup-client/types";
import { describe, expect, it } from "vitest";
import type { DataProducerInfo } from "../src/sdk/contract";
import { Emitter } from "../src/sdk/emitter";
import { DataChannels } from "../src/sdk/paths/DataChannels";
import type { RouterLine } from "../src/sdk/paths/RouterLine";
import type { RouterTransports } from "../src/sdk/paths/RouterTransports";
import { settle } from "./support/FakeClock";

/** What mediasoup-client makes of a data channel, as far as it is used. */
class FakeChannel extends Emitter<{ message: unknown; open: undefined; close: undefined; transportclose: undefined }> {
  readonly id: string;
  readonly observer = { once: (_: string, listener: () => void) => this.#closed.push(listener) };
  readonly #closed: (() => void)[] = [];

  constructor(id: string) {
    super();
    this.id = id;
  }

  /** The other end, or what carries it, has closed it. */
  lose(event: "close" | "transportclose"): void {
    this.emit(event, undefined);
    this.close();
  }

  close(): void {
    this.#closed.splice(0).forEach((listener) => listener());
  }
}

const CHAT: DataProducerInfo = { dataProducerId: "p1", participantId: "ann", label: "chat", protocol: "" };

describe("DataChannels", () => {
  const setUp = () => {
    const requests: object[] = [];
    const channels: FakeChannel[] = [];
    const make = (id: string): FakeChannel => {
      const channel = new FakeChannel(id);
      channels.push(channel);
      return channel;
    };
    const line = ((message: { type: string }) => {
      requests.push(message);
      return Promise.resolve(message.type === "consumeData"
        ? { dataConsumerId: "c1", dataProducerId: "p1", participantId: "ann", sctpStreamParameters: { streamId: 1 }, label: "chat", protocol: "" }
        : {});
    }) as unknown as RouterLine;
    const send = { id: "s", produceData: (_: DataProducerOptions) => Promise.resolve(make("mine")) };
    const receive = { id: "r", consumeData: ({ id }: DataConsumerOptions) => Promise.resolve(make(id ?? "")) };
    const opened = Promise.resolve({ send: send as unknown as Transport, receive: receive as unknown as Transport });
    const data = new DataChannels({ pathId: "sfu-1", line, transports: { opened } as unknown as RouterTransports });
    const told: unknown[] = [];
    data.events.on("message", (message) => told.push(message));
    data.events.on("opened", ({ label }) => told.push(`${label} opened`));
    data.events.on("closed", ({ label }) => told.push(`${label} closed`));
    return { data, requests, channels, told };
  };

  it("listens to what others announce, once, and says who speaks", async () => {
    const { data, requests, channels, told } = setUp();
    data.producerAdded(CHAT);
    data.producerAdded(CHAT);
    await settle();
    channels[0]?.emit("open", undefined);
    channels[0]?.emit("message", "hello");

    expect(requests).toEqual([{ type: "consumeData", pathId: "sfu-1", transportId: "r", dataProducerId: "p1" }]);
    expect(told).toEqual(["chat opened", { participantId: "ann", label: "chat", data: "hello" }]);
  });

  it("tells of an end, whoever began it, and the server only of one that it does not know", async () => {
    const told = { type: "closeDataConsumer", pathId: "sfu-1", dataConsumerId: "c1" };
    const ends: readonly [(data: DataChannels, channel: FakeChannel) => void, readonly object[]][] = [
      [(data) => data.producerRemoved("p1"), []],
      [(data) => data.consumerClosed("c1"), []],
      [(_, channel) => channel.lose("transportclose"), []],
      [(_, channel) => channel.lose("close"), [told]],
    ];
    for (const [end, expected] of ends) {
      const { data, requests, channels, told: heard } = setUp();
      data.producerAdded(CHAT);
      await settle();
      end(data, channels[0] as FakeChannel);
      data.producerRemoved("p1");

      expect(heard).toEqual(["chat closed"]);
      expect(requests.slice(1)).toEqual(expected);
    }
  });

  it("closes what was announced and removed again before it was there", async () => {
    const { data, channels, told } = setUp();
    data.producerAdded(CHAT);
    data.producerRemoved("p1");
    await settle();
    channels[0]?.emit("message", "too late");

    expect(told).toEqual([]);
  });

  it("tells the server when its own channel is closed", async () => {
    const { data, requests } = setUp();
    const channel = await data.open({ label: "chat" });
    channel.close();

    expect(requests).toEqual([{ type: "closeDataProducer", dataProducerId: "mine", pathId: "sfu-1" }]);
  });

  it("tells nothing of its own channel when the whole path is closed", async () => {
    const { data, requests, channels } = setUp();
    await data.open({ label: "chat" });
    channels[0]?.lose("transportclose");

    expect(requests).toEqual([]);
  });
});
