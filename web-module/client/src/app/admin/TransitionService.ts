import type { TopologyMode, TransitionPhase, TransitionReason } from "../../sdk/contract";
import type { AdminRequests } from "./AdminRequests";

export type TransitionResult = "COMMITTED" | "ROLLED_BACK" | "RUNNING";
export type MemberOutcome = "READY" | "SWITCHED" | "LATE" | "FAILED" | "KEPT_DIRECT" | "LEFT_BEHIND";

/** What the list and the story have in common. Times are in RFC 3339, spans in milliseconds; what is missing is not known. */
interface TransitionFacts {
  readonly transitionId: string;
  readonly from: TopologyMode;
  readonly to: TopologyMode;
  readonly reason: TransitionReason;
  readonly attempt: number;
  readonly result: TransitionResult;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly commitMs?: number;
  readonly worstGapMs?: number;
}

export interface TransitionSummary extends TransitionFacts {
  readonly callId: string;
  readonly callName: string;
  readonly troubled: readonly { readonly participantId: string; readonly displayName?: string; readonly outcome: MemberOutcome }[];
}

export interface TransitionPage {
  readonly transitions: readonly TransitionSummary[];
  readonly next?: string;
}

export interface Gap {
  readonly senderId: string;
  readonly senderName?: string;
  readonly sourceId: string;
  readonly gapMs: number;
}

export interface ParticipantPart {
  readonly participantId: string;
  readonly displayName?: string;
  readonly outcomes: readonly { readonly outcome: MemberOutcome; readonly at: string; readonly detail: string }[];
  readonly gaps: readonly Gap[];
  readonly worstGapMs?: number;
}

export interface TransitionView extends TransitionFacts {
  readonly phase: TransitionPhase;
  readonly steps: readonly { readonly phase: TransitionPhase; readonly at: string; readonly detail: string }[];
  readonly participants: readonly ParticipantPart[];
}

export interface TransitionStory {
  readonly callId: string;
  readonly callName: string;
  readonly transition: TransitionView;
}

/** What the list is asked for; empty means all. */
export interface TransitionFilter {
  readonly result: string;
  readonly reason: string;
  readonly callId: string;
  /** Begun within the last so many hours. */
  readonly hours: string;
}

const HOUR_MS = 3_600_000;

/** Asks the server for transitions. */
export class TransitionService {
  readonly #server: AdminRequests;

  constructor(server: AdminRequests) {
    this.#server = server;
  }

  latest(filter: TransitionFilter, after: string | undefined, signal: AbortSignal): Promise<TransitionPage> {
    const query = new URLSearchParams();
    for (const name of ["result", "reason", "callId"] as const) {
      if (filter[name] !== "") {
        query.set(name, filter[name]);
      }
    }
    if (filter.hours !== "") {
      query.set("since", new Date(Date.now() - Number(filter.hours) * HOUR_MS).toISOString());
    }
    if (after !== undefined) {
      query.set("after", after);
    }
    return this.#server.get<TransitionPage>(`transitions?${query}`, signal);
  }

  story(callId: string, transitionId: string, signal: AbortSignal): Promise<TransitionStory> {
    return this.#server.get<TransitionStory>(`transitions/${encodeURIComponent(callId)}/${encodeURIComponent(transitionId)}`, signal);
  }
}
