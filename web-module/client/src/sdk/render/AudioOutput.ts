/** Where all sound goes: one context, one output device. */
export class AudioOutput {
  #context: AudioContext | undefined;

  /** Made at the first need, because browsers want a gesture before there is sound. */
  get context(): AudioContext {
    this.#context ??= new AudioContext({ latencyHint: "interactive" });
    return this.#context;
  }

  /** To be called from a gesture of the person, and when the page comes back. */
  async wake(): Promise<void> {
    if (this.context.state !== "running") {
      await this.context.resume();
    }
  }

  /** Whether the person can choose where sound comes out. */
  static get canChoose(): boolean {
    return "AudioContext" in globalThis && "setSinkId" in AudioContext.prototype;
  }

  /** Sound comes out of another device from now on. */
  async choose(deviceId: string): Promise<void> {
    const context = this.context as AudioContext & { setSinkId?: (sinkId: string) => Promise<void> };
    await context.setSinkId?.(deviceId);
  }

  async close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    if (context !== undefined && context.state !== "closed") {
      await context.close();
    }
  }
}
