const FIRST_MS = 300;
const LONGEST_MS = 10_000;

/**
 * How long to wait before the next try to connect: doubles with each failure, and is spread over its upper half so that many
 * clients of a restarted server do not come at once.
 *
 * @param failures failures in a row, 1 or more
 * @param random a number in [0, 1)
 */
export function reconnectDelay(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return ceiling / 2 + (ceiling / 2) * random;
}
