import type { LocalSource, TrackSink } from "../sources/LocalSource";
import { type EncodingLimits, encodingLimits, type Share } from "./quality";

/** Limits what a sender takes of the line. Nothing is negotiated for it. */
export function limitSender(sender: RTCRtpSender, limits: EncodingLimits): void {
  const parameters = sender.getParameters();
  if (parameters.encodings?.length > 0) {
    parameters.encodings.forEach((encoding) => Object.assign(encoding, limits));
    // Fails when the connection is closed, or negotiates at this moment: the next call repairs it.
    sender.setParameters(parameters).catch(() => undefined);
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
      limitSender(this.#sender, limits);
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
