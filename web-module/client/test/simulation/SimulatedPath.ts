import type { Clock } from "../../src/sdk/clock";
import type { Path, TrackKey } from "../../src/sdk/contract";
import { trackKey } from "../../src/sdk/contract";
import { Emitter } from "../../src/sdk/emitter";
import { ConnectionHealth } from "../../src/sdk/paths/ConnectionHealth";
import type { MediaPath, MediaPathEvents } from "../../src/sdk/paths/MediaPath";
import type { RouterLine } from "../../src/sdk/paths/RouterLine";
import type { TrackSample } from "../../src/sdk/paths/trackSamples";
import type { LocalSource } from "../../src/sdk/sources/LocalSource";
import type { LocalSources } from "../../src/sdk/sources/LocalSources";
import { Flow, RemoteTrack, SourceFeed } from "./media";
import type { Fate, SimulatedNetwork } from "./SimulatedNetwork";
import { Withheld } from "../../src/sdk/paths/Withheld";

/** How long ICE takes to notice that nothing comes any more. */
const NOTICE_MS = 1_000;
const RESTART_MS = 300;

/** Whose end of a path it is. */
export interface PathEnd {
  readonly self: string;
  readonly sources: LocalSources;
  readonly line: RouterLine;
  readonly clock: Clock;
}

/** One end of a path through the simulated network. */
export class SimulatedPath implements MediaPath {
  readonly kind: "DIRECT" | "SFU";
  readonly pathId: string;
  readonly self: string;
  readonly events = new Emitter<MediaPathEvents>();
  readonly tracks = new Map<TrackKey, MediaStreamTrack>();
  readonly withheld = new Withheld();
  /** Unless a test says otherwise, of a path that the other end closed nothing is heard, which has to be enough. */
  left = false;
  readonly #network: SimulatedNetwork;
  readonly #offered: Path;
  readonly #end: PathEnd;
  readonly #health: ConnectionHealth;
  readonly #flows = new Map<TrackKey, Flow>();
  readonly #feeds = new Map<string, SourceFeed>();
  readonly #unlisten: (() => void)[];
  #progress: "NEW" | "UP" | "BROKEN" | "CLOSED" = "NEW";
  #mends = false;

  constructor(network: SimulatedNetwork, offered: Path, end: PathEnd) {
    this.#network = network;
    this.#offered = offered;
    this.#end = end;
    this.kind = offered.kind;
    this.pathId = offered.pathId;
    this.self = end.self;
    this.#health = new ConnectionHealth(end.clock, {
      state: (state) => this.events.emit("state", state),
      restart: () => this.#restart(),
      failed: (failure) => {
        network.failed(this);
        this.events.emit("failed", failure);
      },
    });
    this.#unlisten = [
      end.sources.events.on("added", (source) => this.#send(source)),
      end.sources.events.on("removed", (source) => this.#sendNoMore(source)),
    ];
  }

  get state() {
    return this.#health.state;
  }

  get ready(): boolean {
    return this.#health.state === "CONNECTED";
  }

  /** Whether packets go through here now. */
  get up(): boolean {
    return this.#progress === "UP";
  }

  get closed(): boolean {
    return this.#progress === "CLOSED";
  }

  announces(key: TrackKey): boolean {
    return this.tracks.has(key);
  }

  reaches(participantId: string): boolean {
    return this.#offered.kind === "SFU" || this.#offered.peer === participantId;
  }

  /** Whether somebody who renders the track from here sees or hears it now. */
  perceives(key: TrackKey): boolean {
    return this.#flows.get(key)?.perceived ?? false;
  }

  open(): void {
    this.#negotiate().then(
      () => this.closed || this.#network.opened(this),
      () => this.closed || this.events.emit("failed", "NEGOTIATION_FAILED"),
    );
  }

  async sample(): Promise<ReadonlyMap<TrackKey, TrackSample>> {
    return new Map([...this.#flows].map(([key, flow]) => [key, flow.sample()]));
  }

  take(): void {
    // The simulated lines are wide.
  }

  shown(): void {}

  async uplinkBps(): Promise<number | undefined> {
    return undefined;
  }

  close(): void {
    this.#progress = "CLOSED";
    this.#health.close();
    this.#unlisten.forEach((unlisten) => unlisten());
    this.#feeds.forEach((feed) => feed.close());
    this.#feeds.clear();
    [...this.tracks.keys()].forEach((key) => this.lose(key));
    this.#network.closed(this);
  }

  // ---- what the network does

  /** Both sides are there: it comes up, or does not. */
  begin(fate: Fate): void {
    this.#health.report("path", "connecting");
    this.#after(fate.afterMs, () => {
      if (this.#progress === "NEW" && this.#network.answers(this)) {
        this.#settle(fate);
      }
    });
  }

  /** Nothing comes through any more, without a word, until an ICE restart helps, if it does. */
  break(mends: boolean): void {
    if (this.#progress === "UP") {
      this.#progress = "BROKEN";
      this.#mends = mends;
      this.#after(NOTICE_MS, () => this.#progress === "BROKEN" && this.#health.report("path", "disconnected"));
    }
  }

  /** A track does not arrive any more. */
  lose(key: TrackKey): void {
    this.#flows.delete(key);
    if (this.tracks.delete(key)) {
      this.events.emit("trackRemoved", { key });
    }
  }

  // ---- what it sends and receives

  #settle(fate: Fate): void {
    if (!fate.connects) {
      this.#health.report("path", "failed");
      return;
    }
    this.#progress = "UP";
    this.#health.report("path", "connected");
    this.#network.connected(this);
    this.#end.sources.all.forEach((source) => this.#send(source));
    this.#network.others(this).forEach((other) => this.#receive(other));
  }

  /** What the real paths ask of the server before they can connect. */
  async #negotiate(): Promise<void> {
    const { pathId, line } = { ...this.#offered, ...this.#end };
    if (this.#offered.kind === "SFU") {
      await line({ type: "getRouterRtpCapabilities", pathId });
    } else if (this.#offered.offerer) {
      await line({ type: "signalDescription", pathId, description: { type: "offer", sdp: "", tracks: [] } });
    }
  }

  #send(source: LocalSource): void {
    if (this.up || this.#progress === "BROKEN") {
      const feed = this.#feeds.get(source.sourceId) ?? new SourceFeed(source);
      this.#feeds.set(source.sourceId, feed);
      this.#network.others(this).forEach((other) => other.#arrive(this, source.sourceId, feed));
    }
  }

  #sendNoMore(source: LocalSource): void {
    this.#feeds.get(source.sourceId)?.close();
    this.#feeds.delete(source.sourceId);
    this.#network.others(this).forEach((other) => other.lose(trackKey(this.self, source.sourceId)));
  }

  #receive(from: SimulatedPath): void {
    from.#feeds.forEach((feed, sourceId) => this.#arrive(from, sourceId, feed));
  }

  #arrive(from: SimulatedPath, sourceId: string, feed: SourceFeed): void {
    const key = trackKey(from.self, sourceId);
    this.#after(this.#network.trackDelay(), () => {
      const there = from.#feeds.get(sourceId) === feed && !from.closed && !this.closed;
      if (there && this.#progress !== "NEW" && !this.tracks.has(key)) {
        const flow = new Flow(this.#end.clock, feed, () => from.up && this.up, this.#network.reception());
        this.#flows.set(key, flow);
        const track = new RemoteTrack(flow).asTrack();
        this.tracks.set(key, track);
        this.events.emit("trackAdded", { key, track });
      }
    });
  }

  #restart(): void {
    if (this.#mends) {
      this.#after(RESTART_MS, () => {
        if (this.#progress === "BROKEN") {
          this.#progress = "UP";
          this.#health.report("path", "connected");
        }
      });
    }
  }

  #after(ms: number, action: () => void): void {
    this.#end.clock.after(ms, action);
  }
}
