import { h } from "../dom";
import type { TransitionView } from "./TransitionService";
import { nameOf, OUTCOMES, PHASE_NAMES, span, TROUBLES } from "./words";

/** A mark nearer than this to the end would hang over. */
const LAST_PLACE = 0.985;

/**
 * Phases and people over time, as a picture. Hidden from screen readers: the list of events below it says the same in words.
 */
export function timeline(transition: TransitionView): HTMLElement {
  const start = Date.parse(transition.startedAt);
  const times = [
    ...transition.steps.map(({ at }) => at),
    ...transition.participants.flatMap(({ outcomes }) => outcomes.map(({ at }) => at)),
  ].map((at) => Date.parse(at) - start);
  const length = Math.max(...times, 1);
  const place = (at: string): number => Math.max(0, (Date.parse(at) - start) / length);

  const phases = transition.steps.slice(0, -1).map((step, index) => {
    const [from, to] = [place(step.at), place(transition.steps[index + 1]?.at ?? step.at)];
    const bar = h("span", { class: "phase", "data-phase": step.phase, title: `${PHASE_NAMES[step.phase]}: ${span((to - from) * length)}` },
      to - from > 0.12 && PHASE_NAMES[step.phase]);
    bar.style.setProperty("--from", String(from));
    bar.style.setProperty("--width", String(to - from));
    return bar;
  });
  const lanes = transition.participants.filter(({ outcomes }) => outcomes.length > 0).map((one) => {
    const name = nameOf(one.displayName, one.participantId);
    const marks = one.outcomes.map(({ outcome, at }) => {
      const mark = h("span", {
        class: "mark", "data-outcome": TROUBLES.includes(outcome) ? "TROUBLE" : outcome,
        title: `${name} ${OUTCOMES[outcome]}, +${span(place(at) * length)}`,
      });
      mark.style.setProperty("--from", String(Math.min(place(at), LAST_PLACE)));
      return mark;
    });
    return lane(name, marks);
  });
  return h("div", { class: "timeline", "aria-hidden": "true" },
    lane("Phase", phases), ...lanes,
    h("div", { class: "scale" }, h("span", {}, "0"), h("span", {}, span(length))),
    h("p", { class: "legend" },
      h("span", { class: "mark", "data-outcome": "READY" }), " ready ",
      h("span", { class: "mark", "data-outcome": "SWITCHED" }), " switched ",
      h("span", { class: "mark", "data-outcome": "TROUBLE" }), " trouble"));
}

function lane(name: string, content: readonly HTMLElement[]): HTMLElement {
  return h("div", { class: "lane" }, h("span", { class: "lane-name" }, name), h("span", { class: "lane-time" }, ...content));
}
