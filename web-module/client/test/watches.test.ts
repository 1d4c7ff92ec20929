import { beforeEach, describe, expect, test } from "vitest";
import type { Transition, TransitionPhase } from "../src/sdk/contract";
import { Figures } from "./simulation/figures";
import { MediaWatch } from "./simulation/MediaWatch";
import type { SimulatedPath } from "./simulation/SimulatedPath";
import type { SimulatedPerson } from "./simulation/SimulatedPerson";
import { Story } from "./simulation/Story";
import { TransitionWatch } from "./simulation/TransitionWatch";
import { FakeClock } from "./support/FakeClock";

/** Those who watch simulated calls see what goes wrong. */
describe("those who watch", () => {
  let figures: Figures;
  let story: Story;
  let transitions: TransitionWatch;

  beforeEach(() => {
    figures = new Figures();
    story = new Story(new FakeClock(), "Call");
    transitions = new TransitionWatch(figures, story);
  });

  describe("transitions", () => {
    function heard(transitionId: string, phase: TransitionPhase, told: string, present = ["ann", "bob"]): void {
      const transition = { transitionId, phase, from: "DIRECT", to: "SFU", reason: "PARTICIPANT_JOINED", attempt: 1 } as Transition;
      transitions.heard(transition, told, present, 0);
    }

    test("find one that never ended, although who was there hears of the next", () => {
      heard("t1", "CONNECTING", "ann");
      heard("t2", "REQUESTED", "bob");
      expect(() => transitions.look(["ann", "bob"], 100)).toThrow(/t1 had not ended: CONNECTING/);
      expect(figures.counts.stuck).toBe(1);
    });

    test("believe that one has ended of which only others would have heard", () => {
      heard("t1", "CONNECTING", "ann");
      heard("t2", "REQUESTED", "cid", ["ann", "bob", "cid"]);
      expect(() => transitions.look(["ann", "bob", "cid"], 100)).not.toThrow();
    });

    test("believe that one has ended while the witness had no session", () => {
      heard("t1", "CONNECTING", "ann");
      transitions.forgot("ann");
      heard("t2", "REQUESTED", "ann");
      expect(() => transitions.look(["ann", "bob"], 100)).not.toThrow();
    });

    test("find one that stays where it is", () => {
      heard("t1", "CONNECTING", "ann");
      expect(() => transitions.look(["ann"], 14_000)).not.toThrow();
      expect(() => transitions.look(["ann"], 16_000)).toThrow(/t1 is stuck/);
    });
  });

  describe("media", () => {
    const MICROPHONE = { sourceId: "mic", kind: "audio", role: "MICROPHONE", muted: false };
    let media: MediaWatch;
    let carries: boolean;
    let ann: SimulatedPerson;
    let bob: SimulatedPerson;
    const inForce = path("sfu-1");
    const coming = path("sfu-2");
    let committed: readonly SimulatedPath[];

    beforeEach(() => {
      media = new MediaWatch(figures, story, transitions);
      carries = true;
      committed = [inForce];
      ann = person("ann");
      bob = person("bob");
      look(0);
    });

    /** An end of Ann's. */
    function path(pathId: string): SimulatedPath {
      const end = { pathId, self: "ann", reaches: () => true, perceives: () => carries };
      return end as unknown as SimulatedPath;
    }

    function person(id: string): SimulatedPerson {
      const paths = { all: [inForce, coming].map((each) => ({ path: each, get committed() { return committed.includes(each); } })), carrying: () => [] };
      const roster = { byId: () => ({ status: "ADMITTED" }) };
      const call = { state: { status: "ADMITTED" }, roster, paths, renderers: { stage: () => ({ shownPath: inForce.pathId }) } };
      const one = { id, name: id, hidden: false, sources: { all: [MICROPHONE] }, paths: [inForce, coming], call };
      return one as unknown as SimulatedPerson;
    }

    function look(now: number): void {
      media.look([ann, bob], now);
    }

    test("excuse who lacks it when a path in force breaks", () => {
      media.broken(inForce, 50);
      carries = false;
      expect(() => look(2_000)).not.toThrow();
    });

    test("do not excuse that a path fails on which nobody depended", () => {
      media.broken(coming, 50);
      carries = false;
      expect(() => look(2_000)).toThrow(/no media for 2000 ms/);
    });

    test("excuse who lacks it when a path that had failed comes into force", () => {
      media.broken(coming, 50);
      committed = [coming];
      look(500);
      carries = false;
      expect(() => look(2_500)).not.toThrow();
    });
  });
});
