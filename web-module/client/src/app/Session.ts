import { type CallService, CallFailure } from "../sdk";

const TOKEN = "crosspoint.token";
const GUEST = "crosspoint.guest";
const NAME = "crosspoint.name";

/**
 * Who uses the page: somebody with a token of their organisation, handed over once as `#token=…` by the page that sent them, or a
 * guest. Kept as long as the tab lives.
 */
export class Session {
  readonly #service: CallService;

  constructor(service: CallService) {
    this.#service = service;
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (token !== null) {
      sessionStorage.setItem(TOKEN, token);
      history.replaceState(null, "", location.pathname + location.search);
    }
  }

  get displayName(): string {
    return localStorage.getItem(NAME) ?? "";
  }

  set displayName(name: string) {
    if (name !== this.displayName) {
      sessionStorage.removeItem(GUEST);
    }
    localStorage.setItem(NAME, name);
  }

  /** A token to ask with, if there is one already. */
  get known(): string | undefined {
    return sessionStorage.getItem(TOKEN) ?? sessionStorage.getItem(GUEST) ?? undefined;
  }

  /** Does something with a token, and once more with a fresh one when a guest's has run out. */
  async with<Result>(work: (bearer: string) => Promise<Result>): Promise<Result> {
    const known = this.known;
    if (known !== undefined) {
      try {
        return await work(known);
      } catch (error) {
        const expired = error instanceof CallFailure && error.code === "UNAUTHORIZED";
        if (!expired || sessionStorage.getItem(TOKEN) !== null) {
          throw error;
        }
      }
    }
    const { token } = await this.#service.guestSession(this.displayName);
    sessionStorage.setItem(GUEST, token);
    return work(token);
  }
}
