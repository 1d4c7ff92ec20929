import { type AudioOutput, type Call, type CallState, type CaptureDevices, codeOf, type DeviceRole, limitOf, type QualityLimit } from "../../sdk";
import { h, setText } from "../dom";
import { DevicePicker } from "../parts/DevicePicker";
import { OwnPictures } from "../parts/OwnPictures";
import { StatusBar } from "../parts/StatusBar";
import { TileGrid } from "../parts/TileGrid";
import { Toasts } from "../parts/Toasts";
import { Toolbar } from "../parts/Toolbar";
import { DEVICE_LOST, deviceSentence, FAILURES, SENTENCES } from "../sentences";
import { SpeakingMonitor } from "../SpeakingMonitor";
import type { Page } from "./Page";
import { tileViews } from "./tileViews";

const COPIED_MS = 2_000;

export interface CallPageParts {
  readonly call: Call;
  readonly devices: CaptureDevices;
  readonly output: AudioOutput;
  readonly displayName: string;
  readonly leave: () => void;
}

/** The call: who is there, what can be done, what is going on. */
export class CallPage implements Page {
  readonly element: HTMLElement;
  readonly title = "Call";
  readonly #parts: CallPageParts;
  readonly #grid = new TileGrid();
  readonly #toolbar: Toolbar;
  readonly #status: StatusBar;
  readonly #toasts = new Toasts();
  readonly #pictures: OwnPictures;
  readonly #picker: DevicePicker;
  readonly #panel: HTMLElement;
  readonly #hint = h("p", { class: "hint", hidden: true });
  readonly #queue = h("div", { class: "queue", role: "status", hidden: true });
  #speakingMonitor: SpeakingMonitor | undefined;
  #limit: QualityLimit = "NONE";
  #speaking: ReadonlySet<string> = new Set();
  #unlisten: (() => void)[] = [];
  #copied = false;
  #panelOpen = false;
  #scheduled = false;

  constructor(parts: CallPageParts) {
    this.#parts = parts;
    this.#pictures = new OwnPictures(parts.call.sources);
    this.#toolbar = new Toolbar(this.#actions());
    this.#status = new StatusBar(() => this.#attempt(parts.call.retryTransition()));
    this.#picker = new DevicePicker(parts.devices, parts.call.sources, parts.output, (role, error) => this.#deviceFailed(role, error));
    this.#panel = h("div", { class: "panel", role: "group", "aria-label": "Devices", hidden: true }, this.#picker.element);
    this.element = h("main", { class: "call" }, this.#status.element,
      h("div", { class: "call-stage" }, this.#grid.element, this.#hint, this.#queue),
      this.#panel, this.#toolbar.element, this.#toasts.element);
  }

  opened(): void {
    const { call, output, devices } = this.#parts;
    const later = (): void => this.#update();
    this.#unlisten = [
      call.events.on("changed", later),
      call.events.on("screensStopped", () => this.#toasts.say(SENTENCES.screenStopped)),
      call.roster.events.on("changed", later),
      call.renderers.events.on("changed", later),
      call.paths.events.on("changed", later),
      call.paths.events.on("state", later),
      call.paths.events.on("tracks", later),
      call.sources.events.on("added", later),
      call.sources.events.on("removed", later),
      call.sources.events.on("changed", later),
      call.sources.events.on("deviceLost", (role) => this.#toasts.say(DEVICE_LOST[role])),
    ];
    try {
      this.#unlisten.push(devices.onChange(() => void this.#picker.refresh()));
    } catch {
      // Not a secure context: there are no devices that could change.
    }
    this.#speakingMonitor = new SpeakingMonitor(call, output, (speaking) => {
      this.#speaking = speaking;
      this.#update();
    });
    this.#status.focus();
    this.#update();
  }

  closed(): void {
    this.#speakingMonitor?.stop();
    this.#unlisten.forEach((unlisten) => unlisten());
    this.#pictures.close();
    this.#grid.close();
  }

  pressed(key: string): boolean {
    const actions = this.#actions();
    switch (key) {
      case "m":
        actions.microphone();
        return true;
      case "v":
        actions.camera();
        return true;
      case "s":
        actions.screen();
        return true;
      case "Escape":
        this.#showPanel(false);
        return true;
      default:
        return false;
    }
  }

  #actions() {
    return {
      microphone: () => this.#toggle("MICROPHONE"),
      camera: () => this.#toggle("CAMERA"),
      screen: () => this.#toggleScreen(),
      link: () => void this.#copyLink(),
      devices: () => this.#showPanel(!this.#panelOpen),
      leave: this.#parts.leave,
    };
  }

  #toggle(role: DeviceRole): void {
    const { sources } = this.#parts.call;
    const on = sources.device(role)?.muted === false;
    const done = on ? sources.turnOff(role) : sources.turnOn(role);
    done.catch((error: unknown) => this.#deviceFailed(role, error));
  }

  #toggleScreen(): void {
    const { sources } = this.#parts.call;
    if (sources.screens.length > 0) {
      sources.stopScreens();
    } else if (takesNoScreen(this.#limit)) {
      this.#toasts.say(FAILURES.SCREEN_SHARING_LIMITED);
    } else if (canShare()) {
      sources.shareScreen().catch((error: unknown) => {
        // Somebody who closes the browser's own dialogue has not failed.
        if (!(error instanceof DOMException && error.name === "NotAllowedError")) {
          this.#deviceFailed("SCREEN", error);
        }
      });
    }
  }

  async #copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.origin + location.pathname);
      this.#copied = true;
      this.#toasts.say(SENTENCES.copied);
      window.setTimeout(() => {
        this.#copied = false;
        this.#update();
      }, COPIED_MS);
    } catch {
      this.#toasts.say(SENTENCES.copyFailed);
    }
    this.#update();
  }

  #showPanel(open: boolean): void {
    if (this.#panelOpen !== open) {
      this.#panelOpen = open;
      this.#panel.hidden = !open;
      this.#update();
      if (open) {
        void this.#picker.refresh().then(() => this.#panel.querySelector<HTMLElement>("select:enabled")?.focus());
      } else {
        this.#toolbar.focusDevices();
      }
    }
  }

  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => this.#toasts.say(FAILURES[codeOf(error)]));
  }

  #deviceFailed(role: DeviceRole | "SCREEN", error: unknown): void {
    this.#toasts.say(deviceSentence([role], error));
  }

  /** Who shares a screen is warned before it has to stop. */
  #limitChanged(limit: QualityLimit): void {
    if (limit === "SCREENS_LOW" && this.#limit !== limit && this.#parts.call.sources.screens.length > 0) {
      this.#toasts.say(SENTENCES.screenMayStop);
    }
    this.#limit = limit;
  }

  /** Shows what is, once for all changes of one turn. */
  #update(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#show(this.#parts.call.state);
      });
    }
  }

  #show(state: CallState): void {
    const { call, displayName } = this.#parts;
    const queued = state.status === "QUEUED";
    this.#limitChanged(limitOf(state));
    this.#status.show(state);
    this.#grid.show(tileViews(call, displayName, (sourceId) => this.#pictures.of(sourceId), this.#speaking));
    this.#toolbar.show({
      microphone: call.sources.device("MICROPHONE")?.muted === false,
      camera: call.sources.device("CAMERA")?.muted === false,
      screen: call.sources.screens.length > 0,
      canShare: canShare(),
      screensLimited: takesNoScreen(this.#limit),
      copied: this.#copied,
      devicesOpen: this.#panelOpen,
    });
    const alone = state.connection === "JOINED" && !queued && call.roster.others.length === 0;
    this.#hint.hidden = !alone;
    setText(this.#hint, state.endsInMs === undefined ? `${SENTENCES.alone} ${SENTENCES.share}` : SENTENCES.endsAlone(state.endsInMs));
    this.#queue.hidden = !queued;
    setText(this.#queue, queued ? `${SENTENCES.queued(state.queuePosition ?? 1)} ${SENTENCES.queuedWhy[state.waitReason ?? "CALL_CHANGING"]}` : "");
  }
}

function takesNoScreen(limit: QualityLimit): boolean {
  return limit === "SCREENS_LOW" || limit === "SCREENS_STOPPED";
}

function canShare(): boolean {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices !== undefined && "getDisplayMedia" in devices;
}
