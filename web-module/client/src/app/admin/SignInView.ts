import { h } from "../dom";
import type { View } from "./AdminApp";

/** Takes an administrator's token. */
export class SignInView implements View {
  readonly element: HTMLElement;
  readonly heading = h("h1", { tabIndex: -1 }, "Sign in");
  readonly title = "Sign in";

  constructor(enter: (token: string) => void, problem = "") {
    const token = h("input", {
      id: "token", type: "password", required: true, autocomplete: "off", spellcheck: false, "aria-describedby": "token-help",
    });
    this.element = h("form",
      {
        class: "sign-in",
        onSubmit: (event: Event) => {
          event.preventDefault();
          enter(token.value.trim());
        },
      },
      this.heading,
      h("p", { class: "lead" }, "This page is for those who operate this server."),
      problem !== "" && h("p", { class: "problem", role: "alert" }, problem),
      h("div", { class: "field" }, h("label", { for: "token" }, "Administrator’s token"), token),
      h("p", { class: "hint", id: "token-help" },
        "A token that your identity provider issued, with “admin” among its groups. It is kept until this tab closes. " +
        "Where the server was started for trying out, the start printed a link that signs in."),
      h("button", { type: "submit", class: "primary" }, "Sign in"),
    );
  }
}
