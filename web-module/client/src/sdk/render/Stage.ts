import type { Emitter } from "../emitter";

export interface StageEvents {
  /** Another path is shown or heard now. */
  switched: { readonly pathId: string; readonly gapMs: number };
}

/** Where one source of a participant is shown or heard, from whichever path. */
export interface Stage {
  readonly kind: "audio" | "video";
  readonly events: Emitter<StageEvents>;
  /** The path that is shown or heard; undefined when none is. */
  readonly shownPath: string | undefined;
  /** A path carries the source: its media gets ready, unseen and unheard. */
  offer(pathId: string, track: MediaStreamTrack): void;
  /** A path does not carry it any more. */
  withdraw(pathId: string): void;
  /** Goes over to a path as soon as nobody notices. */
  show(pathId: string): void;
  close(): void;
}

/** A stage for a camera or a screen. */
export interface PictureStage extends Stage {
  readonly kind: "video";
  readonly element: HTMLElement;
  /** How high the picture is, in pixels of the screen; 0 when it is not shown. */
  readonly height: number;
  /** Whether frames are presented here at all. */
  readonly watched: boolean;
}

/** A stage for sound. */
export interface SoundStage extends Stage {
  readonly kind: "audio";
  /** How loud it is now, 0 to 1. */
  readonly level: number;
}

export type AnyStage = PictureStage | SoundStage;
