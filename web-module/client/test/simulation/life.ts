import type { Clock } from "../../src/sdk/clock";
import type { SimulatedCall } from "./SimulatedCall";
import type { SimulatedPerson } from "./SimulatedPerson";

const MOST_PEOPLE = 5;
const LOOK_MS = 25;

/** Lets people do what people do in calls, until told to stop; every call between few and many people again and again. */
export async function live(call: SimulatedCall, clock: Clock, graceMs: number, enough: () => boolean): Promise<void> {
  await call.join();
  await call.join();
  for (let many = true; !enough(); many = !many) {
    await settled(call, clock, enough);
    for (const happens of changes(call, many, graceMs)) {
      await happens();
      await pause(call, clock, call.random.chance(0.3) ? 0 : call.random.between(0, 800));
    }
  }
  await settled(call, clock, () => false);
}

/** Waits until all is well, and watches that it becomes so. */
async function settled(call: SimulatedCall, clock: Clock, enough: () => boolean): Promise<void> {
  while (!call.settled && !enough()) {
    await pause(call, clock, LOOK_MS);
  }
}

async function pause(call: SimulatedCall, clock: Clock, ms: number): Promise<void> {
  const end = clock.now() + ms;
  do {
    await new Promise<void>((resolve) => clock.after(Math.min(LOOK_MS, Math.max(0, end - clock.now())), resolve));
    call.look();
  } while (clock.now() < end);
}

type Change = () => void | Promise<void>;

/** What happens next, in order: some come or go, and other things between them. */
function changes(call: SimulatedCall, many: boolean, graceMs: number): Change[] {
  const { random } = call;
  const target = many ? random.integer(3, MOST_PEOPLE) : random.integer(1, 2);
  const steps = Math.abs(target - call.people.length);
  const moves: Change[] = Array.from({ length: steps }, () => (many ? () => call.join() : () => depart(call)));
  if (random.chance(0.15)) {
    moves.push(() => (many ? depart(call) : call.join()), () => (many ? call.join() : depart(call)));
  }
  const others = Array.from({ length: random.integer(0, 2) }, () => () => occurrence(call, graceMs));
  return random.shuffled([...moves, ...others]);
}

function depart(call: SimulatedCall): void {
  const person = call.random.pick(call.people);
  if (person === undefined || call.people.length === 1) {
    return;
  }
  if (call.random.chance(0.15)) {
    call.vanish(person);
  } else {
    call.leave(person);
  }
}

/** Something that happens to somebody who stays. */
function occurrence(call: SimulatedCall, graceMs: number): void | Promise<void> {
  const { random } = call;
  const person = random.pick(call.people);
  if (person === undefined) {
    return;
  }
  const what: ((person: SimulatedPerson) => void | Promise<void>)[] = [
    (one) => call.toggle(one, "MICROPHONE"),
    (one) => call.toggle(one, "CAMERA"),
    (one) => call.toggleScreen(one),
    (one) => call.hide(one),
    (one) => cut(call, one, graceMs),
    (one) => breakPath(call, one),
  ];
  return random.pick(what)?.(person);
}

function cut(call: SimulatedCall, person: SimulatedPerson, graceMs: number): void {
  if (person.line.down) {
    return;
  }
  const { random } = call;
  const forgotten = random.chance(0.15);
  const ms = forgotten ? random.between(graceMs + 500, graceMs + 2_000) : random.between(50, graceMs / 3);
  call.cut(person, forgotten || random.chance(0.6), ms);
}

function breakPath(call: SimulatedCall, person: SimulatedPerson): void {
  const path = call.random.pick(person.paths.filter(({ up }) => up));
  if (path !== undefined) {
    call.break(path, call.random.chance(0.3));
  }
}
