import { h, setText } from "../dom";
import type { View } from "./AdminApp";
import { type TransitionFilter, type TransitionService, type TransitionSummary } from "./TransitionService";
import { MODES, moment, nameOf, OUTCOMES, REASONS, RESULTS, severity, span } from "./words";

export interface ListParts {
  readonly service: TransitionService;
  readonly signal: AbortSignal;
  readonly query: URLSearchParams;
  /** The filter has changed; takes the address's query that says so. */
  readonly filtered: (search: string) => void;
  /** A request failed; answers what to tell. */
  readonly failed: (error: unknown) => string;
}

const PERIODS: Readonly<Record<string, string>> = { "1": "Last hour", "24": "Last day", "168": "Last week" };
const COLUMNS = ["When", "Call", "Change", "Why", "Took", "Worst gap", "Outcome", "Who had trouble"];

/** All transitions, the latest first, with filters. */
export class ListView implements View {
  readonly element: HTMLElement;
  readonly heading = h("h1", { tabIndex: -1 }, "Switches");
  readonly title = "Switches";
  readonly #parts: ListParts;
  readonly #result: HTMLSelectElement;
  readonly #reason: HTMLSelectElement;
  readonly #period: HTMLSelectElement;
  readonly #call: HTMLInputElement;
  readonly #rows = h("tbody");
  readonly #status = h("p", { class: "status", role: "status" });
  readonly #more = h("button", { type: "button", class: "secondary", hidden: true, onClick: () => void this.#load(false) }, "Show older ones");
  readonly #table: HTMLElement;
  #next: string | undefined;
  #turn = 0;

  constructor(parts: ListParts) {
    this.#parts = parts;
    this.#result = choice("result", "Any outcome", RESULTS, parts.query.get("result"));
    this.#reason = choice("reason", "Any reason", REASONS, parts.query.get("reason"));
    this.#period = choice("hours", "Any time", PERIODS, parts.query.get("hours"));
    this.#call = h("input", {
      id: "callId", type: "search", maxLength: 64, autocomplete: "off", spellcheck: false, value: parts.query.get("callId") ?? "",
    });
    this.#table = h("div", { class: "table-frame", role: "region", "aria-label": "Switches", tabIndex: 0 },
      h("table", {},
        h("caption", { class: "unseen" }, "Switches of all calls, the latest first"),
        h("thead", {}, h("tr", {}, ...COLUMNS.map((column) => h("th", { scope: "col" }, column)))),
        this.#rows));
    this.element = h("div", { class: "admin-view" },
      this.heading,
      h("p", { class: "lead" }, "Every change of the way by which a call’s pictures and sound travel, the latest first."),
      h("form", { class: "filters", onChange: () => this.#changed(), onSubmit: (event: Event) => this.#submitted(event) },
        field("result", "Outcome", this.#result),
        field("reason", "Reason", this.#reason),
        field("hours", "Since", this.#period),
        field("callId", "Call id", this.#call),
        h("button", { type: "submit", class: "secondary" }, "Refresh"),
      ),
      this.#status,
      this.#table,
      this.#more,
    );
    void this.#load(true);
  }

  #submitted(event: Event): void {
    event.preventDefault();
    this.#changed();
  }

  #changed(): void {
    const query = new URLSearchParams(Object.entries(this.#filter()).filter(([, value]) => value !== ""));
    this.#parts.filtered(query.size === 0 ? "" : `?${query}`);
    void this.#load(true);
  }

  #filter(): TransitionFilter {
    return {
      result: this.#result.value, reason: this.#reason.value, hours: this.#period.value, callId: this.#call.value.trim(),
    };
  }

  /** Shows the first page anew, or adds the next. The answer to an earlier question comes too late to count. */
  async #load(anew: boolean): Promise<void> {
    const turn = ++this.#turn;
    this.#more.disabled = true;
    setText(this.#status, "Loading…");
    try {
      const page = await this.#parts.service.latest(this.#filter(), anew ? undefined : this.#next, this.#parts.signal);
      if (turn === this.#turn) {
        this.#next = page.next;
        this.#fill(page.transitions, anew);
      }
    } catch (error) {
      if (turn === this.#turn && !this.#parts.signal.aborted) {
        setText(this.#status, this.#parts.failed(error));
      }
    } finally {
      this.#more.disabled = false;
    }
  }

  #fill(transitions: readonly TransitionSummary[], anew: boolean): void {
    const rows = transitions.map(row);
    if (anew) {
      this.#rows.replaceChildren(...rows);
    } else {
      this.#rows.append(...rows);
      rows[0]?.querySelector("a")?.focus();
    }
    const shown = this.#rows.childElementCount;
    this.#table.hidden = shown === 0;
    this.#more.hidden = this.#next === undefined;
    setText(this.#status, shown === 0 ? "No switch fits." : `${shown} ${shown === 1 ? "switch" : "switches"}${this.#next === undefined ? "" : ", and older ones"}`);
  }
}

function row(one: TransitionSummary): HTMLElement {
  const address = `?${new URLSearchParams({ call: one.callId, transition: one.transitionId })}`;
  return h("tr", { "data-result": one.result },
    cell("When", h("a", { href: `/admin${address}` }, moment(one.startedAt))),
    cell("Call", h("span", { class: "call-name" }, one.callName), h("span", { class: "call-id" }, one.callId)),
    cell("Change", `${MODES[one.from]} → ${MODES[one.to]}`),
    cell("Why", REASONS[one.reason], one.attempt > 1 && h("span", { class: "soft" }, ` (try ${one.attempt})`)),
    cell("Took", one.commitMs === undefined ? "–" : span(one.commitMs)),
    cell("Worst gap", one.worstGapMs === undefined
      ? "–"
      : h("span", { class: "measure", "data-severity": severity(one.worstGapMs) }, span(one.worstGapMs))),
    cell("Outcome", h("span", { class: "badge", "data-result": one.result }, RESULTS[one.result])),
    cell("Who had trouble", one.troubled.length === 0
      ? "–"
      : h("ul", { class: "troubled" }, ...one.troubled.map(({ displayName, participantId, outcome }) =>
        h("li", {}, `${nameOf(displayName, participantId)} ${OUTCOMES[outcome]}`)))),
  );
}

/** A cell that says its column by itself where the table becomes a list of cards. */
function cell(column: string, ...content: (Node | string | false)[]): HTMLElement {
  return h("td", { "data-column": column }, ...content);
}

function choice(id: string, any: string, words: Readonly<Record<string, string>>, chosen: string | null): HTMLSelectElement {
  const select = h("select", { id }, h("option", { value: "" }, any),
    ...Object.entries(words).map(([value, text]) => h("option", { value }, text)));
  select.value = chosen !== null && chosen in words ? chosen : "";
  return select;
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}
