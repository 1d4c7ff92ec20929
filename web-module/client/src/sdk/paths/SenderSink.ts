import type { LocalSource, TrackSink } from "../sources/LocalSource";
import { type EncodingLimits, encodingLimits, type Share } from "./quality";

/**
 * Limits what a sender takes of the line, by encoding. Nothing is negotiated for it. Fails when the connection is closed, or negotiates at
 * this moment.
 */
export async function limitSender(sender: RTCRtpSender, limits: readonly EncodingLimits[]): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings?.length > 0) {
    parameters.encodings.forEach((encoding, index) => Object.assign(encoding, limits[index]));
    await sender.setParameters(parameters);
  }
}

/** Feeds one sender of a peer connection from a source. */
export class SenderSink implements TrackSink {
  readonly #source: LocalSource;
  readonly #sender: RTCRtpSender;

  constructor(source: LocalSource, sender: RTCRtpSender) {
    this.#source = source;
    this.#sender = sender;
    this.replaceTrack(source.attach(this));
  }

  /** Before the first negotiation a sender may have nothing that could be limited: to be called again after it. */
  take(share: Share, knownBps?: number): void {
    const limits = encodingLimits(this.#source, share, knownBps);
    if (limits !== undefined) {
      // What fails is repaired by the next call, which comes when the path is connected or the change is over.
      limitSender(this.#sender, [limits]).catch(() => undefined);
    }
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
