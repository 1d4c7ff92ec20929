import { Call } from "../../src/sdk/Call";
import type { CallService } from "../../src/sdk/CallService";
import type { Clock } from "../../src/sdk/clock";
import type { ServerEvent, ServerReply } from "../../src/sdk/contract";
import { CallFailure } from "../../src/sdk/failure";
import { AudioOutput } from "../../src/sdk/render/AudioOutput";
import { LocalSources } from "../../src/sdk/sources/LocalSources";
import { FakeTrack } from "../support/FakeTrack";
import { SimulatedLine } from "./SimulatedLine";
import type { SimulatedNetwork } from "./SimulatedNetwork";
import type { SimulatedPath } from "./SimulatedPath";
import { SimulatedStage } from "./SimulatedStage";

/** What somebody needs to take part. */
export interface Invitation {
  readonly name: string;
  /** Address of the signalling door. */
  readonly url: string;
  readonly service: CallService;
  readonly callId: string;
  /** A guest's token. */
  readonly bearer: string;
  readonly network: SimulatedNetwork;
  readonly clock: Clock;
  readonly heard: (message: ServerEvent | ServerReply) => void;
  /** Whether the SFU can be reached from where this person is. */
  readonly reachesSfu: boolean;
}

/** Sources that need no devices. */
export function simulatedSources(): LocalSources {
  let ids = 0;
  const open = async (kind: string): Promise<MediaStreamTrack> => new FakeTrack(kind).asTrack();
  return new LocalSources(
    {
      openMicrophone: () => open("audio"),
      openCamera: () => open("video"),
      openScreen: async () => ({ picture: await open("video"), sound: undefined }),
      list: async () => [],
      onChange: () => () => undefined,
    },
    () => `source-${++ids}`,
  );
}

/** Somebody in a call: the shipped client on a simulated network. */
export class SimulatedPerson {
  readonly name: string;
  readonly line: SimulatedLine;
  readonly sources = simulatedSources();
  readonly call: Call;
  readonly reachesSfu: boolean;
  /** Whether the page is in a hidden tab. */
  hidden = false;
  /** Left, in one way or another. */
  gone = false;

  private constructor(invitation: Invitation) {
    const { name, url, service, callId, bearer, network, clock, heard } = invitation;
    this.name = name;
    this.reachesSfu = invitation.reachesSfu;
    this.line = new SimulatedLine(clock, heard);
    this.call = new Call({
      url,
      displayName: name,
      token: async () => {
        if (this.line.down) {
          throw new CallFailure("OFFLINE", "the network is down");
        }
        return (await service.callToken(bearer, callId)).token;
      },
      sources: this.sources,
      output: new AudioOutput(),
      clock,
      platform: {
        device: () => ({ browser: "Simulation", version: "1", sfuCapable: true }),
        openSocket: this.line.openSocket,
        makePath: (offered, line) =>
          network.path(offered, { self: this.id, sources: this.sources, line, clock }),
        standBy: async (pathId, line) => {
          await line({ type: "getRouterRtpCapabilities", pathId });
          return this.reachesSfu;
        },
        makeStage: (kind) => new SimulatedStage(kind, clock, () => !this.hidden).asStage(),
      },
    });
  }

  /** Enters with microphone and camera. */
  static async enter(invitation: Invitation): Promise<SimulatedPerson> {
    const person = new SimulatedPerson(invitation);
    await person.sources.turnOn("MICROPHONE");
    await person.sources.turnOn("CAMERA");
    person.call.join();
    return person;
  }

  /** The participant id of the session; empty before the first. */
  get id(): string {
    return this.call.roster.self;
  }

  get paths(): readonly SimulatedPath[] {
    return this.call.paths.all.map(({ path }) => path as SimulatedPath);
  }

  leave(): void {
    this.gone = true;
    this.call.leave();
    this.sources.stop();
  }

  /** Is gone without a word, as when a machine loses its power. */
  vanish(): void {
    this.gone = true;
    this.line.cut(true);
    this.call.leave();
    this.sources.stop();
  }
}
