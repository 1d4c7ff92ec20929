import { h, setAttribute, setText } from "../dom";
import { icon } from "../icons";
import { hueOf, initials } from "../layout";

/** What a tile shows. */
export interface TileView {
  readonly participantId: string;
  readonly displayName: string;
  readonly own: boolean;
  readonly screen: boolean;
  readonly muted: boolean;
  /** The element with the picture; undefined while there is none to see. */
  readonly picture: HTMLElement | undefined;
  readonly speaking: boolean;
  /** Whether this person has the floor. */
  readonly speaker: boolean;
  /** The picture stands still, because those of others are sent instead, or because there is no room for it on the line. */
  readonly withheld: boolean;
  /** What keeps this person from being seen and heard yet. */
  readonly waiting: string | undefined;
}

/** One person, or one shared screen. */
export class Tile {
  readonly element: HTMLElement;
  readonly #picture = h("div", { class: "tile-picture" });
  readonly #initials = h("div", { class: "initials", "aria-hidden": "true" });
  readonly #waiting = h("div", { class: "tile-waiting" });
  readonly #muted = h("span", { class: "tile-muted", role: "img", "aria-label": "muted" }, icon("microphoneOff"));
  readonly #speaker = h("span", { class: "tile-speaker", role: "img", "aria-label": "active speaker" }, icon("voice"));
  readonly #name = h("span", { class: "tile-name" });

  constructor() {
    this.element = h("li", { class: "tile" }, this.#initials, this.#picture, this.#waiting,
      h("div", { class: "tile-label" }, this.#muted, this.#speaker, this.#name));
  }

  show(view: TileView): void {
    const name = label(view);
    setText(this.#name, name);
    setText(this.#initials, initials(view.displayName));
    setText(this.#waiting, view.waiting ?? "");
    this.#waiting.hidden = view.waiting === undefined;
    this.#muted.hidden = !view.muted;
    this.#speaker.hidden = !view.speaker;
    this.element.style.setProperty("--hue", String(hueOf(view.participantId)));
    setAttribute(this.element, "data-participant", view.participantId);
    setAttribute(this.element, "data-name", view.displayName);
    setAttribute(this.element, "data-own", view.own);
    setAttribute(this.element, "data-screen", view.screen);
    setAttribute(this.element, "data-speaking", view.speaking && !view.screen);
    setAttribute(this.element, "data-speaker", view.speaker);
    setAttribute(this.element, "data-withheld", view.withheld);
    setAttribute(this.element, "data-picture", view.picture !== undefined);
    if (view.picture !== this.#picture.firstElementChild) {
      this.#picture.replaceChildren(...(view.picture ? [view.picture] : []));
    }
  }
}

function label({ displayName, own, screen }: TileView): string {
  if (screen) {
    return own ? "Your screen" : `${displayName}’s screen`;
  }
  return own ? `${displayName} (you)` : displayName;
}
