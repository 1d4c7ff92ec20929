import { h } from "../dom";
import type { Page } from "./Page";

/** What somebody can do next: a link, or something on this page. */
export interface NextStep {
  readonly label: string;
  readonly act: () => void;
}

/** One sentence, and what to do next. */
export class MessagePage implements Page {
  readonly element: HTMLElement;
  readonly title: string;
  readonly #heading: HTMLElement;

  constructor(title: string, sentence: string, steps: readonly NextStep[]) {
    this.title = title;
    this.#heading = h("h1", { tabIndex: -1 }, title);
    const buttons = steps.map(({ label, act }, at) =>
      h("button", { type: "button", class: at === 0 ? "primary" : "secondary", onClick: act }, label),
    );
    this.element = h("main", { class: "message" },
      h("div", { class: "brand" }, "Crosspoint"),
      h("div", { class: "message-card" }, this.#heading, h("p", { class: "lead" }, sentence),
        h("div", { class: "message-steps" }, ...buttons)),
    );
  }

  opened(): void {
    this.#heading.focus({ preventScroll: true });
  }

  closed(): void {
    this.element.remove();
  }

  pressed(): boolean {
    return false;
  }
}
