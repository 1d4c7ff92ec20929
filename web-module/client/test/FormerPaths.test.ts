import { expect, test } from "vitest";
import type { Participant } from "../src/sdk/contract";
import { Roster } from "../src/sdk/Roster";

const person = (participantId: string): Participant => ({ participantId, displayName: participantId, status: "ADMITTED", sources: [] });
const ids = (roster: Roster): string[] => roster.others.map(({ participantId }) => participantId);

test("who is still seen on a path of the former session stays on the page until the server knows them again", () => {
  const roster = new Roster();
  roster.begin("ann", [person("ann"), person("bob"), person("cid")], new Set());

  roster.begin("ann", [person("ann")], new Set(["bob"]));
  expect(ids(roster)).toEqual(["bob"]);
  expect(roster.absent).toEqual(["bob"]);

  roster.put(person("bob"));
  expect(roster.absent).toEqual([]);
  expect(ids(roster)).toEqual(["bob"]);
});
