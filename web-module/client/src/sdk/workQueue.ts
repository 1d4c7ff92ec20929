/** Runs asynchronous work one after another, in the order in which it was given. */
export class WorkQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** The work's own result; work given after {@link close} never starts and never answers. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#tail.then(() => (this.#closed ? new Promise<Result>(() => undefined) : work()));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  close(): void {
    this.#closed = true;
  }
}
