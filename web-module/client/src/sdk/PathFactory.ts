import type { Clock } from "./clock";
import type { Candidate, Path, SessionDescription } from "./contract";
import { DirectPath } from "./paths/DirectPath";
import type { MediaPath } from "./paths/MediaPath";
import type { RouterLine } from "./paths/RouterLine";
import { RouterTransports } from "./paths/RouterTransports";
import { SfuPath } from "./paths/SfuPath";
import { Standby } from "./paths/Standby";
import type { Roster } from "./Roster";
import type { LocalSources } from "./sources/LocalSources";

/** Makes the paths that the server offers, and keeps one to the SFU ready while there is none. */
export class PathFactory {
  iceServers: readonly RTCIceServer[] = [];
  readonly #roster: Roster;
  readonly #sources: LocalSources;
  readonly #request: RouterLine;
  readonly #clock: Clock;
  readonly standby: Standby;

  /**
   * @param lost a path that stood by broke
   */
  constructor(roster: Roster, sources: LocalSources, request: RouterLine, clock: Clock, lost: (pathId: string) => void) {
    this.#roster = roster;
    this.#sources = sources;
    this.#request = request;
    this.#clock = clock;
    this.standby = new Standby(clock, (pathId) => this.#transports(pathId), lost);
  }

  make(offered: Path): MediaPath {
    const { pathId } = offered;
    const common = { sources: this.#sources, clock: this.#clock };
    if (offered.kind === "SFU") {
      const transports = this.standby.take(pathId) ?? this.#transports(pathId);
      return new SfuPath({ ...common, pathId, line: this.#request, transports });
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

  #transports(pathId: string): RouterTransports {
    const muted = (sourceId: string): boolean => this.#sources.byId(sourceId)?.muted ?? true;
    return new RouterTransports({ pathId, iceServers: this.iceServers, line: this.#request, muted });
  }
}
