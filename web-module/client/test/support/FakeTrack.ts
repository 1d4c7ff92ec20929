/** A media track without media. */
export class FakeTrack {
  enabled = true;
  readyState: "live" | "ended" = "live";
  onended: (() => void) | null = null;
  readonly kind: string;
  readonly clones: FakeTrack[] = [];

  constructor(kind = "video") {
    this.kind = kind;
  }

  clone(): MediaStreamTrack {
    const clone = new FakeTrack(this.kind);
    clone.enabled = this.enabled;
    this.clones.push(clone);
    return clone.asTrack();
  }

  getSettings(): MediaTrackSettings {
    return {};
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** Ends by itself, as an unplugged device does. */
  unplug(): void {
    this.readyState = "ended";
    this.onended?.();
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}
