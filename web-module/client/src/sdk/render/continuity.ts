/** So many samples of nothing at all are a break, 3 ms at 48 kHz: what comes from a decoder is never quite zero for so long. */
export const BREAK_SAMPLES = 128;

/** Whether sound goes through without a break, and has begun before the first of the samples. */
export function isContinuous(samples: Float32Array): boolean {
  let zeros = 0;
  for (const sample of samples) {
    zeros = sample === 0 ? zeros + 1 : 0;
    if (zeros === BREAK_SAMPLES) {
      return false;
    }
  }
  return true;
}
