import type { Clock } from "../../src/sdk/clock";
import { Emitter } from "../../src/sdk/emitter";
import type { AnyStage, StageEvents } from "../../src/sdk/render/Stage";
import { RemoteTrack } from "./media";

const FRAME_MS = 33;

/**
 * Goes over to another path as the real stages do: sound at once; a picture at the next frame of the new path, or at once when nobody looks.
 */
export class SimulatedStage {
  readonly kind: "audio" | "video";
  readonly events = new Emitter<StageEvents>();
  readonly level = 0;
  readonly #clock: Clock;
  readonly #watched: () => boolean;
  readonly #offered = new Map<string, MediaStreamTrack>();
  #shown: string | undefined;
  #wanted: string | undefined;
  #cancel: () => void = () => undefined;

  constructor(kind: "audio" | "video", clock: Clock, watched: () => boolean) {
    this.kind = kind;
    this.#clock = clock;
    this.#watched = watched;
  }

  get shownPath(): string | undefined {
    return this.#shown;
  }

  get watched(): boolean {
    return this.#watched();
  }

  offer(pathId: string, track: MediaStreamTrack): void {
    if (this.#offered.get(pathId) !== track) {
      this.withdraw(pathId);
      this.#offered.set(pathId, track);
    }
  }

  withdraw(pathId: string): void {
    this.#offered.delete(pathId);
    this.#shown = this.#shown === pathId ? undefined : this.#shown;
    if (this.#wanted === pathId) {
      this.#want(undefined);
    }
  }

  show(pathId: string): void {
    if (!this.#offered.has(pathId) || pathId === this.#wanted) {
      this.#hurry();
    } else if (pathId === this.#shown) {
      this.#want(undefined);
    } else {
      this.#want(pathId);
      this.#hurry();
    }
  }

  close(): void {
    [...this.#offered.keys()].forEach((pathId) => this.withdraw(pathId));
  }

  /** What a page would do with an element has no place here. */
  asStage(): AnyStage {
    return this as unknown as AnyStage;
  }

  #want(pathId: string | undefined): void {
    this.#cancel();
    this.#wanted = pathId;
    if (pathId !== undefined) {
      this.#awaitFrame();
    }
  }

  #awaitFrame(): void {
    this.#cancel = this.#clock.after(FRAME_MS, () => {
      const track = this.#wanted === undefined ? undefined : this.#offered.get(this.#wanted);
      if (track !== undefined && RemoteTrack.of(track).flow.sample().framesDecoded > 0) {
        this.#reveal();
      } else {
        this.#awaitFrame();
      }
    });
  }

  #hurry(): void {
    if (this.#wanted !== undefined && (this.kind === "audio" || !this.watched)) {
      this.#reveal();
    }
  }

  #reveal(): void {
    const pathId = this.#wanted ?? "";
    this.#cancel();
    this.#wanted = undefined;
    this.#shown = pathId;
    this.events.emit("switched", { pathId, gapMs: 0 });
  }
}
