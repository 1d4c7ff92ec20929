import {
  AudioOutput, BrowserDevices, Call, canCall, CallFailure, CallService, type CallState, type CallDescription, describeCall, LocalSources,
} from "../sdk";
import { CallPage } from "./pages/CallPage";
import { LobbyPage } from "./pages/LobbyPage";
import { MessagePage, type NextStep } from "./pages/MessagePage";
import type { Page } from "./pages/Page";
import { ENDS, FAILURES, SENTENCES } from "./sentences";
import { Session } from "./Session";

declare global {
  interface Window {
    /** For tests, and for people who look for a fault. */
    crosspoint: { readonly call: Call | undefined; describe(): CallDescription | undefined };
  }
}

/** The call page: leads from the lobby into the call and out of it. */
export class App extends HTMLElement {
  readonly #service = new CallService("/api/v1");
  readonly #session = new Session(this.#service);
  readonly #devices = new BrowserDevices();
  #output = new AudioOutput();
  #sources = this.#newSources();
  #page: Page | undefined;
  #call: Call | undefined;

  connectedCallback(): void {
    this.#exposeState();
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("pointerdown", () => this.#wake());
    window.addEventListener("online", () => this.#call?.networkReturned());
    window.addEventListener("pagehide", () => this.#call?.leave());
    window.addEventListener("popstate", () => location.reload());
    if (canCall()) {
      this.#showLobby();
    } else {
      this.#show(new MessagePage("Calls do not work here", FAILURES.UNSUPPORTED_BROWSER, []));
    }
  }

  #showLobby(): void {
    const callId = callOfAddress();
    this.#show(new LobbyPage({
      sources: this.#sources,
      devices: this.#devices,
      output: this.#output,
      displayName: this.#session.displayName,
      callId,
      callName: this.#nameOf(callId),
      join: (displayName, callName) => this.#join(displayName, callId, callName),
    }));
  }

  /** The name of a call can be asked for only by somebody who is known already. */
  async #nameOf(callId: string | undefined): Promise<string | undefined> {
    const bearer = this.#session.known;
    if (callId === undefined || bearer === undefined) {
      return undefined;
    }
    return this.#service.findCall(bearer, callId).then(({ name }) => name, (error: unknown) => {
      if (error instanceof CallFailure && error.code === "CALL_NOT_FOUND") {
        this.#showFailure(error);
      }
      return undefined;
    });
  }

  async #join(displayName: string, knownCallId: string | undefined, callName: string): Promise<void> {
    this.#wake();
    this.#session.displayName = displayName;
    const callId = knownCallId ?? (await this.#session.with((bearer) => this.#service.createCall(bearer, callName))).callId;
    const token = async (): Promise<string> =>
      (await this.#session.with((bearer) => this.#service.callToken(bearer, callId))).token;
    let first: string | undefined = await token();
    history.replaceState(null, "", `/c/${encodeURIComponent(callId)}`);
    const call = new Call({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/signaling`,
      displayName,
      token: async () => {
        const fresh = first ?? (await token());
        first = undefined;
        return fresh;
      },
      sources: this.#sources,
      output: this.#output,
    });
    this.#call = call;
    call.events.on("changed", (state) => this.#callChanged(state));
    this.#show(new CallPage({ call, devices: this.#devices, output: this.#output, displayName, leave: () => this.#leave() }));
    call.join();
  }

  #callChanged(state: CallState): void {
    if (state.callName !== "") {
      document.title = `${state.callName} – Crosspoint`;
    }
    if (state.refused !== undefined) {
      this.#showFailure(state.refused);
    } else if (state.ended === "REMOVED") {
      this.#end(new MessagePage("You cannot stay", ENDS.REMOVED, []));
    } else if (state.ended !== undefined) {
      const over = state.ended !== "REPLACED_BY_OTHER_SESSION" && state.ended !== "SERVER_STOPPING";
      const steps = over ? [newCall] : [this.#rejoin(), newCall];
      this.#end(new MessagePage("The call has ended", ENDS[state.ended], steps));
    }
  }

  #showFailure(failure: CallFailure): void {
    const canRetry = !["CALL_NOT_FOUND", "CALL_ENDED"].includes(failure.code);
    const steps = failure.code === "BANNED" ? [] : canRetry ? [this.#rejoin(), newCall] : [newCall];
    this.#end(new MessagePage(titleOf(failure), FAILURES[failure.code], steps));
  }

  #leave(): void {
    this.#call?.leave();
    this.#end(new MessagePage("Goodbye", SENTENCES.left, [this.#rejoin(), newCall]));
  }

  #end(page: Page): void {
    this.#call = undefined;
    this.#show(page);
    this.#sources.stop();
    void this.#output.close();
  }

  #rejoin(): NextStep {
    return {
      label: "Join again",
      act: () => {
        this.#output = new AudioOutput();
        this.#sources = this.#newSources();
        this.#showLobby();
      },
    };
  }

  #newSources(): LocalSources {
    return new LocalSources(this.#devices, newSourceId);
  }

  #show(page: Page): void {
    const before = this.#page;
    this.#page = page;
    this.replaceChildren(page.element);
    before?.closed();
    document.title = `${page.title} – Crosspoint`;
    page.opened();
  }

  #pressed(event: KeyboardEvent): void {
    this.#wake();
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if ((typing && event.key !== "Escape") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
      return;
    }
    if (this.#page?.pressed(event.key.length === 1 ? event.key.toLowerCase() : event.key) === true) {
      event.preventDefault();
    }
  }

  #wake(): void {
    // Refused while there has been no gesture; the next one tries again.
    this.#output.wake().catch(() => undefined);
  }

  #exposeState(): void {
    const call = (): Call | undefined => this.#call;
    window.crosspoint = {
      get call() {
        return call();
      },
      describe: () => this.#call && describeCall(this.#call),
    };
  }
}

const newCall: NextStep = { label: "Start a new call", act: () => location.assign("/") };

function callOfAddress(): string | undefined {
  const match = /^\/c\/([^/]+)\/?$/.exec(location.pathname);
  return match?.[1] && decodeURIComponent(match[1]);
}

function newSourceId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
}

function titleOf(failure: CallFailure): string {
  switch (failure.code) {
    case "CALL_NOT_FOUND":
      return "Call not found";
    case "CALL_FULL":
      return "The call is full";
    case "CALL_ENDED":
      return "The call is over";
    case "BANNED":
    case "FORBIDDEN":
    case "UNAUTHORIZED":
      return "You cannot join";
    default:
      return "That did not work";
  }
}
