import { h, setAttribute } from "../dom";
import { AdminRequests, RequestFailure } from "./AdminRequests";
import { BansView } from "./BansView";
import { ListView } from "./ListView";
import { SfuView } from "./SfuView";
import { SignInView } from "./SignInView";
import { StoryView } from "./StoryView";
import { TransitionService } from "./TransitionService";
import { failureSentence } from "./words";

/** Shared with the call page: an administrator's token is a person's token. Kept as long as the tab lives. */
const TOKEN = "crosspoint.token";

/** One of the page's views. Its heading takes the focus when the view is shown. */
export interface View {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly title: string;
}

/** Titles of the views that every page leads to, by address. */
const VIEWS = { "/admin": "Switches", "/admin?view=group-calls": "Group calls", "/admin?view=bans": "People kept out" };

/** The administration page: sign-in, the list of transitions, the story of one, the switch of the SFU, who is kept out. The address says which. */
export class AdminApp extends HTMLElement {
  readonly #place = h("main", { class: "admin-main", id: "content" });
  readonly #links = Object.entries(VIEWS).map(([href, name]) => h("a", { href }, name));
  readonly #nav = h("nav", { "aria-label": "Views" }, ...this.#links);
  readonly #signOut = h("button", { type: "button", class: "secondary", onClick: () => this.#leave() }, "Sign out");
  #request = new AbortController();

  connectedCallback(): void {
    this.#takeToken();
    this.replaceChildren(
      h("a", { class: "skip", href: "#content" }, "Skip to the content"),
      h("header", { class: "admin-header" }, h("a", { class: "brand", href: "/admin" }, "Crosspoint administration"), this.#nav, this.#signOut),
      this.#place,
    );
    this.addEventListener("click", (event) => this.#followed(event));
    window.addEventListener("popstate", () => this.#show(true));
    window.addEventListener("hashchange", () => this.#takeToken() && this.#show(true));
    this.#show(false);
  }

  /** A link with `#token=…` signs in; the token does not stay in the address. */
  #takeToken(): boolean {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (token !== null) {
      sessionStorage.setItem(TOKEN, token);
      history.replaceState(null, "", location.pathname + location.search);
    }
    return token !== null;
  }

  #followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link !== null && plain && link.pathname === location.pathname && link.hash === "") {
      event.preventDefault();
      this.#go(link.search);
    }
  }

  #go(search: string): void {
    history.pushState(null, "", location.pathname + search);
    this.#show(true);
  }

  #show(moved: boolean): void {
    this.#request.abort();
    this.#request = new AbortController();
    const token = sessionStorage.getItem(TOKEN);
    this.#signedIn(token !== null);
    if (token === null) {
      this.#open(new SignInView((entered) => this.#enter(entered)), moved);
      return;
    }
    const server = new AdminRequests(token);
    const service = new TransitionService(server);
    const query = new URLSearchParams(location.search);
    const [callId, transitionId] = [query.get("call"), query.get("transition")];
    const parts = { service, server, signal: this.#request.signal, failed: (error: unknown) => this.#failed(error) };
    if (query.get("view") === "group-calls") {
      this.#open(new SfuView(parts), moved);
    } else if (query.get("view") === "bans") {
      this.#open(new BansView(parts), moved);
    } else if (callId !== null && transitionId !== null) {
      this.#open(new StoryView({ ...parts, callId, transitionId }), moved);
    } else {
      this.#open(new ListView({ ...parts, query, filtered: (search) => history.replaceState(null, "", location.pathname + search) }), moved);
    }
  }

  #signedIn(signedIn: boolean): void {
    this.#signOut.hidden = !signedIn;
    this.#nav.hidden = !signedIn;
  }

  #open(view: View, moved: boolean): void {
    this.#links.forEach((link) => setAttribute(link, "aria-current", link.textContent === view.title && "page"));
    document.title = `${view.title} – Crosspoint`;
    this.#place.replaceChildren(view.element);
    if (moved) {
      view.heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  /** What to say when a request fails; without an administrator's token, back to the sign-in. */
  #failed(error: unknown): string {
    const status = error instanceof RequestFailure ? error.status : 500;
    if (status === 401 || status === 403) {
      sessionStorage.removeItem(TOKEN);
      this.#request.abort();
      this.#signedIn(false);
      this.#open(
        new SignInView(
          (entered) => this.#enter(entered),
          status === 401 ? "The token is not good, or no longer." : "This token is not an administrator’s.",
        ),
        true,
      );
    }
    return failureSentence(status);
  }

  #enter(token: string): void {
    sessionStorage.setItem(TOKEN, token);
    this.#show(true);
  }

  #leave(): void {
    sessionStorage.removeItem(TOKEN);
    this.#show(true);
  }
}
