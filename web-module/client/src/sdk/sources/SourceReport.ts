import type { ReplyOf, RequestOf } from "../contract";
import type { LocalSources } from "./LocalSources";

type SetSources = (message: RequestOf<"setSources">) => Promise<ReplyOf<"setSources">>;

/** Tells the server what this participant sends, once for each difference, and only the latest. */
export class SourceReport {
  readonly #sources: LocalSources;
  readonly #send: SetSources;
  #told = "";
  #scheduled = false;

  constructor(sources: LocalSources, send: SetSources) {
    this.#sources = sources;
    this.#send = send;
  }

  /** The server learns it in another way. */
  told(): void {
    this.#told = JSON.stringify(this.#sources.descriptions);
  }

  /** Something may have changed; several changes of one turn make one report. */
  changed(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#tell();
      });
    }
  }

  #tell(): void {
    const sources = this.#sources.descriptions;
    const told = JSON.stringify(sources);
    if (told !== this.#told) {
      this.#told = told;
      this.#send({ type: "setSources", sources }).catch(() => {
        // What did not arrive is told with the next change or the next session.
        this.#told = "";
      });
    }
  }
}
