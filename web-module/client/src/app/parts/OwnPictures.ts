import type { LocalSources } from "../../sdk";
import { h } from "../dom";

/** Elements with this participant's own camera and screens. */
export class OwnPictures {
  readonly #sources: LocalSources;
  readonly #videos = new Map<string, HTMLVideoElement>();

  constructor(sources: LocalSources) {
    this.#sources = sources;
  }

  /** The picture of a source; undefined while its device is off. */
  of(sourceId: string): HTMLElement | undefined {
    const source = this.#sources.byId(sourceId);
    if (!source?.track || source.muted) {
      this.#drop(sourceId);
      return undefined;
    }
    const video = this.#videos.get(sourceId) ?? h("video", { muted: true, playsInline: true, autoplay: true });
    this.#videos.set(sourceId, video);
    video.className = source.role === "CAMERA" ? "mirrored" : "";
    if ((video.srcObject as MediaStream | null)?.getTracks()[0] !== source.track) {
      video.srcObject = new MediaStream([source.track]);
    }
    return video;
  }

  close(): void {
    [...this.#videos.keys()].forEach((sourceId) => this.#drop(sourceId));
  }

  #drop(sourceId: string): void {
    const video = this.#videos.get(sourceId);
    if (video !== undefined) {
      video.srcObject = null;
      this.#videos.delete(sourceId);
    }
  }
}
