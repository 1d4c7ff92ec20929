import type { Transition, TransitionPhase } from "../../src/sdk/contract";
import type { Figures } from "./figures";
import { type Story, Violation } from "./Story";

/** The machine's limits, and what a busy machine may add to them, in milliseconds. */
const UNCOMMITTED_MS = 10_000;
const COMMITTING_MS = 4_000;
const RELEASING_MS = 3_000;
const ALLOWANCE_MS = 5_000;

const ORDER: readonly TransitionPhase[] = [
  "REQUESTED", "PREPARING", "CONNECTING", "COMMITTING", "RELEASING", "COMPLETED", "ROLLING_BACK", "ROLLED_BACK",
];

interface Watched {
  readonly began: number;
  phase: TransitionPhase;
  since: number;
  /** Who was there when it was last heard of, and will hear of its end. */
  witnesses: readonly string[];
}

/** Transitions of a call are numbered. */
function numberOf(transitionId: string): number {
  return Number(transitionId.slice(1));
}

/** Sees to it that no transition of a call stays where it is. */
export class TransitionWatch {
  readonly #figures: Figures;
  readonly #story: Story;
  readonly #transitions = new Map<string, Watched>();
  #latest = 0;
  /** What nobody had ended when the next began. */
  #unfinished: string | undefined;

  constructor(figures: Figures, story: Story) {
    this.#figures = figures;
    this.#story = story;
  }

  get running(): boolean {
    return [...this.#transitions.values()].some(({ phase }) => !isOver(phase));
  }

  /** Whether one ran at any time since then. */
  ranSince(time: number): boolean {
    return [...this.#transitions.values()].some(({ phase, since }) => !isOver(phase) || since >= time);
  }

  /**
   * Somebody was told of a transition; the same is told to everybody, sooner or later.
   *
   * @param told who it was
   * @param present the participants who are in the call
   */
  heard(transition: Transition, told: string, present: readonly string[], now: number): void {
    const { transitionId, phase } = transition;
    const known = this.#transitions.get(transitionId);
    if (known === undefined && numberOf(transitionId) < this.#latest) {
      return;
    }
    this.#latest = Math.max(this.#latest, numberOf(transitionId));
    if (known !== undefined && ORDER.indexOf(phase) <= ORDER.indexOf(known.phase)) {
      return;
    }
    if (known === undefined) {
      this.#endEarlier(transitionId, told);
    }
    this.#transitions.set(transitionId, { began: known?.began ?? now, phase, since: now, witnesses: present });
    const { from, to, reason, attempt, retryInMs } = transition;
    const retry = retryInMs === undefined ? "" : `, retried in ${retryInMs} ms`;
    this.#story.tell(`${transitionId} ${from} → ${to} ${reason}, attempt ${attempt}: ${phase}${retry}`);
    if (phase === "COMPLETED") {
      this.#figures.count("switches");
    } else if (phase === "ROLLED_BACK") {
      this.#figures.count("roll-backs");
    }
  }

  /**
   * The record has one open transition of a call at most: what went before is over, though nobody may have been there to hear it. Who
   * was there, and hears of the next, must have heard of its end before.
   */
  #endEarlier(next: string, told: string): void {
    for (const [id, { phase, witnesses }] of this.#transitions) {
      if (!isOver(phase)) {
        this.#transitions.delete(id);
        if (witnesses.includes(told)) {
          this.#unfinished ??= `${next} began, as ${told} was told, although ${id} had not ended: ${phase}`;
        }
      }
    }
  }

  /** A participant has a new session, and is not told what the former one missed. */
  forgot(participantId: string): void {
    for (const watched of this.#transitions.values()) {
      watched.witnesses = watched.witnesses.filter((witness) => witness !== participantId);
    }
  }

  /**
   * @param present the participants who are in the call
   * @throws Violation when one is stuck, or was never ended
   */
  look(present: readonly string[], now: number): void {
    if (this.#unfinished !== undefined) {
      this.#figures.count("stuck");
      throw new Violation(this.#unfinished);
    }
    for (const [id, { began, phase, since, witnesses }] of this.#transitions) {
      if (!isOver(phase) && !witnesses.some((witness) => present.includes(witness))) {
        this.#transitions.delete(id);
      } else if (now > due(phase, began, since) + ALLOWANCE_MS) {
        this.#figures.count("stuck");
        throw new Violation(`${id} is stuck: ${phase} for ${Math.round(now - since)} ms, begun ${Math.round(now - began)} ms ago`);
      }
    }
  }
}

function isOver(phase: TransitionPhase): boolean {
  return phase === "COMPLETED" || phase === "ROLLED_BACK";
}

function due(phase: TransitionPhase, began: number, since: number): number {
  switch (phase) {
    case "REQUESTED":
    case "PREPARING":
    case "CONNECTING":
      return began + UNCOMMITTED_MS;
    case "COMMITTING":
      return since + COMMITTING_MS;
    case "RELEASING":
      return since + RELEASING_MS;
    case "ROLLING_BACK":
      return since;
    case "COMPLETED":
    case "ROLLED_BACK":
      return Infinity;
  }
}
