import type { Clock } from "../clock";

/** A browser checks an idle connection every 2.5 s or so; media come sooner. */
const LOOK_MS = 500;

interface Stated {
  readonly closed: boolean;
  getStats(): Promise<RTCStatsReport>;
}

/** What candidate-pair statistics look like here. */
interface CandidatePair extends RTCStats {
  readonly bytesReceived?: number;
  readonly responsesReceived?: number;
}

/**
 * When something arrives on a transport after this call: media, or the answer to a check of connectivity. One that has been idle may be
 * called connected for seconds after its line is gone. Never resolves for one that is closed before.
 */
export async function signOfLife(transport: Stated, clock: Clock): Promise<void> {
  const before = arrived(await transport.getStats());
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      if (!transport.closed) {
        if (arrived(await transport.getStats()) > before) {
          resolve();
        } else {
          clock.after(LOOK_MS, () => look().catch(reject));
        }
      }
    };
    clock.after(LOOK_MS, () => look().catch(reject));
  });
}

function arrived(report: RTCStatsReport): number {
  let count = 0;
  report.forEach((stats: CandidatePair) => {
    if (stats.type === "candidate-pair") {
      count += (stats.bytesReceived ?? 0) + (stats.responsesReceived ?? 0);
    }
  });
  return count;
}
