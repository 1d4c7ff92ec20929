import type { FrameTimes } from "./FrameTimes";

/** Frames that are remembered: enough to recognise a dozen of them on a path that is slower by a quarter of a second, and some on one slower by half. */
const REMEMBERED = 20;

/** One path's picture of a source, playing in an element of its own. */
export class VideoFeed {
  readonly pathId: string;
  readonly track: MediaStreamTrack;
  readonly element: HTMLVideoElement;
  #frames: readonly FrameTimes[] = [];
  #onFrame: () => void;
  #closed = false;

  constructor(pathId: string, track: MediaStreamTrack, onFrame: (feed: VideoFeed) => void) {
    this.pathId = pathId;
    this.track = track;
    this.#onFrame = () => onFrame(this);
    this.element = document.createElement("video");
    this.element.muted = true;
    this.element.playsInline = true;
    this.element.autoplay = true;
    this.element.disablePictureInPicture = true;
    // A stream of its own: a stream that holds two tracks with one id loses its picture when one of them goes.
    this.element.srcObject = new MediaStream([track]);
    this.play();
    this.#next();
  }

  /** The frames presented last, oldest first. */
  get frames(): readonly FrameTimes[] {
    return this.#frames;
  }

  /** Keeps the picture that is shown. */
  hold(): void {
    this.element.pause();
  }

  play(): void {
    // Refused only while the element is being taken away or a newer call replaces this one.
    this.element.play().catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#onFrame = () => undefined;
    this.element.srcObject = null;
    this.element.remove();
  }

  #next(): void {
    this.element.requestVideoFrameCallback((now, metadata) => {
      if (!this.#closed) {
        const frame = { presented: now, received: metadata.receiveTime, rtp: metadata.rtpTimestamp };
        this.#frames = [...this.#frames.slice(1 - REMEMBERED), frame];
        this.#onFrame();
        this.#next();
      }
    });
  }
}
