import type { Producer, Transport } from "mediasoup-client/types";
import type { LocalSource, TrackSink } from "../sources/LocalSource";
import { WorkQueue } from "../workQueue";
import { bitrateLimit } from "./SenderSink";
import type { RouterLine } from "./RouterLine";

const START_KBPS = 600;

/** Feeds one producer of a send transport from a source. There is no producer before the source has had a track. */
export class ProducerSink implements TrackSink {
  readonly #source: LocalSource;
  readonly #transport: Transport;
  readonly #line: RouterLine;
  readonly #pathId: string;
  readonly #failed: (error: unknown) => void;
  readonly #work = new WorkQueue();
  #producer: Producer | undefined;
  #toldPaused = false;

  constructor(source: LocalSource, transport: Transport, line: RouterLine, pathId: string, failed: (error: unknown) => void) {
    this.#source = source;
    this.#transport = transport;
    this.#line = line;
    this.#pathId = pathId;
    this.#failed = failed;
    this.replaceTrack(source.attach(this));
  }

  replaceTrack(track: MediaStreamTrack | null): void {
    this.#queue(async () => {
      if (track?.readyState === "ended") {
        return; // It waited its turn too long: what took its place comes next.
      }
      if (this.#producer !== undefined) {
        await this.#producer.replaceTrack({ track });
      } else if (track !== null) {
        this.#toldPaused = this.#source.muted;
        this.#producer = await this.#produce(track);
        await this.#tellPaused();
      }
    });
  }

  muteChanged(): void {
    this.#queue(() => this.#tellPaused());
  }

  /** The source is gone, the path stays. */
  end(): void {
    this.#source.detach(this);
    this.#queue(async () => {
      const producer = this.#producer;
      producer?.close();
      if (producer !== undefined) {
        await this.#line({ type: "closeProducer", pathId: this.#pathId, producerId: producer.id });
      }
    });
  }

  /** The path is gone. */
  close(): void {
    this.#work.close();
    this.#source.detach(this);
  }

  #produce(track: MediaStreamTrack): Promise<Producer> {
    const maxBitrate = bitrateLimit(this.#source);
    return this.#transport.produce({
      track,
      // The source owns its tracks: it mutes and stops them itself.
      stopTracks: false,
      disableTrackOnPause: false,
      ...(maxBitrate !== undefined && { encodings: [{ maxBitrate }] }),
      codecOptions: this.#source.kind === "video" ? { videoGoogleStartBitrate: START_KBPS } : { opusFec: true },
      appData: { sourceId: this.#source.sourceId },
    });
  }

  async #tellPaused(): Promise<void> {
    const { muted } = this.#source;
    if (this.#producer === undefined || this.#toldPaused === muted) {
      return;
    }
    this.#toldPaused = muted;
    const type = muted ? "pauseProducer" : "resumeProducer";
    await this.#line({ type, pathId: this.#pathId, producerId: this.#producer.id });
  }

  #queue(work: () => Promise<void>): void {
    this.#work.run(work).catch(this.#failed);
  }
}
