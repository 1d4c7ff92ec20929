import { thisDevice } from "./browser";
import type { Device, Path } from "./contract";
import type { MediaPath } from "./paths/MediaPath";
import type { RouterLine } from "./paths/RouterLine";
import type { AudioOutput } from "./render/AudioOutput";
import { AudioStage } from "./render/AudioStage";
import type { AnyStage, Stage } from "./render/Stage";
import { VideoStage } from "./render/VideoStage";
import { openWebSocket, type SocketFactory } from "./signaling/socket";

/** What a call needs of the machine it runs on: a browser, or what takes a browser's place in a simulation. */
export interface Platform {
  /** What the server is told of this client. */
  readonly device: () => Device;
  readonly openSocket: SocketFactory;
  /** Makes a path that the server offers, not yet open; what it has to ask the server goes by the line. */
  readonly makePath: (offered: Path, line: RouterLine) => MediaPath;
  /** Makes a path to the SFU ready; says whether its router is reached, undefined when that does not matter any more. */
  readonly standBy: (pathId: string, line: RouterLine) => Promise<boolean | undefined>;
  /** Makes the place where one source of a participant is shown or heard. */
  readonly makeStage: (kind: Stage["kind"]) => AnyStage;
}

/** A browser, with everything but the paths, which need to know the call. */
export function browserPlatform(output: AudioOutput): Omit<Platform, "makePath" | "standBy"> {
  return {
    device: thisDevice,
    openSocket: openWebSocket,
    makeStage: (kind) => (kind === "audio" ? new AudioStage(output) : new VideoStage()),
  };
}
