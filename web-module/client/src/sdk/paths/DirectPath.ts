import type { Clock } from "../clock";
import type { Candidate, DirectPath as OfferedPath, SessionDescription, Source, TrackKey, TrackMapping } from "../contract";
import { trackOf } from "../contract";
import { Emitter } from "../emitter";
import type { LocalSources } from "../sources/LocalSources";
import { WorkQueue } from "../workQueue";
import { CandidateBuffer } from "./CandidateBuffer";
import { ConnectionHealth } from "./ConnectionHealth";
import { offerOnlyWhatIsUsed } from "./directCodecs";
import type { MediaPath, MediaPathEvents } from "./MediaPath";
import { SenderSink } from "./SenderSink";
import { type Share, startKbps } from "./quality";
import { type Section, sectionChanges, splitMapping, wantedSections } from "./sections";
import { startingAt } from "./startBitrate";
import { NOTHING_ARRIVED, samplesByMid, type TrackSample, uplinkOf } from "./trackSamples";
import { Withheld } from "./Withheld";

/** How a direct path talks to the other end. */
export interface PeerLine {
  describe(description: SessionDescription): Promise<unknown>;
  trickle(candidate: Candidate): Promise<unknown>;
}

export interface DirectPathOptions {
  readonly path: OfferedPath;
  readonly self: string;
  readonly iceServers: readonly RTCIceServer[];
  readonly sources: LocalSources;
  /** What the other side sends, as the server last told. */
  readonly peerSources: () => readonly Source[];
  readonly line: PeerLine;
  readonly clock: Clock;
}

/**
 * A peer connection with one participant. The side that the server named makes every offer, with a media section for each source of
 * either side, so that there is never a glare; one negotiation follows another.
 */
export class DirectPath implements MediaPath {
  readonly kind = "DIRECT";
  readonly pathId: string;
  readonly events = new Emitter<MediaPathEvents>();
  readonly tracks = new Map<TrackKey, MediaStreamTrack>();
  readonly withheld = new Withheld();
  readonly #options: DirectPathOptions;
  readonly #connection: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #candidates: CandidateBuffer;
  readonly #health: ConnectionHealth;
  readonly #work = new WorkQueue();
  readonly #sections = new Map<TrackKey, RTCRtpTransceiver>();
  readonly #sinks = new Map<RTCRtpTransceiver, SenderSink>();
  #awaitsAnswer = false;
  #offerAgain = false;
  #restart = false;
  #closed = false;
  #left = false;
  #share: Share = "FULL";
  #knownBps: number | undefined;
  #startKbps: number | undefined;

  constructor(options: DirectPathOptions) {
    this.#options = options;
    this.pathId = options.path.pathId;
    this.#connection = new RTCPeerConnection({ iceServers: [...options.iceServers], bundlePolicy: "max-bundle" });
    this.#candidates = new CandidateBuffer(this.#connection, options.line);
    this.#health = new ConnectionHealth(options.clock, {
      state: (state) => {
        this.take(this.#share, this.#knownBps);
        this.events.emit("state", state);
      },
      restart: () => this.#restartIce(),
      failed: (failure) => this.events.emit("failed", failure),
    });
    this.#connection.onconnectionstatechange = () => this.#health.report("peer", this.#connection.connectionState);
    // Keeps the path connected, and known to be, while neither side sends media; closes at once when the other end goes.
    this.#channel = this.#connection.createDataChannel("path", { negotiated: true, id: 0 });
    this.#channel.onclose = () => {
      this.#left = true;
    };
  }

  get left(): boolean {
    return this.#left;
  }

  get state() {
    return this.#health.state;
  }

  get ready(): boolean {
    return this.state === "CONNECTED";
  }

  announces(): boolean {
    // What the other end describes is received at once: nothing is told before.
    return false;
  }

  reaches(participantId: string): boolean {
    return participantId === this.#options.path.peer;
  }

  open(): void {
    this.#health.expected();
    this.sourcesChanged();
  }

  /** Either side has other sources now. */
  sourcesChanged(): void {
    if (this.#options.path.offerer) {
      this.#work.run(() => this.#offer()).catch(() => this.#negotiationFailed());
    }
  }

  /** The other end has sent its description. */
  described(description: SessionDescription): void {
    const apply = (): Promise<void> =>
      description.type === "offer" ? this.#answer(description) : this.#answered(description);
    this.#work.run(apply).catch(() => this.#negotiationFailed());
  }

  /** The other end has sent a candidate. */
  candidate(candidate: Candidate): void {
    void this.#work.run(() => this.#candidates.arrived(candidate));
  }

  async sample(): Promise<ReadonlyMap<TrackKey, TrackSample>> {
    const byMid = samplesByMid(await this.#connection.getStats());
    const samples = new Map<TrackKey, TrackSample>();
    for (const key of this.tracks.keys()) {
      samples.set(key, byMid.get(this.#sections.get(key)?.mid ?? "") ?? NOTHING_ARRIVED);
    }
    return samples;
  }

  take(share: Share, knownBps?: number): void {
    this.#share = share;
    this.#knownBps = knownBps ?? this.#knownBps;
    this.#sinks.forEach((sink) => sink.take(share, this.#knownBps));
  }

  shown(): void {
    // What the other side sends, it sends for this client alone.
  }

  async uplinkBps(): Promise<number | undefined> {
    return this.ready ? uplinkOf(await this.#connection.getStats()) : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#work.close();
    this.#health.close();
    this.#sinks.forEach((sink) => sink.close());
    this.#connection.onconnectionstatechange = null;
    this.#channel.onclose = null;
    this.#connection.close();
    [...this.tracks.keys()].forEach((key) => this.#gone(key));
  }

  async #offer(): Promise<void> {
    if (this.#awaitsAnswer) {
      this.#offerAgain = true;
      return;
    }
    const first = this.#connection.localDescription === null;
    if (!this.#prepareSections() && !first && !this.#restart) {
      return;
    }
    this.#awaitsAnswer = true;
    const offer = await this.#connection.createOffer({ iceRestart: this.#restart });
    this.#restart = false;
    await this.#tell(offer, "offer", () => this.#mapping());
  }

  #prepareSections(): boolean {
    const { self, path, sources } = this.#options;
    const ends = { self, peer: path.peer, own: sources.descriptions, theirs: this.#options.peerSources() };
    const { add, remove } = sectionChanges(new Set(this.#sections.keys()), wantedSections(ends));
    add.forEach((section) => this.#addSection(section));
    remove.forEach((key) => {
      this.#sections.get(key)?.stop();
      this.#endSection(key);
    });
    return add.length + remove.length > 0;
  }

  #addSection(section: Section): void {
    const own = section.participantId === this.#options.self;
    const direction = own ? "sendonly" : "recvonly";
    const transceiver = this.#connection.addTransceiver(section.source.kind, { direction });
    offerOnlyWhatIsUsed(transceiver, section.source.kind);
    this.#sections.set(section.key, transceiver);
    if (own) {
      this.#feed(transceiver, section.source.sourceId);
    }
  }

  #endSection(key: TrackKey): void {
    const transceiver = this.#sections.get(key);
    this.#sections.delete(key);
    if (transceiver !== undefined) {
      this.#sinks.get(transceiver)?.close();
      this.#sinks.delete(transceiver);
    }
    this.#gone(key);
  }

  #feed(transceiver: RTCRtpTransceiver, sourceId: string): void {
    const source = this.#options.sources.byId(sourceId);
    if (source !== undefined && !this.#sinks.has(transceiver)) {
      const sink = new SenderSink(source, transceiver.sender);
      this.#sinks.set(transceiver, sink);
      sink.take(this.#share, this.#knownBps);
    }
  }

  async #answer(offer: SessionDescription): Promise<void> {
    await this.#connection.setRemoteDescription({ type: "offer", sdp: this.#started(offer.sdp) });
    const { self, path } = this.#options;
    const mapping = splitMapping(offer.tracks, self, path.peer);
    const live = new Set<TrackKey>(mapping.theirs.values());
    [...this.tracks.keys()].filter((key) => !live.has(key)).forEach((key) => this.#endSection(key));
    for (const transceiver of this.#connection.getTransceivers()) {
      this.#answerSection(transceiver, mapping);
    }
    await this.#tell(await this.#connection.createAnswer(), "answer", () => []);
    await this.#candidates.remoteDescribed();
  }

  #answerSection(transceiver: RTCRtpTransceiver, mapping: ReturnType<typeof splitMapping>): void {
    const mid = transceiver.mid ?? "";
    const ownSource = mapping.own.get(mid);
    const theirKey = mapping.theirs.get(mid);
    if (ownSource !== undefined && this.#options.sources.byId(ownSource) !== undefined) {
      transceiver.direction = "sendonly";
      this.#feed(transceiver, ownSource);
    } else {
      this.#sinks.get(transceiver)?.close();
      this.#sinks.delete(transceiver);
    }
    if (theirKey !== undefined) {
      this.#sections.set(theirKey, transceiver);
      this.#arrives(theirKey, transceiver.receiver.track);
    }
  }

  async #answered(answer: SessionDescription): Promise<void> {
    if (!this.#awaitsAnswer) {
      return;
    }
    await this.#connection.setRemoteDescription({ type: "answer", sdp: this.#started(answer.sdp) });
    this.#awaitsAnswer = false;
    for (const [key, transceiver] of this.#sections) {
      if (trackOf(key).participantId === this.#options.path.peer) {
        this.#arrives(key, transceiver.receiver.track);
      }
    }
    await this.#candidates.remoteDescribed();
    if (this.#offerAgain) {
      this.#offerAgain = false;
      this.sourcesChanged();
    }
  }

  async #tell(description: RTCSessionDescriptionInit, type: "offer" | "answer", tracks: () => TrackMapping[]) {
    this.#candidates.hold();
    await this.#connection.setLocalDescription(description);
    const sdp = this.#connection.localDescription?.sdp ?? "";
    const told = this.#options.line.describe({ type, sdp, tracks: tracks() });
    told.catch(() => this.#negotiationFailed());
    this.#candidates.localDescribed();
  }

  /** The same in every negotiation: another parameter would begin the pictures anew. */
  #started(sdp: string): string {
    this.#startKbps ??= startKbps(this.#share, this.#knownBps);
    return startingAt(sdp, this.#startKbps);
  }

  #mapping(): TrackMapping[] {
    return [...this.#sections]
      .filter(([, transceiver]) => transceiver.mid !== null)
      .map(([key, transceiver]) => ({ mid: transceiver.mid ?? "", ...trackOf(key) }));
  }

  #restartIce(): void {
    if (this.#options.path.offerer && !this.#closed) {
      this.#restart = true;
      // An answer that got lost with the connection will not come.
      this.#awaitsAnswer = false;
      this.sourcesChanged();
    }
  }

  #arrives(key: TrackKey, track: MediaStreamTrack): void {
    if (this.tracks.get(key) !== track) {
      this.tracks.set(key, track);
      this.events.emit("trackAdded", { key, track });
    }
  }

  #gone(key: TrackKey): void {
    if (this.tracks.delete(key)) {
      this.events.emit("trackRemoved", { key });
    }
  }

  #negotiationFailed(): void {
    if (!this.#closed) {
      this.events.emit("failed", "NEGOTIATION_FAILED");
    }
  }
}
