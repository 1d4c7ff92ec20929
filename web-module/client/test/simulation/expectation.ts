import type { TopologyMode, Transition } from "../../src/sdk/contract";
import type { MediaWatch } from "./MediaWatch";
import type { SimulatedPerson } from "./SimulatedPerson";

/** Up to how many people the policy keeps on direct paths. */
const MESH_SIZE = 2;

/** The topology that a call should have. */
export function expectedMode(people: readonly SimulatedPerson[], deadPairs: readonly (readonly string[])[]): TopologyMode {
  const ids = new Set(people.map(({ id }) => id));
  const dead = deadPairs.some((pair) => pair.every((id) => ids.has(id)));
  return people.length <= MESH_SIZE && !dead ? "DIRECT" : "SFU";
}

/** What is not as it should be in a call in which nothing happens any more; empty when all is well. */
export function shortcomings(people: readonly SimulatedPerson[], mode: TopologyMode, media: MediaWatch): string[] {
  return people.flatMap((person) => [...ofCall(person, people, mode), ...ofMedia(person, people, media)]);
}

function ofCall(person: SimulatedPerson, people: readonly SimulatedPerson[], mode: TopologyMode): string[] {
  const { state, roster, transitions, paths } = person.call;
  const others = people.filter((other) => other !== person).map(({ id }) => id);
  const pathCount = mode === "SFU" ? 1 : others.length;
  const demands: Record<string, boolean> = {
    "is connected": state.connection === "JOINED",
    "is admitted": state.status === "ADMITTED" && state.queuePosition === undefined,
    [`is told ${mode}`]: state.mode === mode,
    "is told of no transition": !underWay(state.transition) && transitions.step === undefined,
    "knows who is here": sameItems(roster.others.map(({ participantId }) => participantId), others),
    "knows that everybody is admitted": roster.others.every(({ status }) => status === "ADMITTED"),
    [`has ${pathCount} path(s), all ${mode} and in force`]:
      paths.all.length === pathCount && paths.all.every(({ path, committed }) => committed && path.kind === mode),
  };
  return Object.entries(demands).filter(([, met]) => !met).map(([demand]) => `not so: ${person.name} ${demand}`);
}

/** A retry that is not needed any more is called off without a word. */
function underWay(transition: Transition | undefined): boolean {
  return transition !== undefined && transition.phase !== "ROLLED_BACK";
}

function ofMedia(person: SimulatedPerson, people: readonly SimulatedPerson[], media: MediaWatch): string[] {
  return people.filter((other) => other !== person).flatMap((other) => media.lacking(person, other));
}

function sameItems(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}
