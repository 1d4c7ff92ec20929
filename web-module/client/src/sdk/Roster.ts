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

  byId(participantId: string): Participant | undefined {
    return this.#participants.get(participantId);
  }

  source(key: TrackKey): Source | undefined {
    const { participantId, sourceId } = trackOf(key);
    return this.byId(participantId)?.sources.find((source) => source.sourceId === sourceId);
  }

  /** A session began: nothing from before is true any more. */
  begin(self: string, participants: readonly Participant[]): void {
    this.#self = self;
    this.#participants.clear();
    participants.forEach((participant) => this.#participants.set(participant.participantId, participant));
    this.events.emit("changed", this);
  }

  put(participant: Participant): void {
    this.#participants.set(participant.participantId, participant);
    this.events.emit("changed", this);
  }

  remove(participantId: string): void {
    if (this.#participants.delete(participantId)) {
      this.events.emit("left", participantId);
      this.events.emit("changed", this);
    }
  }
}
