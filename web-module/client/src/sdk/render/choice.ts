/** A path from which a track could be rendered now. */
export interface Option {
  readonly pathId: string;
  readonly committed: boolean;
  /** Of two paths the one that came later has the higher rank. */
  readonly rank: number;
  /** Whether something can be rendered from it: packets of sound, a decoded picture. */
  readonly presentable: boolean;
  /** Time since packets last came, in milliseconds. */
  readonly silentMs: number;
}

/** From this long without a packet a path counts as silent, when another one is not. Sound that is silence comes every 400 ms (Opus DTX). */
export const SILENCE_MS = 800;

/** A path that brought packets so recently is alive. */
export const ALIVE_MS = 600;

/**
 * The path to render a track from: the newest one of the topology in force, as soon as it can be. While it cannot, what is rendered
 * stays. When it falls silent and an older one does not, the older one is taken again. A path that is not committed is used only for
 * somebody of whom nothing else comes: who has no other path, or whose others have fallen silent. Then the others may have closed them
 * because of a commit that this client has not heard of yet.
 *
 * @param current what is rendered now
 * @param muted nothing is sent now, so that there is nothing to wait for and no silence to notice
 */
export function chooseOption(
  options: readonly Option[],
  current: string | undefined,
  muted: boolean,
): string | undefined {
  const shown = options.find((option) => option.pathId === current);
  const usable = options
    .filter((option) => muted || option.presentable)
    .toSorted((one, other) => other.rank - one.rank);
  const committed = usable.filter((option) => option.committed);
  const candidates = options.some((option) => option.committed) ? committed : usable;
  const best = candidates[0];
  if (best === undefined) {
    return shown?.pathId;
  }
  if (muted || best.silentMs <= SILENCE_MS) {
    return best.pathId;
  }
  const alive = [...candidates, ...usable].find((option) => option.silentMs < ALIVE_MS);
  return (alive ?? best).pathId;
}
