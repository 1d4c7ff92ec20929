import { isContinuous } from "./continuity";

const FADE_SECONDS = 0.02;

/** A third of a second at 48 kHz: longer than what a path stutters when it begins. */
const REMEMBERED_SAMPLES = 16_384;

/** One path's sound of a source, silent until it is faded in. */
export class AudioFeed {
  readonly pathId: string;
  readonly track: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #puller: HTMLAudioElement;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #gain: GainNode;
  readonly #latest: AnalyserNode;

  constructor(pathId: string, track: MediaStreamTrack, context: AudioContext, sum: AudioNode) {
    this.pathId = pathId;
    this.track = track;
    this.#context = context;
    const stream = new MediaStream([track]);
    // Chromium lets remote sound flow into a graph only while a media element plays the stream too.
    this.#puller = new Audio();
    this.#puller.muted = true;
    this.#puller.srcObject = stream;
    this.#puller.play().catch(() => undefined);
    this.#source = context.createMediaStreamSource(stream);
    this.#gain = context.createGain();
    this.#gain.gain.value = 0;
    this.#source.connect(this.#gain).connect(sum);
    this.#latest = context.createAnalyser();
    this.#latest.fftSize = REMEMBERED_SAMPLES;
    this.#source.connect(this.#latest);
  }

  /** Whether sound has come without a break lately. */
  get continuous(): boolean {
    const samples = new Float32Array(REMEMBERED_SAMPLES);
    this.#latest.getFloatTimeDomainData(samples);
    return isContinuous(samples);
  }

  /** Moves the loudness to 0 or 1 within 20 ms. */
  fade(target: 0 | 1): void {
    const { gain } = this.#gain;
    const now = this.#context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(target, now + FADE_SECONDS);
  }

  close(): void {
    this.#puller.srcObject = null;
    this.#source.disconnect();
    this.#gain.disconnect();
    this.#latest.disconnect();
  }
}
