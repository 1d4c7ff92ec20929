import { h, setChildren } from "../dom";
import { AudioOutput, type CaptureDevices, type DeviceRole, type LocalSources } from "../../sdk";

interface Row {
  readonly kind: MediaDeviceKind;
  readonly label: string;
  readonly none: string;
  readonly select: HTMLSelectElement;
  readonly element: HTMLElement;
}

/** Choice of microphone, camera and loudspeaker. */
export class DevicePicker {
  readonly element: HTMLElement;
  readonly #devices: CaptureDevices;
  readonly #sources: LocalSources;
  readonly #output: AudioOutput;
  readonly #failed: (role: DeviceRole, error: unknown) => void;
  readonly #rows: readonly Row[];
  #speaker: string | undefined;

  constructor(
    devices: CaptureDevices,
    sources: LocalSources,
    output: AudioOutput,
    failed: (role: DeviceRole, error: unknown) => void,
  ) {
    this.#devices = devices;
    this.#sources = sources;
    this.#output = output;
    this.#failed = failed;
    this.#rows = [
      this.#row("audioinput", "Microphone", "No microphone found", (id) => this.#choose("MICROPHONE", id)),
      this.#row("videoinput", "Camera", "No camera found", (id) => this.#choose("CAMERA", id)),
      ...(AudioOutput.canChoose ? [this.#row("audiooutput", "Loudspeaker", "System default", (id) => this.#chooseSpeaker(id))] : []),
    ];
    this.element = h("div", { class: "devices" }, ...this.#rows.map((row) => row.element));
  }

  /** Looks again what there is. Names are known only after the person has allowed a device. */
  async refresh(): Promise<void> {
    const all = await this.#devices.list().catch(() => []);
    this.#rows.forEach((row) => this.#fill(row, all.filter((device) => device.kind === row.kind && device.deviceId !== "")));
  }

  #row(kind: MediaDeviceKind, label: string, none: string, choose: (id: string) => void): Row {
    const id = `device-${kind}-${Math.random().toString(36).slice(2)}`;
    const select = h("select", { id, onChange: () => choose(select.value) });
    const element = h("div", { class: "device" }, h("label", { for: id }, label), select);
    return { kind, label, none, select, element };
  }

  #fill(row: Row, devices: readonly MediaDeviceInfo[]): void {
    const options = devices.map((device, at) =>
      h("option", { value: device.deviceId }, device.label || `${row.label} ${at + 1}`),
    );
    setChildren(row.select, options.length > 0 ? options : [h("option", { value: "" }, row.none)]);
    row.select.disabled = options.length === 0;
    const current = this.#current(row.kind);
    if (current !== undefined && devices.some((device) => device.deviceId === current)) {
      row.select.value = current;
    }
  }

  #current(kind: MediaDeviceKind): string | undefined {
    if (kind === "audiooutput") {
      return this.#speaker;
    }
    const role = kind === "audioinput" ? "MICROPHONE" : "CAMERA";
    return this.#sources.device(role)?.track?.getSettings().deviceId ?? this.#sources.deviceId(role);
  }

  #choose(role: DeviceRole, deviceId: string): void {
    this.#sources.choose(role, deviceId).catch((error: unknown) => this.#failed(role, error)).finally(() => void this.refresh());
  }

  #chooseSpeaker(deviceId: string): void {
    this.#speaker = deviceId;
    // A loudspeaker that went away meanwhile leaves the old one in use.
    this.#output.choose(deviceId).catch(() => this.refresh());
  }
}
