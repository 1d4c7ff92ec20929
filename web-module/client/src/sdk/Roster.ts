import type { Participant, Source, TrackKey } from "./contract";
import { trackOf } from "./contract";
import { Emitter } from "./emitter";

export interface RosterEvents {
  changed: Roster;
  left: string;
}

/** Who is in the call, as the server last told. */
export class Roster {
  readonly events = new Emitter<RosterEvents>();
  readonly #participants = new Map<string, Participant>();
  readonly #absent = new Set<string>();
  #self = "";

  /** This client's participant id; empty before the first session. */
  get self(): string {
    return this.#self;
  }

  /** Everybody but this client, in order of arrival. */
  get others(): readonly Participant[] {
    return [...this.#participants.values()].filter((participant) => participant.participantId !== this.#self);
  }

  get own(): Participant | undefined {
    return this.#participants.get(this.#self);
  }

  /** Those of a former session who are still seen and heard, and whom the server does not know yet. */
  get absent(): readonly string[] {
    return [...this.#absent];
  }

  byId(participantId: string): Participant | undefined {
    return this.#participants.get(participantId);
  }

  source(key: TrackKey): Source | undefined {
    const { participantId, sourceId } = trackOf(key);
    return this.byId(participantId)?.sources.find((source) => source.sourceId === sourceId);
  }

  /**
   * A session began: nothing from before is true any more.
   *
   * @param present those who are seen and heard nevertheless, and are expected back
   */
  begin(self: string, participants: readonly Participant[], present: ReadonlySet<string>): void {
    this.#self = self;
    this.#absent.clear();
    for (const { participantId } of this.others) {
      if (present.has(participantId)) {
        this.#absent.add(participantId);
      } else {
        this.#participants.delete(participantId);
      }
    }
    participants.forEach((participant) => this.#present(participant));
    this.events.emit("changed", this);
  }

  put(participant: Participant): void {
    this.#present(participant);
    this.events.emit("changed", this);
  }

  remove(participantId: string): void {
    this.#absent.delete(participantId);
    if (this.#participants.delete(participantId)) {
      this.events.emit("left", participantId);
      this.events.emit("changed", this);
    }
  }

  #present(participant: Participant): void {
    this.#absent.delete(participant.participantId);
    this.#participants.set(participant.participantId, participant);
  }
}
