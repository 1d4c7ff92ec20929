import type { PictureStage, StageEvents } from "./Stage";
import { Emitter } from "../emitter";
import { decideReveal } from "./reveal";
import { VideoFeed } from "./VideoFeed";

/**
 * Where the picture of one source is shown. The feeds of all its paths play on top of each other, and the one that is shown lies
 * uppermost. The change happens in the callback of a frame that is about to be presented, so that there is never an empty picture.
 */
export class VideoStage implements PictureStage {
  readonly kind = "video";
  readonly events = new Emitter<StageEvents>();
  readonly element: HTMLElement;
  readonly #feeds = new Map<string, VideoFeed>();
  #shown: VideoFeed | undefined;
  #wanted: VideoFeed | undefined;
  #wantedSince = 0;
  #heldSince: number | undefined;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "stage";
  }

  get shownPath(): string | undefined {
    return this.#shown?.pathId;
  }

  get height(): number {
    return Math.round(this.element.clientHeight * devicePixelRatio);
  }

  /** Frames are presented neither in hidden tabs nor off the page. */
  get watched(): boolean {
    return document.visibilityState === "visible" && this.element.isConnected && this.element.checkVisibility();
  }

  offer(pathId: string, track: MediaStreamTrack): void {
    if (this.#feeds.get(pathId)?.track === track) {
      return;
    }
    this.withdraw(pathId);
    const feed = new VideoFeed(pathId, track, (each) => this.#presented(each));
    this.#feeds.set(pathId, feed);
    this.element.prepend(feed.element);
  }

  withdraw(pathId: string): void {
    const feed = this.#feeds.get(pathId);
    if (feed === undefined) {
      return;
    }
    this.#feeds.delete(pathId);
    if (this.#wanted === feed) {
      this.#wanted = undefined;
      this.#release();
    }
    if (this.#shown === feed) {
      this.#shown = undefined;
      this.#replace();
    }
    feed.close();
  }

  show(pathId: string): void {
    const feed = this.#feeds.get(pathId);
    if (feed === undefined || feed === this.#wanted) {
      this.#hurry();
      return;
    }
    if (feed === this.#shown) {
      this.#wanted = undefined;
      this.#release();
      return;
    }
    this.#wanted = feed;
    this.#wantedSince = performance.now();
    this.#hurry();
  }

  close(): void {
    [...this.#feeds.keys()].forEach((pathId) => this.withdraw(pathId));
    this.element.remove();
  }

  /** Nobody can see a frame: no use to wait for one. */
  #hurry(): void {
    if (this.#wanted !== undefined && !this.watched) {
      this.#reveal(this.#wanted);
    }
  }

  #presented(feed: VideoFeed): void {
    if (feed === this.#wanted) {
      // In the same rendering step, but after the callbacks of all feeds: what the old path presents in it is known by then.
      requestAnimationFrame(() => feed === this.#wanted && this.#decide(feed));
    }
  }

  #decide(feed: VideoFeed): void {
    const now = performance.now();
    const heldMs = this.#heldSince === undefined ? 0 : now - this.#heldSince;
    const decision = decideReveal(this.#shown?.frames ?? [], feed.frames, now - this.#wantedSince, heldMs);
    if (decision === "REVEAL") {
      this.#reveal(feed);
    } else if (decision === "HOLD" && this.#heldSince === undefined) {
      this.#heldSince = now;
      this.#shown?.hold();
    }
  }

  #reveal(feed: VideoFeed): void {
    const before = this.#shown;
    const last = before?.frames.at(-1);
    const gapMs = last === undefined ? 0 : Math.max(0, performance.now() - last.presented);
    feed.element.classList.add("shown");
    before?.element.classList.remove("shown");
    this.#shown = feed;
    this.#wanted = undefined;
    this.#heldSince = undefined;
    before?.play();
    this.events.emit("switched", { pathId: feed.pathId, gapMs: this.watched ? gapMs : 0 });
  }

  /** What was shown is taken away: there must not be an empty picture until the next frame. */
  #replace(): void {
    if (this.#wanted !== undefined && this.#wanted.frames.length > 0) {
      this.#reveal(this.#wanted);
    }
  }

  #release(): void {
    this.#heldSince = undefined;
    this.#shown?.play();
  }
}
