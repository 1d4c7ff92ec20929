import type { Clock } from "./clock";
import type { Candidate, Path, SessionDescription, TrackKey } from "./contract";
import { DirectPath } from "./paths/DirectPath";
import type { MediaPath } from "./paths/MediaPath";
import type { RouterLine } from "./paths/RouterLine";
import { RouterTransports } from "./paths/RouterTransports";
import { SfuPath } from "./paths/SfuPath";
import type { Roster } from "./Roster";
import type { LocalSources } from "./sources/LocalSources";

/** Makes the paths that the server offers. */
export class PathFactory {
  iceServers: readonly RTCIceServer[] = [];
  readonly #roster: Roster;
  readonly #sources: LocalSources;
  readonly #request: RouterLine;
  readonly #clock: Clock;

  constructor(roster: Roster, sources: LocalSources, request: RouterLine, clock: Clock) {
    this.#roster = roster;
    this.#sources = sources;
    this.#request = request;
    this.#clock = clock;
  }

  /**
   * @param ready transports of the path that exist already
   */
  make(offered: Path, ready?: RouterTransports): MediaPath {
    const { pathId } = offered;
    const common = { sources: this.#sources, clock: this.#clock };
    if (offered.kind === "SFU") {
      const transports = ready ?? this.transports(pathId);
      // A screen is shared to be seen, whoever speaks.
      const pinned = (key: TrackKey): boolean => this.#roster.source(key)?.role === "SCREEN";
      return new SfuPath({ ...common, pathId, line: this.#request, transports, pinned });
    }
    const { peer } = offered;
    return new DirectPath({
      ...common,
      self: this.#roster.self,
      iceServers: this.iceServers,
      path: offered,
      peerSources: () => this.#roster.byId(peer)?.sources ?? [],
      line: {
        describe: (description: SessionDescription) => this.#request({ type: "signalDescription", pathId, description }),
        trickle: (candidate: Candidate) => this.#request({ type: "signalCandidate", pathId, candidate }),
      },
    });
  }

  /** For a path to the SFU that is not offered yet, or has none. */
  transports(pathId: string): RouterTransports {
    const muted = (sourceId: string): boolean => this.#sources.byId(sourceId)?.muted ?? true;
    return new RouterTransports({ pathId, iceServers: this.iceServers, line: this.#request, muted });
  }
}
