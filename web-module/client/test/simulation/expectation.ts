import type { TopologyMode } from "../../src/sdk/contract";
import type { MediaWatch } from "./MediaWatch";
import type { SimulatedPerson } from "./SimulatedPerson";

/** Up to how many people the policy keeps on direct paths. */
const MESH_SIZE = 2;
/** Up to how many people talk directly when one of them cannot reach the SFU. */
const FALLBACK_SIZE = 3;

/** Ids of two participants. */
export type Pair = readonly string[];

/** What the policy must lead to. */
export interface Expectation {
  readonly modes: readonly TopologyMode[];
  /** Who may be kept waiting for as long as they do not reach the SFU. */
  mayWait(person: SimulatedPerson): boolean;
}

/**
 * What a call should come to.
 *
 * @param deadPairs between whom a direct path has failed: whether it is tried again depends on what else there is
 * @param forgivenPairs who may have tried again since, because a move was rolled back or the path was made once more: they stay together if it worked
 */
export function expectation(
  people: readonly SimulatedPerson[],
  deadPairs: readonly Pair[],
  forgivenPairs: readonly Pair[],
): Expectation {
  const ids = new Set(people.map(({ id }) => id));
  const among = (pairs: readonly Pair[]): boolean => pairs.some((pair) => pair.every((id) => ids.has(id)));
  const dead = among(deadPairs);
  const forgiven = among(forgivenPairs);
  const crowd = people.length > FALLBACK_SIZE || dead || forgiven;
  const allowed = together(people) && forgiven && !dead ? ["DIRECT", "SFU"] as const : modes(people, dead);
  return { modes: allowed, mayWait: (person) => !person.reachesSfu && crowd };
}

function together(people: readonly SimulatedPerson[]): boolean {
  return people.length <= MESH_SIZE;
}

function modes(people: readonly SimulatedPerson[], dead: boolean): readonly TopologyMode[] {
  const cutOff = people.filter(({ reachesSfu }) => !reachesSfu);
  if (together(people) && !dead) {
    return ["DIRECT"];
  }
  if (cutOff.length === 0) {
    return ["SFU"];
  }
  const inside = cutOff.filter(({ call }) => call.state.status === "ADMITTED");
  if (dead || people.length <= FALLBACK_SIZE) {
    return ["DIRECT", "HYBRID", "SFU"];
  }
  return inside.length === 0 ? ["SFU"] : ["HYBRID"];
}

/** What is not as it should be in a call in which nothing happens any more; empty when all is well. */
export function shortcomings(people: readonly SimulatedPerson[], expected: Expectation, media: MediaWatch): string[] {
  const inside = people.filter((person) => !waitsRightly(person, expected));
  return [
    ...people.flatMap((person) => ofRoster(person, people)),
    ...inside.flatMap((person) => [...ofCall(person, inside, expected), ...ofMedia(person, inside, media)]),
  ];
}

function waitsRightly(person: SimulatedPerson, expected: Expectation): boolean {
  const { status, waitReason } = person.call.state;
  return status === "QUEUED" && waitReason === "SFU_UNREACHABLE" && expected.mayWait(person);
}

function ofRoster(person: SimulatedPerson, people: readonly SimulatedPerson[]): string[] {
  const { state, roster, transitions } = person.call;
  const statuses = new Map(people.map(({ id, call }) => [id, call.state.status]));
  return unmet(person, {
    "is connected": state.connection === "JOINED",
    "is told of no transition": state.transition === undefined && transitions.step === undefined,
    "knows who is here": sameItems(roster.others.map(({ participantId }) => participantId), people.filter((one) => one !== person).map(({ id }) => id)),
    "knows how far everybody is": roster.others.every(({ participantId, status }) => statuses.get(participantId) === status),
  });
}

function ofCall(person: SimulatedPerson, inside: readonly SimulatedPerson[], { modes: allowed }: Expectation): string[] {
  const { state, paths } = person.call;
  const direct = inside.filter((other) => other !== person && (isDirect(other) || isDirect(person)));
  const wanted = [...direct.map(() => "DIRECT"), ...(isDirect(person) ? [] : ["SFU"])];
  return unmet(person, {
    "is admitted": state.status === "ADMITTED" && state.queuePosition === undefined,
    [`is told ${allowed.join(" or ")}`]: allowed.includes(state.mode),
    "is told what everybody is told": inside.every(({ call }) => call.state.mode === state.mode),
    "has the right paths, all in force":
      paths.all.every(({ committed, former }) => committed && !former) && sameItems(paths.all.map(({ path }) => path.kind), wanted),
  });
}

/** Whether somebody does not use the router. */
function isDirect({ call }: SimulatedPerson): boolean {
  return call.state.mode === "DIRECT" || (call.state.mode === "HYBRID" && call.paths.all.every(({ path }) => path.kind === "DIRECT"));
}

function unmet(person: SimulatedPerson, demands: Record<string, boolean>): string[] {
  return Object.entries(demands).filter(([, met]) => !met).map(([demand]) => `not so: ${person.name} ${demand}`);
}

function ofMedia(person: SimulatedPerson, inside: readonly SimulatedPerson[], media: MediaWatch): string[] {
  return inside.filter((other) => other !== person).flatMap((other) => media.lacking(person, other));
}

function sameItems(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}
