import type { TrackLevel } from "../contract";

/** What getStats says of one remote track. */
export interface TrackSample {
  readonly packetsReceived: number;
  readonly framesDecoded: number;
}

/** What inbound-rtp statistics look like here; DOM typings know only their type. */
interface InboundRtp extends RTCStats {
  readonly mid?: string;
  readonly packetsReceived?: number;
  readonly framesDecoded?: number;
}

export const NOTHING_ARRIVED: TrackSample = { packetsReceived: 0, framesDecoded: 0 };

/** The samples of a report by media section. */
export function samplesByMid(report: RTCStatsReport): ReadonlyMap<string, TrackSample> {
  const samples = new Map<string, TrackSample>();
  report.forEach((stats: InboundRtp) => {
    if (stats.type === "inbound-rtp" && stats.mid !== undefined) {
      samples.set(stats.mid, {
        packetsReceived: stats.packetsReceived ?? 0,
        framesDecoded: stats.framesDecoded ?? 0,
      });
    }
  });
  return samples;
}

/** How far a track has come, as the server is told. */
export function levelOf(sample: TrackSample): TrackLevel {
  if (sample.framesDecoded > 0) {
    return "DECODED";
  }
  return sample.packetsReceived > 0 ? "RECEIVED" : "CONNECTED";
}

/** What candidate-pair statistics look like here. */
interface CandidatePair extends RTCStats {
  readonly nominated?: boolean;
  readonly availableOutgoingBitrate?: number;
}

/** What the sender's congestion control thinks that the line carries, in bits per second; undefined when the browser does not say. */
export function uplinkOf(report: RTCStatsReport): number | undefined {
  let bps: number | undefined;
  report.forEach((stats: CandidatePair) => {
    if (stats.type === "candidate-pair" && stats.nominated === true && stats.availableOutgoingBitrate !== undefined) {
      bps = Math.max(bps ?? 0, stats.availableOutgoingBitrate);
    }
  });
  return bps;
}
