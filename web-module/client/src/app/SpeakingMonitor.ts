import { type AudioOutput, type Call, LevelMeter, trackOf } from "../sdk";

const LOOK_MS = 120;
const LOUD = 0.02;
const HOLD_MS = 500;

/** Finds out who is speaking, this participant included. */
export class SpeakingMonitor {
  readonly #call: Call;
  readonly #output: AudioOutput;
  readonly #tell: (speaking: ReadonlySet<string>) => void;
  readonly #lastLoud = new Map<string, number>();
  readonly #timer: number;
  #own: { readonly track: MediaStreamTrack; readonly meter: LevelMeter; readonly node: AudioNode } | undefined;
  #told = "";

  constructor(call: Call, output: AudioOutput, tell: (speaking: ReadonlySet<string>) => void) {
    this.#call = call;
    this.#output = output;
    this.#tell = tell;
    this.#timer = window.setInterval(() => this.#look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#dropOwn();
  }

  #look(): void {
    const now = performance.now();
    for (const [key, stage] of this.#call.renderers.all) {
      if (stage.kind === "audio" && stage.level > LOUD) {
        this.#lastLoud.set(trackOf(key).participantId, now);
      }
    }
    if (this.#ownLevel() > LOUD) {
      this.#lastLoud.set(this.#call.roster.self, now);
    }
    const speaking = new Set([...this.#lastLoud].filter(([, at]) => now - at < HOLD_MS).map(([id]) => id));
    const told = [...speaking].sort().join(" ");
    if (told !== this.#told) {
      this.#told = told;
      this.#tell(speaking);
    }
  }

  #ownLevel(): number {
    const microphone = this.#call.sources.device("MICROPHONE");
    const track = microphone?.muted === false ? microphone.track : null;
    if (track !== (this.#own?.track ?? null)) {
      this.#dropOwn();
      if (track !== null) {
        const node = this.#output.context.createMediaStreamSource(new MediaStream([track]));
        this.#own = { track, node, meter: new LevelMeter(this.#output.context, node) };
      }
    }
    return this.#own?.meter.level() ?? 0;
  }

  #dropOwn(): void {
    this.#own?.meter.close();
    this.#own?.node.disconnect();
    this.#own = undefined;
  }
}
