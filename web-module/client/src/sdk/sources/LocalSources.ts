import type { Source, SourceRole } from "../contract";
import { Emitter } from "../emitter";
import { WorkQueue } from "../workQueue";
import type { CaptureDevices } from "./captureDevices";
import { LocalSource } from "./LocalSource";

/** The two devices that a participant has at most one of. */
export type DeviceRole = "MICROPHONE" | "CAMERA";

export interface LocalSourcesEvents {
  added: LocalSource;
  removed: LocalSource;
  changed: LocalSource;
  /** A device that was in use is gone; what it fed is muted. */
  deviceLost: DeviceRole;
}

/** Everything that this participant sends: microphone, camera, and any number of screens with their sound. */
export class LocalSources {
  readonly events = new Emitter<LocalSourcesEvents>();
  readonly #devices: CaptureDevices;
  readonly #sources = new Map<string, LocalSource>();
  readonly #deviceIds = new Map<DeviceRole, string>();
  readonly #work = new WorkQueue();
  readonly #newId: () => string;
  /** Grows with every stop: what is opened for an earlier life comes too late. */
  #life = 0;

  constructor(devices: CaptureDevices, newId: () => string) {
    this.#devices = devices;
    this.#newId = newId;
  }

  get all(): readonly LocalSource[] {
    return [...this.#sources.values()];
  }

  get descriptions(): Source[] {
    return this.all.map((source) => source.description);
  }

  get screens(): readonly LocalSource[] {
    return this.all.filter((source) => source.role === "SCREEN");
  }

  byId(sourceId: string): LocalSource | undefined {
    return this.#sources.get(sourceId);
  }

  device(role: DeviceRole): LocalSource | undefined {
    return this.all.find((source) => source.role === role);
  }

  /** The chosen device, undefined for the browser's choice. */
  deviceId(role: DeviceRole): string | undefined {
    return this.#deviceIds.get(role);
  }

  /**
   * Microphone or camera on. Fails as getUserMedia does; nothing has changed then.
   */
  async turnOn(role: DeviceRole): Promise<void> {
    const life = this.#life;
    await this.#work.run(async () => {
      const source = this.device(role);
      if (source?.track) {
        source.setMuted(false);
        return;
      }
      const track = await this.#open(role, life);
      if (source === undefined) {
        this.#add(new LocalSource(this.#newId(), role, track, false));
      } else {
        source.setTrack(track);
        source.setMuted(false);
      }
    });
  }

  /** Nothing is sent at once. A camera is also given back, so that its light goes out; a microphone is kept, to be quick. */
  turnOff(role: DeviceRole): Promise<void> {
    this.device(role)?.setMuted(true);
    return this.#work.run(async () => {
      const source = this.device(role);
      if (role === "CAMERA" && source?.muted === true && source.track !== null) {
        source.setTrack(null);
      }
    });
  }

  /** Another device from now on. Fails as getUserMedia does; the old device is kept then. */
  async choose(role: DeviceRole, deviceId: string): Promise<void> {
    const life = this.#life;
    await this.#work.run(async () => {
      const before = this.#deviceIds.get(role);
      this.#deviceIds.set(role, deviceId);
      const source = this.device(role);
      if (source?.track) {
        try {
          source.setTrack(await this.#open(role, life));
        } catch (error) {
          this.#restore(role, before);
          throw error;
        }
      }
    });
  }

  /** Asks the person for a screen. */
  async shareScreen(): Promise<LocalSource> {
    const life = this.#life;
    const { picture, sound } = await this.#devices.openScreen();
    this.#assertAlive(life, picture, sound);
    const screen = this.#add(new LocalSource(this.#newId(), "SCREEN", picture, false));
    const audio = sound && this.#add(new LocalSource(this.#newId(), "SCREEN_AUDIO", sound, false));
    screen.events.on("ended", () => {
      this.remove(screen);
      if (audio) {
        this.remove(audio);
      }
    });
    return screen;
  }

  /** Stops every screen and its sound. */
  stopScreens(): void {
    this.all.filter((source) => isScreen(source.role)).forEach((source) => this.remove(source));
  }

  remove(source: LocalSource): void {
    if (this.#sources.delete(source.sourceId)) {
      this.events.emit("removed", source);
      source.stop();
    }
  }

  /** Stops everything, also what a device still being opened would bring. */
  stop(): void {
    this.#life += 1;
    this.all.forEach((source) => this.remove(source));
  }

  #add(source: LocalSource): LocalSource {
    this.#sources.set(source.sourceId, source);
    source.events.on("changed", () => this.events.emit("changed", source));
    source.events.on("ended", () => this.#ended(source));
    this.events.emit("added", source);
    return source;
  }

  #ended(source: LocalSource): void {
    if (isScreen(source.role)) {
      this.remove(source);
      return;
    }
    const role = source.role as DeviceRole;
    this.#deviceIds.delete(role);
    source.setMuted(true);
    source.setTrack(null);
    this.events.emit("deviceLost", role);
  }

  async #open(role: DeviceRole, life: number): Promise<MediaStreamTrack> {
    this.#assertAlive(life);
    const deviceId = this.#deviceIds.get(role);
    const track = await (role === "CAMERA" ? this.#devices.openCamera(deviceId) : this.#devices.openMicrophone(deviceId));
    this.#assertAlive(life, track);
    return track;
  }

  #assertAlive(life: number, ...opened: readonly (MediaStreamTrack | undefined)[]): void {
    if (life !== this.#life) {
      opened.forEach((track) => track?.stop());
      throw new DOMException("stopped while a device was being opened", "AbortError");
    }
  }

  #restore(role: DeviceRole, deviceId: string | undefined): void {
    if (deviceId === undefined) {
      this.#deviceIds.delete(role);
    } else {
      this.#deviceIds.set(role, deviceId);
    }
  }
}

function isScreen(role: SourceRole): boolean {
  return role === "SCREEN" || role === "SCREEN_AUDIO";
}
