import { describe, expect, test } from "vitest";
import { reconnectDelay } from "../src/sdk/signaling/backoff";
import { EventOrder } from "../src/sdk/signaling/eventOrder";
import { WorkQueue } from "../src/sdk/workQueue";

describe("the back-off", () => {
  test("doubles up to a limit and is spread over its upper half", () => {
    expect([1, 2, 3, 10, 1000].map((failures) => reconnectDelay(failures, 0))).toEqual([150, 300, 600, 5_000, 5_000]);
    expect(reconnectDelay(1, 0.999)).toBeLessThan(300);
    expect(reconnectDelay(50, 0.999)).toBeLessThan(10_000);
  });
});

describe("the order of events", () => {
  test("never goes back to an older epoch, whoever told the newer one", () => {
    const order = new EventOrder(3);
    order.learn(7);
    expect(order.judge(1, 6)).toBe("STALE");
    expect(order.judge(2, 7)).toBe("DELIVER");
    expect(order.judge(4, 7)).toBe("GAP");
    expect(order.judge(1, 7)).toBe("DUPLICATE");
    expect(order).toMatchObject({ lastSeq: 2, epoch: 7 });
  });
});

describe("a work queue", () => {
  test("runs one after another, also after a failure", async () => {
    const queue = new WorkQueue();
    const done: number[] = [];
    const first = queue.run(async () => {
      await Promise.resolve();
      done.push(1);
      throw new Error("first");
    });
    const second = queue.run(async () => done.push(2));
    await expect(first).rejects.toThrow("first");
    await second;
    expect(done).toEqual([1, 2]);
  });
});
