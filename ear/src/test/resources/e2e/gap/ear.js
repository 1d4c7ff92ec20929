// Listens to one steady tone, sample by sample, in the audio thread: when it sounds, when it is silent for 5 ms or more, and when it
// clicks. A sine obeys x[n] = 2 cos(w) x[n-1] - x[n-2]; where it does not, by more than a slow change of loudness can explain,
// something was cut.
const SILENCE_SECONDS = 0.005;
// Of the tone's loudness: the level below which is silence, and the break that counts as a click.
const SILENT = 0.1, BROKEN = 0.1;
// Breaks this close together are one click.
const CLICK_SECONDS = 0.01;
const LEARN_SECONDS = 0.1;
const AUDIBLE = 0.02;
const UNPLUGGED_SECONDS = 5;

class ToneEar extends AudioWorkletProcessor {
  #pitch;            // of the tone in hertz; unknown at first
  #guess;            // the person whose pitch was counted last
  #twoCosines = 0;
  #peak = 0;         // of the tone, falling slowly, so that a gap does not make the ear more sensitive
  #one = 0;          // the sample before
  #two = 0;          // the one before that
  #crossings = 0;
  #learned = 0;
  #quiet = Infinity; // samples since the last loud one
  #sounding = false;
  #lastClick = -Infinity;
  #unplugged = 0;    // samples since it was connected to nothing
  #residual = 0;     // the largest break since the last report, of the tone's loudness

  process([[samples]], [[out]]) {
    const count = samples?.length ?? out?.length ?? 128;
    for (let index = 0; index < count; index++) {
      this.#hear(samples === undefined ? 0 : samples[index], currentFrame + index);
    }
    // What is heard is taken away for good when its stage is closed: an ear that listened on would cost time for nothing.
    this.#unplugged = samples === undefined ? this.#unplugged + count : 0;
    return this.#unplugged < UNPLUGGED_SECONDS * sampleRate;
  }

  #hear(sample, frame) {
    if (this.#pitch === undefined) {
      this.#learn(sample);
    } else {
      this.#peak = Math.max(Math.abs(sample), this.#peak * (1 - 1 / (2 * sampleRate)));
      this.#listenForSilence(sample, frame);
      this.#listenForClick(sample, frame);
    }
    this.#two = this.#one;
    this.#one = sample;
  }

  // The pitch is the number of upward crossings of zero within a tenth of a second, twice in a row: a beginning that stutters tells nothing.
  #learn(sample) {
    this.#peak = Math.max(Math.abs(sample), this.#peak);
    if (this.#peak < AUDIBLE) return;
    this.#crossings += this.#one < 0 && sample >= 0 ? 1 : 0;
    this.#learned += 1 / sampleRate;
    if (this.#learned < LEARN_SECONDS) return;
    const person = Math.round((this.#crossings / this.#learned - 313) / 100);
    const exact = Math.abs(this.#crossings / this.#learned - 313 - 100 * person) < 15;
    if (exact && person >= 1 && person === this.#guess) {
      this.#pitch = 313 + 100 * person;
      this.#twoCosines = 2 * Math.cos((2 * Math.PI * this.#pitch) / sampleRate);
      this.port.postMessage({ type: 'person', person });
    }
    this.#guess = exact ? person : undefined;
    this.#crossings = this.#learned = 0;
  }

  #listenForSilence(sample, frame) {
    this.#quiet = Math.abs(sample) < SILENT * this.#peak ? this.#quiet + 1 : 0;
    const sounding = this.#quiet < SILENCE_SECONDS * sampleRate;
    if (sounding !== this.#sounding) {
      this.#sounding = sounding;
      const at = (frame - (sounding ? 0 : this.#quiet)) / sampleRate;
      this.port.postMessage({ type: sounding ? 'sound' : 'silence', at });
    }
  }

  #listenForClick(sample, frame) {
    const broken = Math.abs(sample - this.#twoCosines * this.#one + this.#two) / this.#peak;
    if (broken > BROKEN) {
      if (frame - this.#lastClick > CLICK_SECONDS * sampleRate) {
        this.port.postMessage({ type: 'click', at: frame / sampleRate, size: broken });
      }
      this.#lastClick = frame;
    }
    this.#residual = Math.max(broken, this.#residual);
    if (frame % (sampleRate / 2) === 0) {
      this.port.postMessage({ type: 'residual', at: frame / sampleRate, size: this.#residual });
      this.#residual = 0;
    }
  }
}

registerProcessor('tone-ear', ToneEar);
