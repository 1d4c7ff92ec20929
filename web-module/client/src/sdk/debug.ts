import type { Call } from "./Call";
import { trackOf } from "./contract";

/** The state of a call in plain data, for tests and for people who look for a fault. */
export function describeCall(call: Call) {
  const { state, roster, paths, monitor, renderers, transitions, sources } = call;
  return {
    ...state,
    refused: state.refused?.code,
    self: roster.self,
    participants: [...(roster.own ? [roster.own] : []), ...roster.others],
    transitionStep: transitions.step,
    standby: call.standby,
    sources: sources.descriptions,
    paths: paths.all.map(({ path, committed, transitionId }) => ({
      pathId: path.pathId,
      kind: path.kind,
      state: path.state,
      committed,
      transitionId,
      tracks: [...path.tracks.keys()].map((key) => ({ ...trackOf(key), ...monitor.of(path.pathId, key) })),
    })),
    stages: [...renderers.all].map(([key, stage]) => ({
      ...trackOf(key),
      kind: stage.kind,
      shownPath: stage.shownPath,
      gapMs: renderers.gapMs(key),
      level: stage.kind === "audio" ? stage.level : undefined,
      lines: stage.kind === "video" ? stage.lines : undefined,
    })),
  };
}

export type CallDescription = ReturnType<typeof describeCall>;
