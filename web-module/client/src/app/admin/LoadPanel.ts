import type { QualityLimit } from "../../sdk";
import { h, setAttribute, setText } from "../dom";
import { LIMIT_NAMES, LOAD_CAUSES, type LoadCause, loadSentence } from "./words";

/** The load of one server, in percent, and what it gives up for it. */
export interface LoadState {
  readonly cpu: number;
  readonly loop: number;
  readonly memory: number;
  readonly limit: QualityLimit;
  readonly newcomersLetIn: boolean;
  readonly causes: readonly LoadCause[];
  readonly newcomersWaiting: number;
  readonly callsWaiting: number;
}

const RUNGS = Object.keys(LIMIT_NAMES) as QualityLimit[];

/** How much of what this server has is in use, how far it is on the ladder, and who waits. */
export class LoadPanel {
  readonly element: HTMLElement;
  readonly #meters: Readonly<Record<LoadCause, Meter>> = { CPU: new Meter("CPU"), MEDIA_LOOP: new Meter("MEDIA_LOOP"), MEMORY: new Meter("MEMORY") };
  readonly #rungs: readonly HTMLElement[] = RUNGS.map((rung) => h("li", {}, LIMIT_NAMES[rung]));
  readonly #door = h("li", {}, "Newcomers wait, no other group call begins");
  readonly #sentence = h("p", { class: "load-sentence", "aria-live": "polite" }, "Loading…");
  readonly #queue = h("p", { class: "hint" });

  constructor() {
    this.element = h("section", { class: "load", "aria-labelledby": "load-heading" },
      h("h2", { id: "load-heading" }, "Load of this server"),
      this.#sentence,
      h("dl", { class: "meters" }, ...Object.values(this.#meters).map(({ element }) => element)),
      h("ol", { class: "rungs", "aria-label": "What is given up" }, ...this.#rungs, this.#door),
      this.#queue,
    );
  }

  show(state: LoadState): void {
    this.#meters.CPU.show(state.cpu, state.causes.includes("CPU"));
    this.#meters.MEDIA_LOOP.show(state.loop, state.causes.includes("MEDIA_LOOP"));
    this.#meters.MEMORY.show(state.memory, state.causes.includes("MEMORY"));
    const reached = RUNGS.indexOf(state.limit);
    this.#rungs.forEach((rung, at) => setAttribute(rung, "aria-current", at === reached && "step"));
    this.#rungs.forEach((rung, at) => setAttribute(rung, "data-reached", at > 0 && at <= reached));
    setAttribute(this.#door, "data-reached", !state.newcomersLetIn);
    setText(this.#sentence, loadSentence(state));
    setText(this.#queue, `${waiting(state.newcomersWaiting, "Nobody", "person", "people")} to be let in, ${waiting(state.callsWaiting, "no call", "call", "calls")} for a place.`);
  }

  /** What is shown is no longer known to be so. */
  failed(sentence: string): void {
    setText(this.#sentence, sentence);
  }
}

/** One bar. */
class Meter {
  readonly element: HTMLElement;
  readonly #bar = h("div", { class: "meter-bar", "aria-hidden": "true" });
  readonly #value = h("span");

  constructor(cause: LoadCause) {
    this.element = h("div", { class: "meter" }, h("dt", {}, LOAD_CAUSES[cause]),
      h("dd", {}, h("div", { class: "meter-track", "aria-hidden": "true" }, this.#bar), this.#value));
  }

  show(percent: number, short: boolean): void {
    const shown = Math.round(Math.min(100, Math.max(0, percent)));
    this.#bar.style.width = `${shown}%`;
    setText(this.#value, `${shown} %`);
    setAttribute(this.element, "data-short", short);
  }
}

function waiting(count: number, none: string, one: string, many: string): string {
  return count === 0 ? `${none} waits` : count === 1 ? `1 ${one} waits` : `${count} ${many} wait`;
}
