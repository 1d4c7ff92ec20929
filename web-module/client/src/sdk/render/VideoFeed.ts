/** One path's picture of a source, playing in an element of its own. */
export class VideoFeed {
  readonly pathId: string;
  readonly track: MediaStreamTrack;
  readonly element: HTMLVideoElement;
  #lastFrameAt: number | undefined;
  #lastCaptureTime: number | undefined;
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

  /** When a frame was last presented (performance.now()); undefined before the first. */
  get lastFrameAt(): number | undefined {
    return this.#lastFrameAt;
  }

  /** When the frame presented last was captured, if the browser can tell. */
  get lastCaptureTime(): number | undefined {
    return this.#lastCaptureTime;
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
        this.#lastFrameAt = now;
        this.#lastCaptureTime = metadata.captureTime;
        this.#onFrame();
        this.#next();
      }
    });
  }
}
