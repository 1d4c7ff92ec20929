import type { QualityLimit, TopologyMode, TransitionPhase, TransitionReason } from "../../sdk/contract";
import type { MemberOutcome, TransitionResult } from "./TransitionService";

export const MODES: Readonly<Record<TopologyMode, string>> = {
  DIRECT: "direct",
  SFU: "media server",
  HYBRID: "mixed",
};

export const REASONS: Readonly<Record<TransitionReason, string>> = {
  PARTICIPANT_JOINED: "Somebody joined",
  PARTICIPANT_LEFT: "Somebody left",
  PATH_LOST: "A path was lost",
  SFU_LOST: "The media server was lost",
  POLICY_CHANGED: "The rule changed",
};

export const RESULTS: Readonly<Record<TransitionResult, string>> = {
  COMMITTED: "Switched",
  ROLLED_BACK: "Rolled back",
  RUNNING: "Running",
};

export const PHASES: Readonly<Record<TransitionPhase, string>> = {
  REQUESTED: "Requested",
  PREPARING: "A place on the media server is prepared",
  CONNECTING: "Everybody brings the new paths up beside the old",
  COMMITTING: "The switch is being decided",
  RELEASING: "The new paths are in force, the old ones close",
  COMPLETED: "Everything runs over the new paths",
  ROLLING_BACK: "Given up, the old paths stay",
  ROLLED_BACK: "Back at rest on the old paths",
};

export const PHASE_NAMES: Readonly<Record<TransitionPhase, string>> = {
  REQUESTED: "Requested",
  PREPARING: "Preparing",
  CONNECTING: "Connecting",
  COMMITTING: "Deciding",
  RELEASING: "Releasing",
  COMPLETED: "Completed",
  ROLLING_BACK: "Rolling back",
  ROLLED_BACK: "Rolled back",
};

export type SfuFlag = "ON" | "DRAIN" | "OFF";

export const SFU_FLAGS: Readonly<Record<SfuFlag, { readonly name: string; readonly about: string }>> = {
  ON: { name: "On", about: "Calls use the media engine as they should." },
  DRAIN: {
    name: "Drain",
    about: "Group calls that run go on. No other begins: people for whom a direct call has no room wait and are told so.",
  },
  OFF: {
    name: "Off",
    about: "Small group calls go over to direct connections at once. Larger ones are ended, and everybody in them is told why.",
  },
};

/** What a server is short of. */
export type LoadCause = "CPU" | "MEDIA_LOOP" | "MEMORY";

export const LOAD_CAUSES: Readonly<Record<LoadCause, string>> = {
  CPU: "CPU",
  MEDIA_LOOP: "busiest media loop",
  MEMORY: "memory",
};

/** The rungs of the ladder, from the ground. */
export const LIMIT_NAMES: Readonly<Record<QualityLimit, string>> = {
  NONE: "Full quality",
  VIDEO_REDUCED: "Cameras smaller",
  SCREENS_LOW: "Screens smallest, no new ones",
  SCREENS_STOPPED: "No screens",
};

/** What a server gives up, and why. */
export function loadSentence({ limit, newcomersLetIn, causes }: {
  readonly limit: QualityLimit;
  readonly newcomersLetIn: boolean;
  readonly causes: readonly LoadCause[];
}): string {
  if (limit === "NONE" && newcomersLetIn) {
    return "Nothing is given up.";
  }
  const what = limit === "NONE" ? "Full quality" : LIMIT_NAMES[limit];
  const door = newcomersLetIn ? "newcomers are let in" : "newcomers wait";
  const why = causes.length === 0 ? "the load has gone, and everything returns if it stays so" : `short of: ${causes.map((cause) => LOAD_CAUSES[cause]).join(", ")}`;
  return `${what}; ${door}; ${why}.`;
}

/** What became of somebody, to follow their name. */
export const OUTCOMES: Readonly<Record<MemberOutcome, string>> = {
  READY: "was ready",
  SWITCHED: "switched to the new paths",
  LATE: "was late",
  FAILED: "could not connect",
  KEPT_DIRECT: "was kept on direct paths",
  LEFT_BEHIND: "was left waiting",
};

export const TROUBLES: readonly MemberOutcome[] = ["LATE", "FAILED", "KEPT_DIRECT", "LEFT_BEHIND"];

/** A frame of 30 fps and a little more: nobody notices less. */
const UNNOTICED_MS = 50;
const NOTICED_MS = 200;

/** How bad a gap is: nobody notices it, some do, everybody does. */
export function severity(gapMs: number): "good" | "warn" | "bad" {
  return gapMs <= UNNOTICED_MS ? "good" : gapMs <= NOTICED_MS ? "warn" : "bad";
}

/** A span of time as people read it. */
export function span(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** Somebody's name, or what can be said without one. */
export function nameOf(displayName: string | undefined, participantId: string): string {
  return displayName ?? `participant ${participantId}`;
}

export function moment(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** Why something could not be shown. */
export function failureSentence(status: number): string {
  switch (status) {
    case 0:
      return "The server cannot be reached. Try again in a moment.";
    case 400:
      return "The filter is not one the server understands.";
    case 404:
      return "There is no such transition.";
    case 503:
      return "The server is busy, or its database is away. Try again in a moment.";
    default:
      return "That did not work. The server’s log says more.";
  }
}
