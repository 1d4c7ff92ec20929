import { h } from "../dom";

const SHOWN_MS = 4_000;

/** Short notes that go away by themselves, read out by screen readers. */
export class Toasts {
  readonly element = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

  say(sentence: string): void {
    const toast = h("div", { class: "toast" }, sentence);
    this.element.append(toast);
    window.setTimeout(() => toast.remove(), SHOWN_MS);
  }
}
