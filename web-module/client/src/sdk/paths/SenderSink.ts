import type { LocalSource, TrackSink } from "../sources/LocalSource";

const CAMERA_BPS = 1_500_000;
const SCREEN_BPS = 2_500_000;

/** Feeds one sender of a peer connection from a source. */
export class SenderSink implements TrackSink {
  readonly #source: LocalSource;
  readonly #sender: RTCRtpSender;

  constructor(source: LocalSource, sender: RTCRtpSender) {
    this.#source = source;
    this.#sender = sender;
    this.replaceTrack(source.attach(this));
  }

  replaceTrack(track: MediaStreamTrack | null): void {
    // Fails only when the connection has been closed meanwhile.
    this.#sender.replaceTrack(track).catch(() => undefined);
  }

  muteChanged(): void {
    // The clone is silent or black already.
  }

  close(): void {
    this.#source.detach(this);
  }
}

/** The most that a source should take of a line, in bits per second; undefined for sound. */
export function bitrateLimit(source: LocalSource): number | undefined {
  if (source.kind === "audio") {
    return undefined;
  }
  return source.role === "SCREEN" ? SCREEN_BPS : CAMERA_BPS;
}
