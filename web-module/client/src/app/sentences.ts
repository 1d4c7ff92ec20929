import type { DeviceRole, EndReason, ErrorCode, LocalFailureCode, QualityLimit, Transition } from "../sdk";

/** Everything that the page says about what happened, by code. */
export const FAILURES: Readonly<Record<ErrorCode | LocalFailureCode, string>> = {
  BAD_MESSAGE: "Something went wrong between this page and the server. Please reload the page.",
  UNKNOWN_MESSAGE: "This page is older than the server. Please reload the page.",
  MESSAGE_TOO_LARGE: "Something went wrong between this page and the server. Please reload the page.",
  UNAUTHORIZED: "You are not signed in, or your sign-in has run out. Please sign in again.",
  FORBIDDEN: "You need an account to use this server. Guests are not let in.",
  NOT_JOINED: "You are not in this call any more. Please join again.",
  ALREADY_JOINED: "You are in this call already.",
  CALL_NOT_FOUND: "There is no call at this address. Please check the link.",
  CALL_ENDED: "This call is over.",
  CALL_FULL: "This call is full. Please try again when somebody has left.",
  BANNED: "An administrator of this server keeps you out of calls.",
  STALE_EPOCH: "The call has moved on. Please try again.",
  PATH_NOT_FOUND: "The connection has changed meanwhile. Please try again.",
  PARTICIPANT_NOT_FOUND: "This person is not in the call any more.",
  SESSION_EXPIRED: "You were away for too long. Please join again.",
  MEDIA_REFUSED: "The media server did not accept the connection. Please join again.",
  MEDIA_UNAVAILABLE: "Group calls are limited at the moment. Please try again shortly.",
  SCREEN_SHARING_LIMITED: "Screens cannot be shared at the moment, because the server is very busy. Please try again shortly.",
  RATE_LIMITED: "That was too much at once. Please wait a moment and try again.",
  UNAVAILABLE: "The server is busy or restarting. Please try again in a moment.",
  INTERNAL: "Something went wrong at the server. Please try again.",
  TIMED_OUT: "The server did not answer in time. Please try again.",
  OFFLINE: "The server cannot be reached. Please check your connection.",
  UNSUPPORTED_BROWSER: "This browser cannot take part in calls. Please use a current Chrome, Edge, Firefox or Safari.",
  LEFT: "You have left the call.",
};

export const ENDS: Readonly<Record<EndReason, string>> = {
  CALL_ENDED: "The call is over.",
  REPLACED_BY_OTHER_SESSION: "You have joined this call in another window, so this one has stopped.",
  SERVER_STOPPING: "The server is restarting. You can join again in a moment.",
  ALONE_TOO_LONG: "You were the only one in this call for a long time, so it was ended. Its link does not work any more.",
  REMOVED: "An administrator of this server has taken you out of the call.",
  SFU_OFF: "Group calls are temporarily limited, and this one could not go on without the server. A call of a few people works now; for more, please try again shortly.",
};

const DEVICE_NAMES = { MICROPHONE: "microphone", CAMERA: "camera", SCREEN: "screen" } as const;

/** Why devices are not on, and what one can do. */
export function deviceSentence(roles: readonly (DeviceRole | "SCREEN")[], error: unknown): string {
  const name = roles.map((role) => DEVICE_NAMES[role]).join(" and ");
  const [are, them] = roles.length > 1 ? ["are", "them"] : ["is", "it"];
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return `Your browser does not allow the ${name}. You can allow ${them} in the address bar, or go on without.`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `No ${name} was found. You can go on without.`;
    case "NotReadableError":
    case "AbortError":
      return `The ${name} ${are} in use by another program. You can go on without.`;
    case "SecurityError":
      return `Browsers give the ${name} to HTTPS pages only. You can go on without.`;
    default:
      return `The ${name} could not be started. You can go on without.`;
  }
}

export const DEVICE_LOST: Readonly<Record<DeviceRole, string>> = {
  MICROPHONE: "Your microphone was disconnected.",
  CAMERA: "Your camera was disconnected.",
};

/** What a busy server gives up, for as long as it does. */
export const LIMITS: Readonly<Record<QualityLimit, string | undefined>> = {
  NONE: undefined,
  VIDEO_REDUCED: "The server is busy: pictures are less sharp for now.",
  SCREENS_LOW: "The server is very busy: pictures are less sharp, and no screen can be shared for now.",
  SCREENS_STOPPED: "The server is very busy: pictures are less sharp, and no screen can be shared for now.",
};

/** What a transition is about, in a few words; undefined when there is nothing to tell any more. */
export function transitionSentence(transition: Transition): string | undefined {
  const { phase, to, subject, reason } = transition;
  if (phase === "COMPLETED") {
    return undefined;
  }
  if (phase === "ROLLING_BACK" || phase === "ROLLED_BACK") {
    return to === "DIRECT" ? "Switching back to a direct connection failed, retrying…" : "Switching to group mode failed, retrying…";
  }
  if (reason === "PARTICIPANT_JOINED" && subject !== undefined) {
    return `Adding ${subject}…`;
  }
  if (reason === "PATH_LOST" || reason === "SFU_LOST") {
    return "Finding another way for the call…";
  }
  return to === "DIRECT" ? "Switching back to a direct connection…" : "Switching to group mode…";
}

const STEPS: readonly { readonly phases: readonly Transition["phase"][]; readonly name: string }[] = [
  { phases: ["REQUESTED", "PREPARING"], name: "preparing" },
  { phases: ["CONNECTING"], name: "connecting" },
  { phases: ["COMMITTING"], name: "switching" },
  { phases: ["RELEASING"], name: "finishing" },
];

/** How far a transition is; undefined when it is over or goes back. */
export function transitionStep(transition: Transition): { readonly step: number; readonly of: number; readonly name: string } | undefined {
  const index = STEPS.findIndex(({ phases }) => phases.includes(transition.phase));
  const found = STEPS[index];
  return found && { step: index + 1, of: STEPS.length, name: found.name };
}

export const SENTENCES = {
  connecting: "Connecting…",
  reconnecting: "Connection lost. Reconnecting…",
  alone: "You are the only one here.",
  share: "Share the link to let others join.",
  endsAlone: (inMs: number) => {
    const minutes = Math.max(1, Math.round(inMs / 60_000));
    return `You have been the only one here for a long time. If nobody joins, the call ends in about ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
  },
  copied: "Link copied",
  copyFailed: "The link could not be copied. You find it in the address bar.",
  left: "You have left the call.",
  queued: (position: number) => (position === 1 ? "You are next." : `You are number ${position} in the queue.`),
  queuedWhy: {
    CALL_CHANGING: "You will be let in automatically.",
    SFU_UNREACHABLE:
      "Your connection may not support group video calls: this network does not let you through to the server. Check your firewall settings or try a different network. We try again by ourselves.",
    SFU_FULL: "All places for group calls are taken at the moment. You will be let in automatically as soon as there is one.",
    SFU_UNAVAILABLE: "Group calls are temporarily limited, please try again shortly. You will be let in automatically.",
    OVERLOADED: "The server is very busy: group calls are temporarily limited, please try again shortly. If you wait here, you will be let in automatically.",
  },
  screenMayStop: "The server is very busy. Your screen is shown less sharp, and will not be shared any longer if that does not change soon.",
  screenStopped: "Your screen is not shared any longer, because the server is very busy. You can share it again when that has passed.",
  joined: (name: string) => `${name} joined`,
  leftBy: (name: string) => `${name} left`,
  modes: { DIRECT: "Direct", SFU: "Group", HYBRID: "Group" },
  modeHints: {
    DIRECT: "Picture and sound travel straight between the two of you.",
    SFU: "Picture and sound travel through the server, so that more people can join.",
    HYBRID: "Picture and sound travel through the server, and straight to those whose network does not let them through to it.",
  },
} as const;
