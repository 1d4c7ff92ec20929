import type { Failure, ServerEvent, ServerReply } from "../contract";

/** A frame of the server, told apart. */
export type Frame =
  | { readonly kind: "REPLY"; readonly re: number; readonly reply: ServerReply }
  | { readonly kind: "ERROR"; readonly re: number | undefined; readonly failure: Failure }
  | { readonly kind: "EVENT"; readonly seq: number; readonly epoch: number; readonly event: ServerEvent };

interface RawFrame {
  readonly re?: number;
  readonly error?: Failure;
  readonly seq?: number;
  readonly epoch?: number;
  readonly message?: ServerReply | ServerEvent;
}

/** Reads a frame; undefined for one that this client does not understand. */
export function readFrame(text: string): Frame | undefined {
  const raw = parse(text);
  if (raw?.error !== undefined) {
    return { kind: "ERROR", re: raw.re, failure: raw.error };
  }
  if (raw?.message === undefined) {
    return undefined;
  }
  if (raw.re !== undefined) {
    return { kind: "REPLY", re: raw.re, reply: raw.message as ServerReply };
  }
  if (raw.seq !== undefined && raw.epoch !== undefined) {
    return { kind: "EVENT", seq: raw.seq, epoch: raw.epoch, event: raw.message as ServerEvent };
  }
  return undefined;
}

function parse(text: string): RawFrame | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
