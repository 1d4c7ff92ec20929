import type { ErrorCode } from "./contract";

/** What can go wrong here and not at the server. */
export type LocalFailureCode = "TIMED_OUT" | "OFFLINE" | "UNSUPPORTED_BROWSER" | "LEFT";

/** A request that was refused or could not be made. People are told the sentence of the code. */
export class CallFailure extends Error {
  readonly code: ErrorCode | LocalFailureCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode | LocalFailureCode, message: string, retryAfterMs?: number) {
    super(`${code}: ${message}`);
    this.name = "CallFailure";
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The code of any error. */
export function codeOf(error: unknown): ErrorCode | LocalFailureCode {
  return error instanceof CallFailure ? error.code : "INTERNAL";
}
