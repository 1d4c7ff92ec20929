/** The server refused, or could not be reached (status 0). */
export class RequestFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** Speaks to the server in an administrator's name. */
export class AdminRequests {
  readonly #bearer: string;

  constructor(bearer: string) {
    this.#bearer = bearer;
  }

  get<T>(path: string, signal: AbortSignal): Promise<T> {
    return this.#send<T>(path, { signal });
  }

  put<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
    return this.#send<T>(path, { method: "PUT", body: JSON.stringify(body), signal });
  }

  post<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
    return this.#send<T>(path, { method: "POST", body: JSON.stringify(body), signal });
  }

  async remove(path: string, signal: AbortSignal): Promise<void> {
    await this.#answer(path, { method: "DELETE", signal });
  }

  async #send<T>(path: string, request: RequestInit & { readonly signal: AbortSignal }): Promise<T> {
    return (await (await this.#answer(path, request)).json()) as T;
  }

  async #answer(path: string, request: RequestInit & { readonly signal: AbortSignal }): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#bearer}`, "content-type": "application/json" };
    const response = await fetch(`/api/v1/admin/${path}`, { ...request, headers })
      .catch((error: unknown) => {
        throw request.signal.aborted ? error : new RequestFailure(0);
      });
    if (!response.ok) {
      throw new RequestFailure(response.status);
    }
    return response;
  }
}
