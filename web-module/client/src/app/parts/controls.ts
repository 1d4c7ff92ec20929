import { h, setAttribute, setText } from "../dom";
import { icon, type IconName } from "../icons";

/** A round button that is on or off. */
export interface ToggleLook {
  readonly on: boolean;
  readonly label: string;
  readonly icon: IconName;
  /** A key that does the same. */
  readonly key?: string;
  readonly disabled?: boolean;
  /** Cannot be done now; pressing it tells why, so it can still be reached. */
  readonly unavailable?: boolean;
  /** Off is a warning: nobody hears or sees. */
  readonly alarming?: boolean;
}

/** A button with an icon and, where there is room, its name. */
export class IconButton {
  readonly element: HTMLButtonElement;
  readonly #icon = h("span", { class: "control-icon" });
  readonly #caption = h("span", { class: "control-caption" });
  #shownIcon: IconName | undefined;

  constructor(name: string, onPress: () => void) {
    this.element = h("button", { type: "button", class: "control", "data-control": name, onClick: onPress }, this.#icon, this.#caption);
  }

  /** Shows what the button would do, as its label, and what is, as its look. */
  show(look: ToggleLook, caption: string): void {
    if (look.icon !== this.#shownIcon) {
      this.#shownIcon = look.icon;
      this.#icon.replaceChildren(icon(look.icon));
    }
    setText(this.#caption, caption);
    setAttribute(this.element, "aria-label", look.label);
    this.element.title = look.key === undefined ? look.label : `${look.label} (${look.key.toUpperCase()})`;
    setAttribute(this.element, "aria-keyshortcuts", look.key);
    setAttribute(this.element, "data-on", String(look.on));
    setAttribute(this.element, "data-alarming", look.alarming === true && !look.on);
    setAttribute(this.element, "aria-disabled", look.unavailable === true && "true");
    this.element.disabled = look.disabled ?? false;
  }
}
