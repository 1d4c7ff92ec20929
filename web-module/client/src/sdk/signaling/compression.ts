/** Shorter messages are not worth it, and would take longer. */
const WORTH_IT = 400;

/**
 * Sends texts in order, long ones compressed (RFC 1951): descriptions and parameters go out while a path is replaced, and on a thin line
 * pictures would wait for them.
 */
export class CompressedSending {
  readonly #send: (frame: string | ArrayBuffer) => void;
  #waiting: Promise<void> | undefined;

  constructor(send: (frame: string | ArrayBuffer) => void) {
    this.#send = send;
  }

  send(text: string): void {
    if (text.length < WORTH_IT && this.#waiting === undefined) {
      this.#send(text);
      return;
    }
    const before = this.#waiting ?? Promise.resolve();
    const frame = text.length < WORTH_IT ? Promise.resolve(text) : deflated(text).catch(() => text);
    const mine = before.then(async () => this.#send(await frame)).finally(() => {
      if (this.#waiting === mine) {
        this.#waiting = undefined;
      }
    });
    this.#waiting = mine;
  }
}

function deflated(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
