import type { Consumer, Transport } from "mediasoup-client/types";
import type { Clock } from "../clock";
import type { PathFailure, ProducerInfo, TrackKey } from "../contract";
import { trackKey } from "../contract";
import { Emitter } from "../emitter";
import { CallFailure } from "../failure";
import type { LocalSource } from "../sources/LocalSource";
import type { LocalSources } from "../sources/LocalSources";
import { CONNECTING_MS, connectedWithin } from "./connected";
import { ConnectionHealth } from "./ConnectionHealth";
import { signOfLife } from "./lifeSigns";
import { DataChannels } from "./DataChannels";
import type { MediaPath, MediaPathEvents } from "./MediaPath";
import { ProducerSink } from "./ProducerSink";
import { HIGHEST_LAYER, oneAtATime, type Share } from "./quality";
import type { RouterLine } from "./RouterLine";
import type { OpenTransports, RouterTransports } from "./RouterTransports";
import { ShownSizes } from "./ShownSizes";
import { NOTHING_ARRIVED, samplesByMid, type TrackSample, uplinkOf } from "./trackSamples";
import { Turns } from "./Turns";
import { Withheld, type WithheldReason } from "./Withheld";

export interface SfuPathOptions {
  readonly pathId: string;
  readonly sources: LocalSources;
  readonly line: RouterLine;
  /** May be connected already. */
  readonly transports: RouterTransports;
  readonly clock: Clock;
  /** Whether a track is to be sent whoever speaks. */
  readonly pinned: (key: TrackKey) => boolean;
}

/** Where the line does not take every picture, shared screens come first. */
const PRIORITY = 1;
const PINNED_PRIORITY = 2;

/** An old path that does not say what the line carries is waited for no longer. */
const TELLING_MS = 200;

/** A send and a receive transport to a router, by mediasoup-client. */
export class SfuPath implements MediaPath {
  readonly kind = "SFU";
  readonly pathId: string;
  readonly events = new Emitter<MediaPathEvents>();
  readonly tracks = new Map<TrackKey, MediaStreamTrack>();
  readonly data: DataChannels;
  readonly withheld = new Withheld();
  readonly #options: SfuPathOptions;
  readonly #health: ConnectionHealth;
  readonly #turns: Turns;
  readonly #producers = new Map<string, ProducerSink>();
  readonly #consumers = new Map<string, Consumer>();
  readonly #announced = new Map<string, ProducerInfo>();
  readonly #sizes: ShownSizes;
  #send: Transport | undefined;
  #codec = "";
  #receive: Transport | undefined;
  #closed = false;
  #share: Share = "FULL";
  #knownBps: number | undefined;
  #told: () => void = () => undefined;

  constructor(options: SfuPathOptions) {
    this.#options = options;
    this.pathId = options.pathId;
    this.data = new DataChannels(options);
    this.#sizes = new ShownSizes(options.clock);
    this.#turns = new Turns(options.clock, () => this.#narrow);
    this.#health = new ConnectionHealth(options.clock, {
      state: (state) => this.events.emit("state", state),
      restart: () => this.#restartIce(),
      failed: (failure) => this.events.emit("failed", failure),
    });
  }

  get state() {
    return this.#health.state;
  }

  get ready(): boolean {
    return this.#send !== undefined && this.#health.settled;
  }

  /** A router that goes is told of by the server; it has no other way to say so. */
  get left(): boolean {
    return false;
  }

  announces(key: TrackKey): boolean {
    return [...this.#announced.values()].some(({ participantId, sourceId }) => trackKey(participantId, sourceId) === key);
  }

  reaches(): boolean {
    return true;
  }

  open(): void {
    this.#connect().catch((error: unknown) => this.#fail(failureOf(error)));
  }

  sourceAdded(source: LocalSource): void {
    const transport = this.#send;
    if (transport !== undefined && !this.#closed && !this.#producers.has(source.sourceId)) {
      const failed = (error: unknown): void => this.#fail(failureOf(error));
      this.#producers.set(source.sourceId, new ProducerSink({
        source, transport, codec: this.#codec, line: this.#line, pathId: this.pathId, share: this.#share, knownBps: this.#knownBps, failed,
      }));
    }
  }

  sourceRemoved(source: LocalSource): void {
    this.#producers.get(source.sourceId)?.end();
    this.#producers.delete(source.sourceId);
  }

  producerAdded(producer: ProducerInfo): void {
    if (!this.#announced.has(producer.producerId)) {
      this.#announced.set(producer.producerId, producer);
      this.#consume(producer);
    }
  }

  producerRemoved(producerId: string): void {
    this.#announced.delete(producerId);
    const consumer = this.#consumers.get(producerId);
    this.#consumers.delete(producerId);
    consumer?.close();
    this.#sizes.forget(consumer?.id ?? "");
    const key = consumer && keyOf(consumer);
    if (key !== undefined && this.tracks.get(key) === consumer?.track) {
      this.withheld.forget(key);
      this.tracks.delete(key);
      this.events.emit("trackRemoved", { key });
    }
  }

  /** Somebody is sent these layers of a producer of this client, and nobody the others. */
  layersWanted(producerId: string, wanted: readonly boolean[]): void {
    [...this.#producers.values()].find((sink) => sink.producerId === producerId)?.want(wanted);
  }

  /** A consumer is sent another layer from now on; undefined when the line takes none. */
  layersChanged(consumerId: string, spatialLayer: number | undefined): void {
    this.#withhold(consumerId, "STARVING", spatialLayer === undefined);
  }

  /** The server sends a video consumer's pictures, or has others to send. */
  consumerSelected(consumerId: string, selected: boolean): void {
    this.#withhold(consumerId, "UNSELECTED", !selected);
  }

  #withhold(consumerId: string, reason: WithheldReason, withheld: boolean): void {
    const consumer = [...this.#consumers.values()].find(({ id }) => id === consumerId);
    if (consumer !== undefined) {
      const key = keyOf(consumer);
      this.withheld.note(key, reason, withheld);
      this.events.emit("withheld", { key });
    }
  }

  shown(key: TrackKey, height: number, lines: number): void {
    const consumer = [...this.#consumers.values()].find((each) => keyOf(each) === key);
    const layer = consumer && this.#sizes.news(consumer.id, height, lines);
    if (consumer === undefined || layer === undefined) {
      return;
    }
    this.#prefer(consumer, layer);
  }

  #prefer(consumer: Consumer, spatialLayer: number): void {
    const { pathId, pinned } = this.#options;
    const priority = pinned(keyOf(consumer)) ? PINNED_PRIORITY : PRIORITY;
    this.#line({ type: "setConsumerPreferredLayers", pathId, consumerId: consumer.id, spatialLayer, priority })
      // A picture that is larger than it need be is no fault.
      .catch(() => undefined);
  }

  async sample(): Promise<ReadonlyMap<TrackKey, TrackSample>> {
    const samples = new Map<TrackKey, TrackSample>();
    if (this.#receive === undefined || this.#receive.closed || this.#consumers.size === 0) {
      return samples;
    }
    const byMid = samplesByMid(await this.#receive.getStats());
    for (const consumer of this.#consumers.values()) {
      samples.set(keyOf(consumer), byMid.get(consumer.rtpParameters.mid ?? "") ?? NOTHING_ARRIVED);
    }
    return samples;
  }

  take(share: Share, knownBps?: number): void {
    this.#share = share;
    this.#knownBps = knownBps ?? this.#knownBps;
    if (!this.#untold) {
      this.#told();
    }
    this.#producers.forEach((producer) => producer.take(share, this.#knownBps));
  }

  async uplinkBps(): Promise<number | undefined> {
    return this.#send === undefined || this.#send.closed ? undefined : uplinkOf(await this.#send.getStats());
  }

  close(): void {
    this.#closed = true;
    this.#health.close();
    this.#producers.forEach((producer) => producer.close());
    this.#options.transports.close();
    const keys = [...this.tracks.keys()];
    this.tracks.clear();
    keys.forEach((key) => this.events.emit("trackRemoved", { key }));
  }

  async #connect(): Promise<void> {
    const { transports } = this.#options;
    const open = await transports.opened;
    const { send, receive, codec } = open;
    if (this.#closed) {
      return;
    }
    transports.events.on("state", ({ direction, state }) => this.#health.report(direction, state));
    this.#trust(open);
    this.#receive = receive;
    if (!transports.early("RECV")) {
      await this.#turns.next();
      transports.connect("RECV", open);
    }
    [...this.#announced.values()].forEach((producer) => this.#consume(producer));
    this.#codec = codec;
    await this.#begin(send, receive);
  }

  /** What stood by counts as connected again when something arrives: until then its line may be gone. */
  #trust({ send, receive }: OpenTransports): void {
    const report = (): void => {
      this.#health.report("SEND", send.connectionState);
      this.#health.report("RECV", receive.connectionState);
    };
    if (this.#options.transports.early("SEND")) {
      signOfLife(receive, this.#options.clock).then(report, () => undefined);
    } else {
      report();
    }
  }

  /** Starts to send; on a narrow line when the other transport is connected, and one source after the other. */
  async #begin(send: Transport, receive: Transport): Promise<void> {
    await this.#lineKnown();
    if (this.#narrow) {
      await connectedWithin(CONNECTING_MS, receive, this.#options.clock);
    }
    this.#send = send;
    for (const source of this.#inOrder()) {
      await this.#turns.next();
      if (this.#options.sources.byId(source.sourceId) === source) {
        this.sourceAdded(source);
      }
    }
  }

  /**
   * Sound first, because people miss it most; but pictures first where they start lean: the first track decides how much a sender looks for,
   * and only pictures can say that it should be little.
   */
  #inOrder(): readonly LocalSource[] {
    const { all } = this.#options.sources;
    const first = this.#share === "LEAN" ? "video" : "audio";
    return [...all.filter(({ kind }) => kind === first), ...all.filter(({ kind }) => kind !== first)];
  }

  /** Whether it is not yet known what the line carries. */
  get #untold(): boolean {
    return this.#share === "LEAN" && this.#knownBps === undefined;
  }

  /** The old path says what the line carries within a moment; without that a path on a good line would start as on a thin one. */
  #lineKnown(): Promise<void> {
    return this.#untold
      ? new Promise((resolve) => {
        const cancel = this.#options.clock.after(TELLING_MS, resolve);
        this.#told = () => {
          cancel();
          resolve();
        };
      })
      : Promise.resolve();
  }

  get #narrow(): boolean {
    return oneAtATime(this.#share, this.#knownBps);
  }

  #consume(producer: ProducerInfo): void {
    if (this.#receive !== undefined && !this.#closed) {
      this.#receiveFrom(producer, this.#receive).catch((error: unknown) => {
        if (this.#announced.has(producer.producerId)) {
          this.#fail(failureOf(error));
        }
      });
    }
  }

  async #receiveFrom(producer: ProducerInfo, transport: Transport): Promise<void> {
    const { pathId } = this.#options;
    const { producerId } = producer;
    const consumed = await this.#line({ type: "consume", pathId, transportId: transport.id, producerId });
    const { consumerId: id, kind, rtpParameters, participantId, sourceId } = consumed;
    const consumer = await transport.consume({
      id, producerId, kind, rtpParameters, streamId: participantId, appData: { key: trackKey(participantId, sourceId) },
    });
    if (this.#closed || !this.#announced.has(producerId)) {
      consumer.close();
      return;
    }
    this.#consumers.set(producerId, consumer);
    if (kind === "video" && this.#options.pinned(keyOf(consumer))) {
      // Refused only when it is gone meanwhile, which is told otherwise.
      this.#line({ type: "pinConsumer", pathId, consumerId: id, pinned: true }).catch(() => undefined);
      this.#prefer(consumer, HIGHEST_LAYER);
    }
    await this.#line({ type: "resumeConsumer", pathId, consumerId: id });
    if (this.#closed || this.#consumers.get(producerId) !== consumer) {
      return;
    }
    this.tracks.set(keyOf(consumer), consumer.track);
    this.events.emit("trackAdded", { key: keyOf(consumer), track: consumer.track });
  }

  #restartIce(): void {
    const { pathId } = this.#options;
    for (const transport of [this.#send, this.#receive]) {
      if (transport !== undefined && ["failed", "disconnected"].includes(transport.connectionState)) {
        this.#line({ type: "restartIce", pathId, transportId: transport.id })
          .then(({ iceParameters }) => transport.restartIce({ iceParameters }))
          // A restart that is refused leaves the path broken, which its health tells in time.
          .catch(() => undefined);
      }
    }
  }

  #fail(failure: PathFailure): void {
    if (!this.#closed) {
      this.events.emit("failed", failure);
    }
  }

  readonly #line: RouterLine = (message) => this.#options.line(message);
}

function keyOf(consumer: Consumer): TrackKey {
  return consumer.appData["key"] as TrackKey;
}

function failureOf(error: unknown): PathFailure {
  if (error instanceof CallFailure) {
    return "NEGOTIATION_FAILED";
  }
  return error instanceof Error && error.name === "UnsupportedError" ? "UNSUPPORTED" : "NEGOTIATION_FAILED";
}
