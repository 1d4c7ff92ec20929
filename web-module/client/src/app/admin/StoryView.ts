import { h } from "../dom";
import type { View } from "./AdminApp";
import { timeline } from "./timeline";
import type { ParticipantPart, TransitionService, TransitionStory, TransitionView } from "./TransitionService";
import { MODES, moment, nameOf, OUTCOMES, PHASES, REASONS, RESULTS, severity, span, TROUBLES } from "./words";

export interface StoryParts {
  readonly service: TransitionService;
  readonly signal: AbortSignal;
  readonly callId: string;
  readonly transitionId: string;
  /** A request failed; answers what to tell. */
  readonly failed: (error: unknown) => string;
}

/** The story of one transition, in plain language. */
export class StoryView implements View {
  readonly heading = h("h1", { tabIndex: -1 }, "A switch");
  readonly title = "A switch";
  readonly #body = h("div", { class: "story" }, h("p", { class: "status", role: "status" }, "Loading…"));
  readonly element = h("div", { class: "admin-view" },
    h("a", { class: "back", href: "/admin" }, "← All switches"), this.heading, this.#body);

  constructor(parts: StoryParts) {
    void this.#load(parts);
  }

  async #load(parts: StoryParts): Promise<void> {
    try {
      this.#tell(await parts.service.story(parts.callId, parts.transitionId, parts.signal));
    } catch (error) {
      if (!parts.signal.aborted) {
        this.#body.replaceChildren(h("p", { class: "problem", role: "alert" }, parts.failed(error)));
      }
    }
  }

  #tell({ callId, callName, transition }: TransitionStory): void {
    this.heading.textContent = `${callName}: ${MODES[transition.from]} → ${MODES[transition.to]}`;
    this.#body.replaceChildren(
      h("p", { class: "lead" }, summary(transition)),
      facts(callId, transition),
      h("section", { "aria-labelledby": "course" }, h("h2", { id: "course" }, "What happened"), timeline(transition), events(transition)),
      h("section", { "aria-labelledby": "gaps" }, h("h2", { id: "gaps" }, "What people noticed"), gaps(transition)),
    );
  }
}

/** The whole in one or two sentences. */
function summary(transition: TransitionView): string {
  const tries = transition.attempt > 1 ? `, try ${transition.attempt}` : "";
  const why = `${REASONS[transition.reason]}${tries}. `;
  const troubled = transition.participants.filter(({ outcomes }) => outcomes.some(({ outcome }) => TROUBLES.includes(outcome)));
  const trouble = troubled.length === 0 ? "" : ` ${list(troubled.map(named))} had trouble.`;
  switch (transition.result) {
    case "COMMITTED":
      return `${why}The call switched${transition.commitMs === undefined ? "" : ` after ${span(transition.commitMs)}`}.${noticed(transition)}${trouble}`;
    case "ROLLED_BACK":
      return transition.commitMs === undefined
        ? `${why}The call did not switch: it stayed on the old paths, which were never touched.${trouble}`
        : `${why}The call switched after ${span(transition.commitMs)} and went back to the old paths, which were still open.${trouble}`;
    case "RUNNING":
      return `${why}The switch is still running.${trouble}`;
  }
}

function noticed({ worstGapMs }: TransitionView): string {
  if (worstGapMs === undefined) {
    return " Nobody told what they noticed.";
  }
  switch (severity(worstGapMs)) {
    case "good":
      return ` Nobody could notice it: the longest gap was ${span(worstGapMs)}.`;
    case "warn":
      return ` Somebody may have noticed it: the longest gap was ${span(worstGapMs)}.`;
    case "bad":
      return ` It could be noticed: the longest gap was ${span(worstGapMs)}.`;
  }
}

function facts(callId: string, transition: TransitionView): HTMLElement {
  const entries: [string, Node | string][] = [
    ["Outcome", h("span", { class: "badge", "data-result": transition.result }, RESULTS[transition.result])],
    ["Began", moment(transition.startedAt)],
    ["Until the switch", transition.commitMs === undefined ? "–" : span(transition.commitMs)],
    ["Until the end", transition.finishedAt === undefined ? "–" : span(since(transition, transition.finishedAt))],
    ["Call", h("a", { href: `/admin?${new URLSearchParams({ callId })}` }, callId)],
    ["Switch", transition.transitionId],
  ];
  return h("dl", { class: "facts" }, ...entries.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

/** Phases and outcomes in the order in which they came, as sentences. */
function events(transition: TransitionView): HTMLElement {
  const phases = transition.steps.map(({ phase, at, detail }) => ({ at, text: PHASES[phase], detail, kind: "phase" }));
  const outcomes = transition.participants.flatMap((one) =>
    one.outcomes.map(({ outcome, at, detail }) =>
      ({ at, text: `${named(one)} ${OUTCOMES[outcome]}`, detail, kind: TROUBLES.includes(outcome) ? "trouble" : "outcome" })));
  const all = [...phases, ...outcomes].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return h("ol", { class: "events" }, ...all.map(({ at, text, detail, kind }) =>
    h("li", { "data-kind": kind },
      h("time", { dateTime: at, title: moment(at) }, `+${span(since(transition, at))}`),
      h("span", {}, text, detail !== "" && h("span", { class: "soft" }, ` – ${detail}`)))));
}

function gaps(transition: TransitionView): HTMLElement {
  const receivers = transition.participants.filter(({ gaps: noted }) => noted.length > 0);
  if (receivers.length === 0) {
    return h("p", { class: "soft" }, "Nobody told what they noticed of this switch.");
  }
  const longest = Math.max(...receivers.map(({ worstGapMs }) => worstGapMs ?? 0), 1);
  return h("ul", { class: "receivers" }, ...receivers.map((one) => receiver(one, longest)));
}

function receiver(one: ParticipantPart, longest: number): HTMLElement {
  const worst = one.worstGapMs ?? 0;
  const bar = h("span", { class: "bar", "data-severity": severity(worst), "aria-hidden": "true" });
  bar.style.setProperty("--share", String(worst / longest));
  return h("li", {},
    h("details", {},
      h("summary", {}, h("span", { class: "receiver-name" }, named(one)), bar,
        h("span", { class: "measure", "data-severity": severity(worst) }, `${span(worst)} at worst`)),
      h("table", {},
        h("caption", { class: "unseen" }, `What ${named(one)} noticed of each source`),
        h("thead", {}, h("tr", {}, ...["From", "Source", "Longest gap"].map((column) => h("th", { scope: "col" }, column)))),
        h("tbody", {}, ...one.gaps.map((gap) => h("tr", {},
          h("td", { "data-column": "From" }, nameOf(gap.senderName, gap.senderId)),
          h("td", { "data-column": "Source" }, gap.sourceId),
          h("td", { "data-column": "Longest gap" }, h("span", { class: "measure", "data-severity": severity(gap.gapMs) }, span(gap.gapMs)))))))));
}

function since({ startedAt }: TransitionView, time: string): number {
  return Math.max(0, Date.parse(time) - Date.parse(startedAt));
}

function named({ displayName, participantId }: ParticipantPart): string {
  return nameOf(displayName, participantId);
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
