import { h, setText } from "../dom";
import type { View } from "./AdminApp";
import { type AdminRequests, RequestFailure } from "./AdminRequests";
import { moment } from "./words";

/** Somebody who is kept out of all calls; without `until`, until they are let in again. */
interface Ban {
  readonly subject: string;
  readonly until?: string;
  readonly bannedBy: string;
  readonly bannedAt: string;
}

export interface BansParts {
  readonly server: AdminRequests;
  readonly signal: AbortSignal;
  /** A request failed; answers what to tell. */
  readonly failed: (error: unknown) => string;
}

const COLUMNS = ["Who", "Until", "By", "Since"];

/** Who is kept out of calls, and the form by which somebody is. */
export class BansView implements View {
  readonly element: HTMLElement;
  readonly heading = h("h1", { tabIndex: -1 }, "People kept out");
  readonly title = "People kept out";
  readonly #parts: BansParts;
  readonly #who = h("input", { id: "who", type: "text", maxLength: 200, required: true, autocomplete: "off", spellcheck: false, "aria-describedby": "about-who" });
  readonly #until = h("input", { id: "until", type: "datetime-local" });
  readonly #submit = h("button", { type: "submit", class: "primary" }, "Keep out");
  readonly #status = h("p", { class: "status", role: "status" }, "Loading…");
  readonly #rows = h("tbody");
  readonly #table: HTMLElement;
  #busy = false;

  constructor(parts: BansParts) {
    this.#parts = parts;
    this.#table = h("div", { class: "table-frame", role: "region", "aria-label": "People kept out", tabIndex: 0, hidden: true },
      h("table", {},
        h("caption", { class: "unseen" }, "People who are kept out of calls, the latest first"),
        h("thead", {}, h("tr", {}, ...COLUMNS.map((column) => h("th", { scope: "col" }, column)), h("td"))),
        this.#rows));
    this.element = h("div", { class: "admin-view" },
      this.heading,
      h("p", { class: "lead" }, "They cannot join any call of this database’s servers. Who is in one is taken out of it."),
      h("form", { class: "filters", onSubmit: (event: Event) => this.#submitted(event) },
        h("div", { class: "field" }, h("label", { for: "who" }, "Who"), this.#who),
        h("div", { class: "field" }, h("label", { for: "until" }, "Until (empty: for good)"), this.#until),
        this.#submit,
      ),
      h("p", { class: "hint", id: "about-who" }, "The subject of their sign-in, as your identity provider writes it. Guests get a new one each time."),
      this.#status,
      this.#table,
    );
    void this.#act(() => Promise.resolve(), "");
  }

  #submitted(event: Event): void {
    event.preventDefault();
    const subject = this.#who.value;
    if (subject.trim() === "") {
      setText(this.#status, "Nobody is named.");
      return;
    }
    const until = this.#until.value === "" ? {} : { until: new Date(this.#until.value).toISOString() };
    void this.#act(async () => {
      await this.#parts.server.post("bans", { subject, ...until }, this.#parts.signal);
      this.#who.value = "";
      this.#until.value = "";
    }, `${subject} is kept out.`, "Nobody was kept out: that time is over, or that is you.");
  }

  #lift(subject: string): void {
    void this.#act(async () => {
      await this.#parts.server.remove(`bans?subject=${encodeURIComponent(subject)}`, this.#parts.signal);
      this.heading.focus({ preventScroll: true });
    }, `${subject} may join again.`);
  }

  /** Does something, shows what is then, and says that it is done. One thing at a time. */
  async #act(action: () => Promise<unknown>, done: string, unfit?: string): Promise<void> {
    const { server, signal, failed } = this.#parts;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      await action();
      const bans = await server.get<readonly Ban[]>("bans", signal);
      this.#show(bans);
      setText(this.#status, done === "" && bans.length === 0 ? "Nobody is kept out." : done);
    } catch (error) {
      if (!signal.aborted) {
        const sentence = failed(error);
        setText(this.#status, error instanceof RequestFailure && error.status === 400 ? unfit ?? sentence : sentence);
      }
    } finally {
      this.#busy = false;
    }
  }

  #show(bans: readonly Ban[]): void {
    this.#table.hidden = bans.length === 0;
    this.#rows.replaceChildren(...bans.map((ban) => h("tr", {},
      h("th", { scope: "row" }, ban.subject),
      h("td", { "data-column": "Until" }, ban.until === undefined ? "for good" : moment(ban.until)),
      h("td", { "data-column": "By" }, ban.bannedBy),
      h("td", { "data-column": "Since" }, moment(ban.bannedAt)),
      h("td", {}, h("button", { type: "button", class: "secondary", "aria-label": `Let ${ban.subject} in again`, onClick: () => this.#lift(ban.subject) }, "Let in again")))));
  }
}
