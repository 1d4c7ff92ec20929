import type { Clock } from "./clock";
import { systemClock } from "./clock";
import type { EndReason, EventOf, ParticipantStatus, QualityLimit, ReplyOf, ServerEvent, TopologyMode, Transition, WaitReason } from "./contract";
import { Emitter } from "./emitter";
import { type CallFailure, codeOf } from "./failure";
import { PathFactory } from "./PathFactory";
import { DirectPath } from "./paths/DirectPath";
import { FormerPaths } from "./paths/FormerPaths";
import { PathSet } from "./paths/PathSet";
import { SfuPath } from "./paths/SfuPath";
import { Standby } from "./paths/Standby";
import { TrackMonitor } from "./paths/TrackMonitor";
import { UplinkCare } from "./paths/UplinkCare";
import { browserPlatform, type Platform } from "./platform";
import type { AudioOutput } from "./render/AudioOutput";
import { Renderers } from "./render/Renderers";
import { Roster } from "./Roster";
import { SignalingClient, type SignalingState } from "./signaling/SignalingClient";
import { SourceReport } from "./sources/SourceReport";
import type { LocalSource } from "./sources/LocalSource";
import type { LocalSources } from "./sources/LocalSources";
import { TransitionClient } from "./transition/TransitionClient";

export interface CallOptions {
  /** Address of the signalling door. */
  readonly url: string;
  readonly displayName: string;
  /** A fresh call-scoped token. */
  readonly token: () => Promise<string>;
  readonly sources: LocalSources;
  readonly output: AudioOutput;
  readonly clock?: Clock;
  /** What takes the browser's place, for each part that is given. */
  readonly platform?: Partial<Platform>;
}

/** A call as a page shows it. */
export interface CallState {
  readonly connection: SignalingState;
  readonly callId: string;
  readonly callName: string;
  readonly status: ParticipantStatus;
  /** Place in the queue, 1 being next; undefined when not queued. */
  readonly queuePosition: number | undefined;
  /** What it waits for there. */
  readonly waitReason: WaitReason | undefined;
  readonly mode: TopologyMode;
  /** The transition that is running, or was rolled back and will be tried again. */
  readonly transition: Transition | undefined;
  /** Who has the floor in a group call: who spoke last, while all are silent. */
  readonly activeSpeaker: string | undefined;
  /** What the server gives up for its load; means nothing while the call is direct. */
  readonly qualityLimit: QualityLimit;
  /** How long it was until the call ends by itself when the server said so, in milliseconds; undefined once somebody has come. */
  readonly endsInMs: number | undefined;
  readonly ended: EndReason | undefined;
  readonly refused: CallFailure | undefined;
}

const BEFORE: CallState = {
  connection: "CONNECTING",
  callId: "",
  callName: "",
  status: "CONNECTING",
  queuePosition: undefined,
  waitReason: undefined,
  mode: "DIRECT",
  transition: undefined,
  activeSpeaker: undefined,
  qualityLimit: "NONE",
  endsInMs: undefined,
  ended: undefined,
  refused: undefined,
};

/** What a call loses to the server's load: nothing as long as its media does not go there. */
export function limitOf({ mode, qualityLimit }: Pick<CallState, "mode" | "qualityLimit">): QualityLimit {
  return mode === "DIRECT" ? "NONE" : qualityLimit;
}

/** One participant's call: puts signalling, sources, paths, transitions and stages together. */
export class Call {
  readonly events = new Emitter<{
    changed: CallState;
    /** The server took the screen that was to be shared, or is shared, no longer. */
    screensStopped: CallState;
  }>();
  readonly roster = new Roster();
  readonly paths = new PathSet();
  readonly sources: LocalSources;
  readonly monitor: TrackMonitor;
  readonly renderers: Renderers;
  readonly transitions: TransitionClient;
  readonly #signaling: SignalingClient;
  readonly #factory: PathFactory;
  readonly #standby: Standby;
  readonly #former: FormerPaths;
  readonly #report: SourceReport;
  readonly #platform: Platform;
  readonly #unlisten: (() => void)[];
  #state = BEFORE;
  /** The path on which the active speaker was told. */
  #speakerPath = "";

  constructor(options: CallOptions) {
    const { sources, clock = systemClock } = options;
    this.sources = sources;
    this.#platform = {
      ...browserPlatform(options.output),
      makePath: (offered) => this.#factory.make(offered, this.#standby.take(offered.pathId)),
      standBy: (pathId) => this.#standby.prepare(pathId),
      ...options.platform,
    };
    this.monitor = new TrackMonitor(this.paths, clock, () => this.#unsettled());
    this.renderers = new Renderers(this.paths, this.roster, this.monitor, this.#platform.makeStage, clock);
    this.#signaling = new SignalingClient({
      url: options.url,
      token: options.token,
      join: () => this.#introduction(options.displayName),
      openSocket: this.#platform.openSocket,
      clock,
      random: Math.random,
    });
    const request: SignalingClient["request"] = (message) => this.#signaling.request(message);
    this.#factory = new PathFactory(this.roster, sources, request, clock);
    this.#standby = new Standby(clock, (pathId) => this.#factory.transports(pathId), (pathId) => this.#tryToStandBy(pathId));
    this.transitions = new TransitionClient({
      paths: this.paths, roster: this.roster, monitor: this.monitor, renderers: this.renderers,
      clock, request, makePath: (offered) => this.#platform.makePath(offered, request),
    });
    this.#former = new FormerPaths(this.paths, this.roster, this.renderers, this.monitor, clock);
    new UplinkCare(this.paths, this.monitor, () => this.transitions.step !== undefined, clock);
    this.#report = new SourceReport(sources, (message) => request(message).catch((error: unknown) => this.#sourcesRefused(error)));
    this.#unlisten = this.#listen();
  }

  get state(): CallState {
    return this.#state;
  }

  /** The path to the SFU that is ready, should the call need it. */
  get standby(): string | undefined {
    return this.#standby.ready;
  }

  join(): void {
    this.#signaling.start();
    this.monitor.start();
  }

  /** The browser says that the network is back. */
  networkReturned(): void {
    this.#signaling.hurry();
  }

  /** Asks for a rolled-back transition to be tried again now. */
  async retryTransition(): Promise<void> {
    await this.#signaling.request({ type: "retryTransition" });
  }

  leave(): void {
    this.#signaling.leave();
    this.#close();
  }

  #introduction(displayName: string) {
    this.#report.told();
    const { self } = this.roster;
    const former = self === "" ? {} : { formerParticipantId: self };
    return { type: "join", displayName, device: this.#platform.device(), sources: this.sources.descriptions, ...former } as const;
  }

  #listen(): (() => void)[] {
    const { events } = this.#signaling;
    return [
      events.on("state", (connection) => this.#become({ connection })),
      events.on("joined", (joined) => this.#joined(joined)),
      events.on("event", (event) => this.#happened(event)),
      events.on("refused", (refused) => {
        this.#become({ refused });
        this.#close();
      }),
      this.roster.events.on("changed", () => this.#sectionsChanged()),
      this.sources.events.on("added", (source) => this.#sourceAdded(source)),
      this.sources.events.on("removed", (source) => this.#sourceRemoved(source)),
      this.sources.events.on("changed", () => this.#report.changed()),
    ];
  }

  #joined(joined: ReplyOf<"join">): void {
    // Under another id nothing of what still arrives could be told whose it is.
    if (joined.participantId === this.roster.self) {
      this.paths.outlive();
    } else {
      this.paths.clear();
    }
    this.transitions.reset();
    this.#standby.close();
    this.#factory.iceServers = joined.iceServers;
    this.roster.begin(joined.participantId, joined.participants, this.#former.reached);
    const { callId, callName, status, mode } = joined;
    this.#become({ callId, callName, status, mode, transition: undefined, activeSpeaker: undefined, queuePosition: undefined, qualityLimit: "NONE", endsInMs: undefined });
    this.#report.changed();
  }

  #happened(event: ServerEvent): void {
    switch (event.type) {
      case "participantJoined":
        this.#become({ endsInMs: undefined });
        this.roster.put(event.participant);
        return this.#ownStatus();
      case "participantUpdated":
        this.roster.put(event.participant);
        return this.#ownStatus();
      case "participantLeft":
        return this.roster.remove(event.participantId);
      case "queued":
        return this.#become({ status: "QUEUED", queuePosition: event.position, waitReason: event.reason });
      case "probeRequested":
        return this.#tryToStandBy(event.path.pathId);
      case "pathsOffered":
        return this.transitions.offered(event);
      case "pathsCommitted":
        return this.transitions.committed(event);
      case "pathsReleased":
        this.#standby.release(event.pathIds);
        this.#speakerPathsReleased(event.pathIds);
        return this.transitions.released(event);
      case "descriptionReceived":
        return this.#direct(event.pathId)?.described(event.description);
      case "candidateReceived":
        return this.#direct(event.pathId)?.candidate(event.candidate);
      case "producerAdded":
        return this.#sfu(event.pathId)?.producerAdded(event.producer);
      case "producerUpdated":
        // Whether a source is muted is told by its participant, for every path at once.
        return undefined;
      case "producerRemoved":
        return this.#sfu(event.pathId)?.producerRemoved(event.producerId);
      case "dataProducerAdded":
        return this.#sfu(event.pathId)?.data.producerAdded(event.dataProducer);
      case "dataProducerRemoved":
        return this.#sfu(event.pathId)?.data.producerRemoved(event.dataProducerId);
      case "dataConsumerClosed":
        return this.#sfu(event.pathId)?.data.consumerClosed(event.dataConsumerId);
      case "layersWanted":
        return this.#sfu(event.pathId)?.layersWanted(event.producerId, event.wanted);
      case "consumerLayersChanged":
        return this.#sfu(event.pathId)?.layersChanged(event.consumerId, event.spatialLayer);
      case "consumerSelected":
        return this.#sfu(event.pathId)?.consumerSelected(event.consumerId, event.selected);
      case "activeSpeaker":
        return this.#speakerChanged(event);
      case "transitionChanged":
        return this.#transitionChanged(event.transition);
      case "qualityLimited":
        return this.#become({ qualityLimit: event.limit });
      case "callEnding":
        return this.#become({ endsInMs: event.inMs });
      case "callEnded":
        return this.#callEnded(event.reason);
    }
  }

  /** From a server that stops the call goes on by itself: direct paths stay, and signalling comes again. */
  #callEnded(reason: EndReason): void {
    if (reason !== "SERVER_STOPPING") {
      this.#become({ ended: reason });
      this.#close();
    }
  }

  async #standBy(pathId: string): Promise<void> {
    const request: SignalingClient["request"] = (message) => this.#signaling.request(message);
    const reached = await this.#platform.standBy(pathId, request);
    if (reached !== undefined) {
      await request({ type: "pathProbed", pathId, reached });
    }
  }

  /** What could not even be tried tells nothing. */
  #tryToStandBy(pathId: string): void {
    this.#standBy(pathId).catch(() => undefined);
  }

  /** While a call moves from one router to another both tell; the latest is right enough. */
  #speakerChanged({ pathId, participantId }: EventOf<"activeSpeaker">): void {
    this.#speakerPath = pathId;
    this.#become({ activeSpeaker: participantId });
  }

  #speakerPathsReleased(pathIds: readonly string[]): void {
    if (pathIds.includes(this.#speakerPath)) {
      this.#become({ activeSpeaker: undefined });
    }
  }

  #ownStatus(): void {
    const status = this.roster.own?.status;
    if (status !== undefined && status !== this.#state.status) {
      this.#become({ status, queuePosition: status === "QUEUED" ? this.#state.queuePosition : undefined });
    }
  }

  #transitionChanged(transition: Transition): void {
    const { phase } = transition;
    const inForce = phase === "RELEASING" || phase === "COMPLETED";
    if (phase === "COMPLETED" || phase === "ROLLED_BACK") {
      this.transitions.ended(transition.transitionId);
    }
    const over = phase === "COMPLETED" || (phase === "ROLLED_BACK" && transition.retryInMs === undefined);
    this.#become({
      transition: over ? undefined : transition,
      mode: inForce ? transition.to : transition.from,
    });
  }

  #sourceAdded(source: LocalSource): void {
    this.#report.changed();
    this.paths.all.forEach(({ path }) => path instanceof SfuPath && path.sourceAdded(source));
    this.#sectionsChanged();
  }

  #sourceRemoved(source: LocalSource): void {
    this.#report.changed();
    this.paths.all.forEach(({ path }) => path instanceof SfuPath && path.sourceRemoved(source));
    this.#sectionsChanged();
  }

  #sectionsChanged(): void {
    this.paths.all.forEach(({ path }) => path instanceof DirectPath && path.sourcesChanged());
  }

  #direct(pathId: string): DirectPath | undefined {
    const path = this.paths.byId(pathId)?.path;
    return path instanceof DirectPath ? path : undefined;
  }

  #sfu(pathId: string): SfuPath | undefined {
    const path = this.paths.byId(pathId)?.path;
    return path instanceof SfuPath ? path : undefined;
  }

  /** Whether something is coming up that is worth a close look. */
  #unsettled(): boolean {
    const shown = (key: string): boolean => [...this.renderers.all].some(([each, stage]) => each === key && stage.shownPath);
    return this.transitions.step !== undefined || this.paths.all.some(({ path }) => [...path.tracks.keys()].some((key) => !shown(key)));
  }

  #close(): void {
    this.#unlisten.forEach((unlisten) => unlisten());
    this.monitor.stop();
    this.#standby.close();
    this.paths.clear();
    this.renderers.clear();
  }

  #sourcesRefused(error: unknown): never {
    if (codeOf(error) === "SCREEN_SHARING_LIMITED") {
      this.#stopScreens();
    }
    throw error;
  }

  #stopScreens(): void {
    if (this.sources.screens.length > 0) {
      this.sources.stopScreens();
      this.events.emit("screensStopped", this.#state);
    }
  }

  #become(change: Partial<CallState>): void {
    this.#state = { ...this.#state, ...change };
    if (limitOf(this.#state) === "SCREENS_STOPPED") {
      this.#stopScreens();
    }
    this.events.emit("changed", this.#state);
  }
}
