import type { Producer, Transport } from "mediasoup-client/types";
import type { LocalSource, TrackSink } from "../sources/LocalSource";
import { WorkQueue } from "../workQueue";
import { type EncodingLimits, FLOOR_KBPS, linesOf, routerEncodings, type Share, smallerLayers, startKbps } from "./quality";
import type { RouterLine } from "./RouterLine";
import { limitSender } from "./SenderSink";

export interface ProducerSinkOptions {
  readonly source: LocalSource;
  readonly transport: Transport;
  /** MIME type in which the transport sends pictures. */
  readonly codec: string;
  readonly line: RouterLine;
  readonly pathId: string;
  /** How much of the line pictures may take at first. */
  readonly share: Share;
  /** What the line is known to carry, in bits per second. */
  readonly knownBps: number | undefined;
  readonly failed: (error: unknown) => void;
}

/** Feeds one producer of a send transport from a source. There is no producer before the source has had a track. */
export class ProducerSink implements TrackSink {
  readonly #options: ProducerSinkOptions;
  readonly #source: LocalSource;
  readonly #line: RouterLine;
  readonly #pathId: string;
  readonly #work = new WorkQueue();
  #producer: Producer | undefined;
  #share: Share;
  #knownBps: number | undefined;
  /** Fixed when the producer is made. */
  #smaller: readonly EncodingLimits[] = [];
  #wanted: readonly boolean[] = [];
  #toldPaused = false;
  #ended = false;

  constructor(options: ProducerSinkOptions) {
    this.#options = options;
    this.#source = options.source;
    this.#line = options.line;
    this.#pathId = options.pathId;
    this.#share = options.share;
    this.#knownBps = options.knownBps;
    this.replaceTrack(this.#source.attach(this));
  }

  /** How much of the line its pictures may take from now on. */
  take(share: Share, knownBps?: number): void {
    this.#change(() => {
      this.#share = share;
      this.#knownBps = knownBps;
    });
  }

  /** Which of its layers somebody is sent, the smallest first. */
  want(layers: readonly boolean[]): void {
    this.#change(() => {
      this.#wanted = layers;
    });
  }

  get producerId(): string | undefined {
    return this.#producer?.id;
  }

  #change(change: () => void): void {
    const before = JSON.stringify(this.#limits());
    change();
    const limits = this.#limits();
    if (limits !== undefined && JSON.stringify(limits) !== before) {
      this.#queue(async () => {
        const sender = this.#producer?.rtpSender;
        if (sender !== undefined && this.#producer?.closed === false) {
          // Not by the producer, which would negotiate, beside what its transport is negotiating for another source.
          await limitSender(sender, limits).catch(() => limitSender(sender, limits)).catch(() => undefined);
        }
      });
    }
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
    this.#ended = true;
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
    this.#smaller = smallerLayers(linesOf(this.#source));
    const limits = this.#limits();
    return this.#options.transport.produce({
      track,
      // The source owns its tracks: it mutes and stops them itself.
      stopTracks: false,
      disableTrackOnPause: false,
      ...(limits !== undefined && { encodings: limits.map((layer) => ({ ...layer })) }),
      codecOptions: this.#source.kind === "video"
        ? { videoGoogleStartBitrate: startKbps(this.#share, this.#knownBps), videoGoogleMinBitrate: FLOOR_KBPS }
        : { opusFec: true },
      appData: { sourceId: this.#source.sourceId },
    });
  }

  #limits(): readonly EncodingLimits[] | undefined {
    const { codec } = this.#options;
    return routerEncodings(this.#source, this.#share, this.#knownBps, { smaller: this.#smaller, wanted: this.#wanted, codec });
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
    this.#work.run(work).catch((error: unknown) => {
      // A source that is stopped while it is being produced is no failure of the path.
      if (!this.#ended) {
        this.#options.failed(error);
      }
    });
  }
}
