import { type AudioOutput, type CaptureDevices, codeOf, type LocalSources } from "../../sdk";
import { h, setText } from "../dom";
import { DevicePicker } from "../parts/DevicePicker";
import { Preview } from "../parts/Preview";
import { FAILURES } from "../sentences";
import type { Page } from "./Page";

export interface LobbyParts {
  readonly sources: LocalSources;
  readonly devices: CaptureDevices;
  readonly output: AudioOutput;
  readonly displayName: string;
  /** The call that the link names; undefined to begin a new one. */
  readonly callId: string | undefined;
  /** The name of that call, as far as it can be known before one is inside. */
  readonly callName: Promise<string | undefined>;
  /** Goes on; rejects with a CallFailure, which is shown here. */
  readonly join: (displayName: string, callName: string) => Promise<void>;
}

/** Before the call: who am I, what is the call called, how do I look and sound. */
export class LobbyPage implements Page {
  readonly element: HTMLElement;
  readonly title: string;
  readonly #parts: LobbyParts;
  readonly #preview: Preview;
  readonly #picker: DevicePicker;
  readonly #heading = h("h1", { tabIndex: -1 });
  readonly #name: HTMLInputElement;
  readonly #callName: HTMLInputElement;
  readonly #button = h("button", { type: "submit", class: "primary" });
  readonly #problem = h("p", { class: "problem", role: "alert", hidden: true });
  #unlisten: () => void = () => undefined;

  constructor(parts: LobbyParts) {
    this.#parts = parts;
    const isNew = parts.callId === undefined;
    this.title = isNew ? "New call" : "Join the call";
    this.#preview = new Preview(parts.sources, parts.output);
    this.#picker = new DevicePicker(parts.devices, parts.sources, parts.output, (role, error) => this.#preview.failed(role, error));
    this.#name = h("input", {
      id: "display-name", type: "text", required: true, maxLength: 80, autocomplete: "name", value: parts.displayName,
      onInput: () => this.#nameChanged(),
    });
    this.#callName = h("input", { id: "call-name", type: "text", maxLength: 80, autocomplete: "off", placeholder: "Weekly meeting" });
    this.element = this.#layOut(isNew);
    this.#nameChanged();
  }

  opened(): void {
    void this.#startDevices();
    (this.#name.value === "" ? this.#name : this.#button).focus({ preventScroll: true });
    void this.#parts.callName.then((name) => name && setText(this.#heading, name));
  }

  closed(): void {
    this.#unlisten();
    this.#preview.close();
  }

  pressed(key: string): boolean {
    if (key === "m" || key === "v") {
      void this.#preview.toggle(key === "m" ? "MICROPHONE" : "CAMERA");
      return true;
    }
    return false;
  }

  #layOut(isNew: boolean): HTMLElement {
    setText(this.#heading, isNew ? "Start a call" : "Join the call");
    setText(this.#button, isNew ? "Start the call" : "Join the call");
    const form = h("form", { class: "lobby-form", onSubmit: (event: Event) => this.#submit(event) },
      this.#heading,
      h("p", { class: "lead" }, isNew ? "Talk directly while you are two, in a group as soon as you are more." : "Check how you look and sound before you go in."),
      isNew && h("div", { class: "field" }, h("label", { for: "call-name" }, "Name of the call"), this.#callName),
      h("div", { class: "field" }, h("label", { for: "display-name" }, "Your name"), this.#name),
      this.#problem,
      this.#button,
    );
    const side = h("div", { class: "lobby-side" }, this.#preview.element, this.#picker.element);
    return h("main", { class: "lobby" }, h("div", { class: "brand" }, "Crosspoint"), h("div", { class: "lobby-columns" }, side, form));
  }

  async #startDevices(): Promise<void> {
    try {
      this.#unlisten = this.#parts.devices.onChange(() => void this.#picker.refresh());
    } catch {
      // Not a secure context: the preview says so when it asks for the devices.
    }
    await Promise.allSettled([this.#preview.turnOn("MICROPHONE"), this.#preview.turnOn("CAMERA")]);
    await this.#picker.refresh();
  }

  #nameChanged(): void {
    this.#preview.displayName = this.#name.value;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const displayName = this.#name.value.trim();
    if (displayName === "") {
      this.#name.focus();
      return;
    }
    this.#button.disabled = true;
    this.#problem.hidden = true;
    this.#parts.join(displayName, this.#callName.value.trim() || `${displayName}’s call`).catch((error: unknown) => {
      this.#button.disabled = false;
      this.#problem.hidden = false;
      setText(this.#problem, FAILURES[codeOf(error)]);
    });
  }
}
