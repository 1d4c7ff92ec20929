import type { Clock } from "./clock";
import type { Candidate, Path, SessionDescription } from "./contract";
import { DirectPath } from "./paths/DirectPath";
import type { MediaPath } from "./paths/MediaPath";
import type { RouterLine } from "./paths/RouterLine";
import { SfuPath } from "./paths/SfuPath";
import { probeSfu } from "./paths/SfuProbe";
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

  /** Whether the router of a path can be reached. */
  probe(pathId: string): Promise<boolean> {
    return probeSfu(pathId, this.#request, this.iceServers, this.#clock);
  }

  make(offered: Path): MediaPath {
    const common = {
      self: this.#roster.self,
      iceServers: this.iceServers,
      sources: this.#sources,
      clock: this.#clock,
    };
    if (offered.kind === "SFU") {
      return new SfuPath({ ...common, pathId: offered.pathId, line: this.#request });
    }
    const { pathId, peer } = offered;
    return new DirectPath({
      ...common,
      path: offered,
      peerSources: () => this.#roster.byId(peer)?.sources ?? [],
      line: {
        describe: (description: SessionDescription) => this.#request({ type: "signalDescription", pathId, description }),
        trickle: (candidate: Candidate) => this.#request({ type: "signalCandidate", pathId, candidate }),
      },
    });
  }
}
