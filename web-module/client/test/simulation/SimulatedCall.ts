import type { CallService } from "../../src/sdk/CallService";
import type { Clock } from "../../src/sdk/clock";
import type { ServerEvent, ServerReply } from "../../src/sdk/contract";
import { expectation, type Pair, shortcomings } from "./expectation";
import type { Figures } from "./figures";
import { MediaWatch } from "./MediaWatch";
import type { Pulse } from "./Pulse";
import type { Random } from "./Random";
import { type Fate, SimulatedNetwork } from "./SimulatedNetwork";
import type { SimulatedPath } from "./SimulatedPath";
import { HALF_OPEN_MS } from "./SimulatedLine";
import { SimulatedPerson } from "./SimulatedPerson";
import { Story, Violation } from "./Story";
import { TransitionWatch } from "./TransitionWatch";

/** Within so long after the last change everybody must have everybody's media. */
const SETTLE_MS = 10_000;
/**
 * Within so long after the last change everything else must be as it should: a path that fails on a slow network is
 * answered by a move to direct paths, the call waits for calm, and moves back; each move has its own limit, which is watched.
 */
const REST_MS = 30_000;
/** Everything must be well for so long before the next changes. */
const CALM_MS = 300;
/** Paths that may fail to come up before all is well again. */
const MOST_FAULTS = 3;
/** People who cannot reach the SFU: so many can be kept over direct paths. */
const MOST_CUT_OFF = 2;
/** When ICE gives up that hears nothing. */
const UNANSWERED_MS = 15_000;
/** Longest step of the judges' time: what the machine takes beyond that is its own fault, not the call's. */
const LONGEST_STEP_MS = 50;

export interface CallParts {
  readonly callId: string;
  readonly url: string;
  readonly service: CallService;
  readonly clock: Clock;
  readonly random: Random;
  readonly figures: Figures;
  readonly pulse: Pulse;
  /** How long the server waits for somebody whose socket is gone, in milliseconds. */
  readonly graceMs: number;
}

/** One call, its network and the people in it, and those who watch that nothing goes wrong. */
export class SimulatedCall {
  readonly story: Story;
  readonly #parts: CallParts;
  readonly #network: SimulatedNetwork;
  readonly #transitions: TransitionWatch;
  readonly #media: MediaWatch;
  readonly #slow = new Set<SimulatedPerson>();
  readonly #sessions = new Set<string>();
  /** Between whom a direct path has failed, and has not come up since. */
  #deadPairs: readonly Pair[] = [];
  /** Between whom one has failed who may have tried again since. */
  #forgivenPairs: readonly Pair[] = [];
  #people: readonly SimulatedPerson[] = [];
  #joined = 0;
  #faults = 0;
  #lastChange = 0;
  #wellSince: number | undefined;
  #now = 0;
  #lookedAt: number;

  constructor(parts: CallParts) {
    const { clock, figures, callId } = parts;
    this.#parts = parts;
    this.#lookedAt = clock.now();
    this.story = new Story(clock, `Call ${callId}`);
    this.#transitions = new TransitionWatch(figures, this.story);
    this.#media = new MediaWatch(figures, this.story, this.#transitions);
    this.#network = new SimulatedNetwork({
      fate: (kind, ends) => this.#fate(kind, ends),
      trackDelay: () => parts.random.between(10, 150),
      reception: () => ({ loss: parts.random.between(0, 0.1), decodeMs: parts.random.between(30, 400) }),
    });
    this.#network.events.on("failed", (path) => this.#pathFailed(path));
    this.#network.events.on("connected", (path) => this.#pathCameUp(path));
  }

  get people(): readonly SimulatedPerson[] {
    return this.#people;
  }

  get random(): Random {
    return this.#parts.random;
  }

  // ---- what may happen

  async join(): Promise<void> {
    const { callId, url, service, clock, figures, random } = this.#parts;
    const name = `P${++this.#joined}`;
    const network = this.#network;
    const { token } = await service.guestSession(name);
    const heard = (message: ServerEvent | ServerReply): void => this.#heard(name, message);
    const reachesSfu = this.#cutOff >= MOST_CUT_OFF || !random.chance(0.1);
    const person = await SimulatedPerson.enter({
      name, url, service, callId, bearer: token, network, clock, heard, reachesSfu,
    });
    if (random.chance(0.1)) {
      this.#slow.add(person);
    }
    this.#people = [...this.#people, person];
    figures.count("joins");
    this.#changed(`${name} joins${this.#slow.has(person) ? " on a slow network" : ""}${reachesSfu ? "" : ", cut off from the SFU"}`);
  }

  leave(person: SimulatedPerson): void {
    if (person.line.down) {
      this.vanish(person);
      return;
    }
    this.#parts.figures.count("leaves");
    this.#changed(`${person.name} leaves`);
    person.leave();
    this.#gone(person);
  }

  vanish(person: SimulatedPerson): void {
    const { figures, graceMs } = this.#parts;
    figures.count("kills");
    this.#changed(`${person.name} (${person.id}) vanishes`, graceMs + (person.line.down ? HALF_OPEN_MS : 0));
    person.vanish();
    this.#gone(person);
  }

  /** Somebody's socket is gone for a while; longer than the server's patience, and a new session begins. */
  cut(person: SimulatedPerson, noticed: boolean, ms: number): void {
    const { figures, clock } = this.#parts;
    figures.count("cut sockets");
    this.#changed(`the socket of ${person.name} is cut for ${Math.round(ms)} ms, which the server ${noticed ? "notices" : "does not notice"}`, ms);
    const recovered = this.#media.cut(person, this.#now);
    person.line.cut(noticed);
    clock.after(ms, () => {
      person.line.mend();
      if (this.random.chance(0.5)) {
        person.call.networkReturned();
      }
      this.#changed(`the network of ${person.name} is back`);
    });
    const unlisten = person.call.events.on("changed", ({ connection }) => {
      if (connection === "JOINED" && !person.line.down) {
        unlisten();
        recovered(this.#now + SETTLE_MS / 2);
        this.#changed(`${person.name} is connected again`);
      }
    });
  }

  /** @param lasting whether an ICE restart does not help */
  break(path: SimulatedPath, lasting: boolean): void {
    const mends = !lasting;
    this.#parts.figures.count("broken paths");
    this.#media.broken(path, this.#now);
    this.#changed(`${path.pathId} of ${path.self} breaks${mends ? ", until an ICE restart" : ""}`, mends ? 4_000 : 12_000);
    this.#network.break(path, mends);
  }

  async toggle(person: SimulatedPerson, role: "MICROPHONE" | "CAMERA"): Promise<void> {
    const source = person.sources.device(role);
    this.#parts.figures.count(role === "CAMERA" ? "cameras" : "mutes");
    this.#changed(`${person.name} turns ${role} ${source?.muted === true ? "on" : "off"}`);
    if (source?.muted === true) {
      this.#media.renewed(person, source.sourceId, this.#now);
      await person.sources.turnOn(role);
    } else {
      await person.sources.turnOff(role);
    }
  }

  async toggleScreen(person: SimulatedPerson): Promise<void> {
    this.#parts.figures.count("screens");
    const stops = person.sources.screens.length > 0;
    this.#changed(`${person.name} ${stops ? "stops sharing" : "shares"} a screen`);
    if (stops) {
      person.sources.stopScreens();
    } else {
      const screen = await person.sources.shareScreen();
      this.#media.renewed(person, screen.sourceId, this.#now);
    }
  }

  hide(person: SimulatedPerson): void {
    this.#parts.figures.count("hidden tabs");
    person.hidden = !person.hidden;
    this.#changed(`${person.name} ${person.hidden ? "hides" : "shows"} the tab`);
  }

  // ---- what must hold

  /**
   * To be called again and again, some times in a tenth of a second.
   *
   * @throws Violation when something is wrong that must never be
   */
  look(): void {
    const now = this.#parts.clock.now();
    const step = Math.min(LONGEST_STEP_MS, now - this.#lookedAt);
    this.#lookedAt = now;
    if (this.#parts.pulse.late) {
      this.#lastChange = Math.max(this.#lastChange, this.#now);
      return;
    }
    this.#now += step;
    this.#lookForDropped();
    this.#transitions.look(this.#ids, this.#now);
    this.#media.look(this.#people, this.#now);
    this.#lookForRest();
  }

  /** Everybody leaves. */
  end(): void {
    this.#people.forEach((person) => person.leave());
    this.#people = [];
  }

  /** Whether the call has been as it should be for a while. */
  get settled(): boolean {
    return this.#wellSince !== undefined && this.#now - this.#wellSince >= CALM_MS;
  }

  #lookForRest(): void {
    const wrong = shortcomings(this.#people, expectation(this.#people, this.#deadPairs, this.#forgivenPairs), this.#media);
    if (wrong.length === 0) {
      if (this.#wellSince === undefined) {
        this.#wellSince = this.#now;
        this.#faults = 0;
        this.#parts.figures.settled(Math.max(0, this.#now - this.#lastChange));
      }
      return;
    }
    this.#wellSince = undefined;
    const late = this.#now - this.#lastChange;
    const lacking = wrong.some((each) => each.includes(" lacks "));
    if (late > (lacking ? SETTLE_MS : REST_MS)) {
      this.#parts.figures.count(lacking ? "without media" : "stuck");
      throw new Violation(`${Math.round(late)} ms after the last change:\n  ${wrong.join("\n  ")}`);
    }
  }

  /** How many people cannot reach the SFU. */
  get #cutOff(): number {
    return this.#people.filter(({ reachesSfu }) => !reachesSfu).length;
  }

  get #ids(): string[] {
    return this.#people.map(({ id }) => id);
  }

  #idOf(name: string): string {
    return this.#people.find((person) => person.name === name)?.id ?? "";
  }

  #lookForDropped(): void {
    for (const { name, call } of this.#people) {
      const reason = call.state.ended ?? call.state.refused?.message;
      if (reason !== undefined) {
        this.#parts.figures.count("dropped calls");
        throw new Violation(`the call of ${name} ended: ${reason}`);
      }
    }
  }

  // ---- the network

  #fate(kind: "DIRECT" | "SFU", ends: readonly string[]): Fate {
    const { random } = this.#parts;
    if (kind === "SFU" && this.#people.some(({ id, reachesSfu }) => !reachesSfu && ends.includes(id))) {
      return { connects: false, afterMs: random.between(500, 3_000) };
    }
    if (this.#faults < MOST_FAULTS && random.chance(0.05)) {
      this.#faults += 1;
      const afterMs = random.chance(0.2) ? UNANSWERED_MS : random.between(100, 3_000);
      this.#changed(`a ${kind} path of ${ends.join(" and ")} will fail in ${Math.round(afterMs)} ms`, afterMs);
      return { connects: false, afterMs };
    }
    const slow = this.#people.some((person) => this.#slow.has(person) && ends.includes(person.id));
    return { connects: true, afterMs: slow ? random.between(1_500, 3_500) : random.between(50, 600) };
  }

  #pathFailed(path: SimulatedPath): void {
    this.#parts.figures.count("failed paths");
    this.#media.broken(path, this.#now);
    this.#changed(`${path.pathId} of ${path.self} has failed`);
    const other = this.#otherEnd(path);
    if (other !== undefined) {
      this.#deadPairs = [...this.#deadPairs, [path.self, other.id]];
    }
  }

  /** One that was made once more: who had it may stay together from now on. */
  #pathCameUp(path: SimulatedPath): void {
    const other = this.#otherEnd(path);
    if (other !== undefined) {
      this.#forgive((pair) => pair.includes(path.self) && pair.includes(other.id));
    }
  }

  /** Who is at the other end of a direct path. */
  #otherEnd(path: SimulatedPath): SimulatedPerson | undefined {
    return path.kind === "DIRECT" ? this.#people.find(({ id }) => id !== path.self && path.reaches(id)) : undefined;
  }

  #heard(name: string, message: ServerEvent | ServerReply): void {
    switch (message.type) {
      case "transitionChanged":
        this.#transitions.heard(message.transition, this.#idOf(name), this.#ids, this.#now);
        // After a move that was rolled back every pair may try again, and stays together if that works.
        return message.transition.phase === "ROLLED_BACK" ? this.#forgive(() => true) : undefined;
      case "joined":
        return this.#sessionBegan(name, message.participantId);
      case "participantLeft":
        return this.story.tell(`${name} is told that ${message.participantId} has left (${message.reason})`);
      case "queued":
        return this.story.tell(`${name} is told to wait as number ${message.position}: ${message.reason}`);
      default:
        return undefined;
    }
  }

  #forgive(which: (pair: Pair) => boolean): void {
    this.#forgivenPairs = [...this.#forgivenPairs, ...this.#deadPairs.filter(which)];
    this.#deadPairs = this.#deadPairs.filter((pair) => !which(pair));
  }

  #sessionBegan(name: string, participantId: string): void {
    this.story.tell(`${name} is in the call as ${participantId}`);
    if (this.#sessions.has(name)) {
      this.#parts.figures.count("new sessions");
      this.#transitions.forgot(participantId);
    }
    this.#sessions.add(name);
  }

  /** Something happened, and has its full effect only after a while. */
  #changed(what: string, untilMs = 0): void {
    this.story.tell(what);
    this.#lastChange = Math.max(this.#lastChange, this.#now + untilMs);
    this.#wellSince = undefined;
  }

  #gone(person: SimulatedPerson): void {
    this.#people = this.#people.filter((other) => other !== person);
  }
}
