import type { CallView, IssuedToken } from "./rest";
import { CallFailure } from "./failure";
import type { ErrorCode } from "./contract";

/** The REST door: guest sessions, calls, tokens. */
export class CallService {
  readonly #base: string;
  readonly #fetch: typeof fetch;

  constructor(base: string, fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  /** A token for somebody without an account; FORBIDDEN when guests are not let in. */
  guestSession(displayName: string): Promise<IssuedToken> {
    return this.#send<IssuedToken>("POST", "/guest-sessions", undefined, { displayName });
  }

  createCall(bearer: string, name: string): Promise<CallView> {
    return this.#send<CallView>("POST", "/calls", bearer, { name });
  }

  findCall(bearer: string, callId: string): Promise<CallView> {
    return this.#send<CallView>("GET", `/calls/${encodeURIComponent(callId)}`, bearer);
  }

  /** A token that opens one call. */
  callToken(bearer: string, callId: string): Promise<IssuedToken> {
    return this.#send<IssuedToken>("POST", `/calls/${encodeURIComponent(callId)}/tokens`, bearer);
  }

  async #send<Answer>(method: string, path: string, bearer?: string, body?: object): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (bearer !== undefined) {
      headers["Authorization"] = `Bearer ${bearer}`;
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const response = await this.#reach(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) {
      throw await failureOf(response);
    }
    return (await response.json()) as Answer;
  }

  async #reach(path: string, request: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(`${this.#base}${path}`, request);
    } catch {
      throw new CallFailure("OFFLINE", `${path} could not be reached`);
    }
  }
}

/** For answers without a code, which come from what stands before the doors: a server that starts knows no address yet. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "UNAVAILABLE",
  429: "RATE_LIMITED",
  503: "UNAVAILABLE",
};

async function failureOf(response: Response): Promise<CallFailure> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: ErrorCode;
    message?: string;
    retryAfterMs?: number;
  };
  const code = problem.code ?? BY_STATUS[response.status] ?? "INTERNAL";
  return new CallFailure(code, problem.message ?? `status ${response.status}`, problem.retryAfterMs);
}
