import { describe, expect, it } from "vitest";
import { CompressedSending } from "../src/sdk/signaling/compression";

const text = (frame: string | ArrayBuffer): Promise<string> =>
  typeof frame === "string"
    ? Promise.resolve(frame)
    : new Response(new Blob([frame]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();

describe("what is sent to the server", () => {
  it("is compressed where that is worth it", async () => {
    const frames: (string | ArrayBuffer)[] = [];
    const sending = new CompressedSending((frame) => frames.push(frame));
    const long = JSON.stringify({ sdp: "a=rtcp-fb:96 nack pli\r\n".repeat(100) });

    sending.send("short");
    expect(frames).toEqual(["short"]);
    sending.send(long);
    await expect.poll(() => frames.length).toBe(2);

    expect(frames[1]).toBeInstanceOf(ArrayBuffer);
    expect((frames[1] as ArrayBuffer).byteLength).toBeLessThan(long.length / 5);
    await expect(text(frames[1]!)).resolves.toBe(long);
  });

  it("stays in order, whatever takes longer", async () => {
    const frames: (string | ArrayBuffer)[] = [];
    const sending = new CompressedSending((frame) => frames.push(frame));
    const sent = Array.from({ length: 30 }, (_, index) => `${index}:${"x".repeat(index % 3 === 0 ? 5_000 : 3)}`);

    sent.forEach((each) => sending.send(each));
    await expect.poll(() => frames.length).toBe(30);
    sending.send("last");

    await expect(Promise.all(frames.map(text))).resolves.toEqual([...sent, "last"]);
  });
});
