import { h, setText } from "../dom";
import type { View } from "./AdminApp";
import type { AdminRequests } from "./AdminRequests";
import { LoadPanel, type LoadState } from "./LoadPanel";
import { moment, SFU_FLAGS, type SfuFlag } from "./words";

/** What the server goes by; who changed it, and when, is missing as long as nobody has. */
interface SfuState {
  readonly flag: SfuFlag;
  readonly changedBy?: string;
  readonly changedAt?: string;
  readonly calls: number;
  readonly places: number;
}

export interface SfuParts {
  readonly server: AdminRequests;
  readonly signal: AbortSignal;
  /** A request failed; answers what to tell. */
  readonly failed: (error: unknown) => string;
}

const REFRESH_MS = 3_000;

/** The switch of the SFU, what it is set to and by whom, and the load of the server. Nothing is changed before it is applied. */
export class SfuView implements View {
  readonly element: HTMLElement;
  readonly heading = h("h1", { tabIndex: -1 }, "Group calls");
  readonly title = "Group calls";
  readonly #parts: SfuParts;
  readonly #choices: readonly HTMLInputElement[];
  readonly #apply = h("button", { type: "submit", class: "primary", disabled: true }, "Apply");
  readonly #status = h("p", { class: "status", role: "status" }, "Loading…");
  readonly #places = h("p", { class: "hint" });
  readonly #load = new LoadPanel();
  #set: SfuFlag | undefined;
  #busy = false;
  #turn = 0;

  constructor(parts: SfuParts) {
    this.#parts = parts;
    this.#choices = (Object.keys(SFU_FLAGS) as SfuFlag[]).map((flag) =>
      h("input", { type: "radio", name: "flag", id: `flag-${flag}`, value: flag, "aria-describedby": `about-${flag}` }));
    this.element = h("div", { class: "admin-view" },
      this.heading,
      h("p", { class: "lead" }, "Calls of more than a few people go through this server’s media engine. Here it is emptied, turned off, and on again, for all servers of the database, without a restart."),
      h("form", { class: "switch", onChange: () => this.#chosen(), onSubmit: (event: Event) => this.#submitted(event) },
        h("fieldset", {}, h("legend", {}, "Media engine"), ...this.#choices.map(option)),
        this.#apply,
      ),
      this.#status,
      this.#places,
      this.#load.element,
    );
    void this.#follow();
  }

  /** Shows what is, again and again, as long as the view is open. */
  async #follow(): Promise<void> {
    while (!this.#parts.signal.aborted) {
      void this.#look();
      if (!this.#busy) {
        await this.#exchange(() => this.#parts.server.get<SfuState>("sfu-flag", this.#parts.signal));
      }
      await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
    }
  }

  async #look(): Promise<void> {
    const { server, signal, failed } = this.#parts;
    try {
      this.#load.show(await server.get<LoadState>("load", signal));
    } catch (error) {
      if (!signal.aborted) {
        this.#load.failed(failed(error));
      }
    }
  }

  #submitted(event: Event): void {
    event.preventDefault();
    const flag = this.#choice();
    if (flag !== undefined && !this.#busy) {
      this.#busy = true;
      this.#apply.disabled = true;
      const changed = this.#exchange(() => this.#parts.server.put<SfuState>("sfu-flag", { flag }, this.#parts.signal));
      void changed.finally(() => {
        this.#busy = false;
        this.#chosen();
      });
    }
  }

  /** The answer to an earlier question comes too late to count. */
  async #exchange(request: () => Promise<SfuState>): Promise<void> {
    const turn = ++this.#turn;
    try {
      const state = await request();
      if (turn === this.#turn) {
        this.#show(state);
      }
    } catch (error) {
      if (turn === this.#turn && !this.#parts.signal.aborted) {
        setText(this.#status, this.#parts.failed(error));
      }
    }
  }

  /** A choice that is not applied yet stays, whatever comes from the server. */
  #show(state: SfuState): void {
    const untouched = this.#choice() === this.#set;
    this.#set = state.flag;
    if (untouched) {
      this.#choices.forEach((choice) => {
        choice.checked = choice.value === state.flag;
      });
    }
    this.#chosen();
    const { changedBy, changedAt } = state;
    const since = changedBy === undefined || changedAt === undefined
      ? "as the server was started; nobody has changed it."
      : `changed ${moment(changedAt)} by ${changedBy}.`;
    setText(this.#status, `${SFU_FLAGS[state.flag].name}, ${since}`);
    setText(this.#places, `Of ${state.places} places for group calls on this server ${state.calls} ${state.calls === 1 ? "is" : "are"} taken.`);
  }

  #choice(): SfuFlag | undefined {
    return this.#choices.find((choice) => choice.checked)?.value as SfuFlag | undefined;
  }

  #chosen(): void {
    const choice = this.#choice();
    this.#apply.disabled = this.#busy || choice === undefined || choice === this.#set;
  }
}

function option(choice: HTMLInputElement): HTMLElement {
  const { name, about } = SFU_FLAGS[choice.value as SfuFlag];
  return h("div", { class: "option" }, choice, h("label", { for: choice.id }, name),
    h("p", { class: "hint", id: `about-${choice.value}` }, about));
}
