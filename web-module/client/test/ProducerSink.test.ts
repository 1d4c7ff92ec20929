import type { Transport } from "mediasoup-client/types";
import { expect, test } from "vitest";
import { ProducerSink } from "../src/sdk/paths/ProducerSink";
import type { RouterLine } from "../src/sdk/paths/RouterLine";
import { LocalSource } from "../src/sdk/sources/LocalSource";
import { FakeTrack } from "./support/FakeTrack";

test("a camera that is changed twice before the first change is through does not break the path", async () => {
  const sent: (MediaStreamTrack | null)[] = [];
  const use = async (track: MediaStreamTrack | null): Promise<void> => {
    // As mediasoup-client: a track that has ended is refused.
    if (track?.readyState === "ended") {
      throw new Error("track ended");
    }
    sent.push(track);
  };
  const producer = { id: "producer", replaceTrack: ({ track }: { track: MediaStreamTrack | null }) => use(track) };
  const transport = {
    produce: async ({ track }: { track: MediaStreamTrack }) => {
      await use(track);
      return producer;
    },
  } as unknown as Transport;
  const line = (async () => ({ type: "done" })) as unknown as RouterLine;
  const failures: unknown[] = [];
  const source = new LocalSource("source-1", "CAMERA", new FakeTrack().asTrack(), false);
  new ProducerSink({
    source, transport, codec: "video/VP8", line, pathId: "sfu-1", share: "FULL", knownBps: undefined, failed: (error) => failures.push(error),
  });
  await settled();

  source.setTrack(new FakeTrack().asTrack());
  source.setTrack(new FakeTrack().asTrack());
  await settled();

  expect(failures).toEqual([]);
  expect(sent.at(-1)?.readyState).toBe("live");
});

test("a source that is stopped while it is being produced does not break the path", async () => {
  let refuse: (error: Error) => void = () => undefined;
  const transport = {
    produce: () => new Promise((_, reject) => {
      refuse = reject;
    }),
  } as unknown as Transport;
  const failures: unknown[] = [];
  const source = new LocalSource("source-1", "SCREEN", new FakeTrack().asTrack(), false);
  const line = (async () => ({ type: "done" })) as unknown as RouterLine;
  const sink = new ProducerSink({
    source, transport, codec: "video/VP8", line, pathId: "sfu-1", share: "FULL", knownBps: undefined, failed: (error) => failures.push(error),
  });
  await settled();

  sink.end();
  refuse(new Error("track ended"));
  await settled();

  expect(failures).toEqual([]);
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}
