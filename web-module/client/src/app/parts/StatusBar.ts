import { type CallState, limitOf } from "../../sdk";
import { h, setAttribute, setText } from "../dom";
import { LIMITS, SENTENCES, transitionSentence, transitionStep } from "../sentences";

/** Says what is going on: the mode, a change of topology and why, a lost connection, what a busy server gives up. */
export class StatusBar {
  readonly element: HTMLElement;
  readonly #text = h("span", { class: "status-text" });
  readonly #step = h("progress", { class: "status-step", hidden: true });
  readonly #retry: HTMLButtonElement;
  readonly #mode = h("span", { class: "mode" });
  readonly #call = h("h1", { class: "call-name", tabIndex: -1 });

  constructor(retry: () => void) {
    this.#retry = h("button", { type: "button", class: "small", onClick: retry, hidden: true }, "Retry now");
    const status = h("div", { class: "status", role: "status", "aria-live": "polite" },
      h("span", { class: "spinner", "aria-hidden": "true" }), this.#text, this.#step, this.#retry);
    this.element = h("header", { class: "call-header" }, this.#call, status, this.#mode);
  }

  show(state: CallState): void {
    setText(this.#call, state.callName);
    setText(this.#mode, SENTENCES.modes[state.mode]);
    this.#mode.title = SENTENCES.modeHints[state.mode];
    setAttribute(this.#mode, "data-mode", state.mode);
    const { text, tone } = statusOf(state);
    setText(this.#text, text ?? "");
    setAttribute(this.element, "data-status", tone);
    this.#showStep(tone === "busy" ? state.transition && transitionStep(state.transition) : undefined);
    this.#retry.hidden = tone !== "failed" || state.transition?.phase !== "ROLLED_BACK";
  }

  #showStep(step: ReturnType<typeof transitionStep>): void {
    this.#step.hidden = step === undefined;
    if (step !== undefined) {
      this.#step.max = step.of;
      this.#step.value = step.step;
      this.#step.title = `Step ${step.step} of ${step.of}: ${step.name}`;
      setAttribute(this.#step, "aria-label", this.#step.title);
    }
  }

  focus(): void {
    this.#call.focus({ preventScroll: true });
  }
}

type Tone = "quiet" | "limited" | "busy" | "failed" | "lost";

function statusOf(state: CallState): { readonly text: string | undefined; readonly tone: Tone } {
  if (state.connection === "LOST") {
    return { text: state.callId === "" ? SENTENCES.connecting : SENTENCES.reconnecting, tone: "lost" };
  }
  if (state.connection === "CONNECTING") {
    return { text: SENTENCES.connecting, tone: "busy" };
  }
  const text = state.transition && transitionSentence(state.transition);
  if (text === undefined) {
    const limit = LIMITS[limitOf(state)];
    return { text: limit, tone: limit === undefined ? "quiet" : "limited" };
  }
  return { text, tone: state.transition?.phase.startsWith("ROLL") ? "failed" : "busy" };
}
