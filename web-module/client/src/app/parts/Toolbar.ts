import { h } from "../dom";
import { IconButton } from "./controls";

export interface ToolbarActions {
  microphone(): void;
  camera(): void;
  screen(): void;
  link(): void;
  devices(): void;
  leave(): void;
}

export interface ToolbarView {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly canShare: boolean;
  /** The server takes no further screen now. */
  readonly screensLimited: boolean;
  readonly copied: boolean;
  readonly devicesOpen: boolean;
}

/** What one can do in a call. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #buttons: Readonly<Record<keyof ToolbarActions, IconButton>>;

  constructor(actions: ToolbarActions) {
    const button = (name: keyof ToolbarActions): IconButton => new IconButton(name, () => actions[name]());
    this.#buttons = {
      microphone: button("microphone"),
      camera: button("camera"),
      screen: button("screen"),
      link: button("link"),
      devices: button("devices"),
      leave: button("leave"),
    };
    this.element = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Call controls" },
      ...Object.values(this.#buttons).map(({ element }) => element));
  }

  show(view: ToolbarView): void {
    const { microphone, camera, screen, link, devices, leave } = this.#buttons;
    microphone.show({
      on: view.microphone, label: view.microphone ? "Mute microphone" : "Unmute microphone",
      icon: view.microphone ? "microphone" : "microphoneOff", key: "m", alarming: true,
    }, view.microphone ? "Mute" : "Unmute");
    camera.show({
      on: view.camera, label: view.camera ? "Turn camera off" : "Turn camera on",
      icon: view.camera ? "camera" : "cameraOff", key: "v", alarming: true,
    }, "Camera");
    screen.show({
      on: view.screen, label: view.screen ? "Stop sharing" : view.screensLimited ? "Share screen: not now, the server is very busy" : "Share screen",
      icon: "screen", key: "s", unavailable: view.screensLimited && !view.screen,
    }, view.screen ? "Stop" : "Share");
    screen.element.hidden = !view.canShare;
    link.show({ on: view.copied, label: "Copy link", icon: view.copied ? "check" : "link" }, view.copied ? "Copied" : "Link");
    devices.show({ on: view.devicesOpen, label: "Devices", icon: "settings" }, "Devices");
    devices.element.setAttribute("aria-expanded", String(view.devicesOpen));
    leave.show({ on: true, label: "Leave the call", icon: "leave" }, "Leave");
  }

  focusDevices(): void {
    this.#buttons.devices.element.focus();
  }
}
