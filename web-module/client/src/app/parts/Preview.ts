import { type AudioOutput, type DeviceRole, LevelMeter, type LocalSources } from "../../sdk";
import { h, setAttribute, setText } from "../dom";
import { initials } from "../layout";
import { deviceSentence } from "../sentences";
import { IconButton } from "./controls";

const LOOK_MS = 80;

/** What the others would see and hear: the own picture, a level meter, and switches for both. */
export class Preview {
  readonly element: HTMLElement;
  readonly #sources: LocalSources;
  readonly #output: AudioOutput;
  readonly #video = h("video", { muted: true, playsInline: true, autoplay: true, class: "mirrored" });
  readonly #initials = h("div", { class: "initials", "aria-hidden": "true" });
  readonly #level = h("div", { class: "level-bar" });
  readonly #meterBox = h("div", { class: "level", role: "img", "aria-label": "Microphone level" }, this.#level);
  readonly #notice = h("p", { class: "notice", role: "status" });
  readonly #microphone = new IconButton("microphone", () => void this.toggle("MICROPHONE"));
  readonly #camera = new IconButton("camera", () => void this.toggle("CAMERA"));
  readonly #problems = new Map<DeviceRole, unknown>();
  readonly #timer: number;
  readonly #unlisten: (() => void)[];
  #meter: { readonly track: MediaStreamTrack; readonly meter: LevelMeter } | undefined;

  constructor(sources: LocalSources, output: AudioOutput) {
    this.#sources = sources;
    this.#output = output;
    const picture = h("div", { class: "preview-picture" }, this.#initials, this.#video, this.#meterBox,
      h("div", { class: "preview-controls" }, this.#microphone.element, this.#camera.element));
    this.element = h("div", { class: "preview" }, picture, this.#notice);
    this.#unlisten = [
      sources.events.on("added", () => this.#update()),
      sources.events.on("changed", () => this.#update()),
      sources.events.on("removed", () => this.#update()),
    ];
    this.#timer = window.setInterval(() => this.#showLevel(), LOOK_MS);
    this.#update();
  }

  set displayName(name: string) {
    this.#initials.textContent = name.trim() === "" ? "" : initials(name);
  }

  async toggle(role: DeviceRole): Promise<void> {
    const on = this.#sources.device(role)?.muted === false;
    await (on ? this.#sources.turnOff(role) : this.turnOn(role));
  }

  async turnOn(role: DeviceRole): Promise<void> {
    try {
      await this.#sources.turnOn(role);
      this.#problems.delete(role);
    } catch (error) {
      this.failed(role, error);
    }
    this.#update();
  }

  /** A device could not be started. */
  failed(role: DeviceRole, error: unknown): void {
    this.#problems.set(role, error);
    this.#update();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unlisten.forEach((unlisten) => unlisten());
    this.#meter?.meter.close();
    this.#video.srcObject = null;
  }

  #update(): void {
    const camera = this.#sources.device("CAMERA");
    const microphone = this.#sources.device("MICROPHONE");
    const track = camera?.muted === false ? camera.track : null;
    const shown = (this.#video.srcObject as MediaStream | null)?.getTracks()[0] ?? null;
    if (track !== shown) {
      this.#video.srcObject = track && new MediaStream([track]);
    }
    setAttribute(this.element, "data-camera", track === null ? "off" : "on");
    this.#show(this.#microphone, microphone?.muted === false, "microphone", "Microphone", "m");
    this.#show(this.#camera, camera?.muted === false, "camera", "Camera", "v");
    this.#meterBox.hidden = microphone?.muted !== false;
    const problem = sentenceOf(this.#problems);
    setText(this.#notice, problem);
    this.#notice.hidden = problem === "";
  }

  #show(button: IconButton, on: boolean, name: "microphone" | "camera", caption: string, key: string): void {
    const label = `Turn ${name} ${on ? "off" : "on"}`;
    button.show({ on, label, icon: on ? name : `${name}Off`, key, alarming: true }, caption);
  }

  #showLevel(): void {
    const track = this.#sources.device("MICROPHONE")?.track ?? null;
    // Before a gesture the context may not run; a meter that cannot move is not made.
    if (track !== (this.#meter?.track ?? null)) {
      this.#meter?.meter.close();
      const { context } = this.#output;
      this.#meter = track === null ? undefined
        : { track, meter: new LevelMeter(context, context.createMediaStreamSource(new MediaStream([track]))) };
    }
    const level = Math.min(1, Math.sqrt(this.#meter?.meter.level() ?? 0) * 1.6);
    this.#level.style.transform = `scaleX(${level.toFixed(3)})`;
  }
}

/** One sentence for both devices when one reason explains both. */
function sentenceOf(problems: ReadonlyMap<DeviceRole, unknown>): string {
  const [one, other] = [problems.get("MICROPHONE"), problems.get("CAMERA")];
  if (one instanceof DOMException && other instanceof DOMException && one.name === other.name) {
    return deviceSentence(["MICROPHONE", "CAMERA"], one);
  }
  return [...problems].map(([role, error]) => deviceSentence([role], error)).join(" ");
}
