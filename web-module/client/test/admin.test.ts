import { describe, expect, it } from "vitest";
import { failureSentence, loadSentence, nameOf, severity, span } from "../src/app/admin/words";

describe("words of the administration page", () => {
  it("gives short spans in milliseconds and long ones in seconds", () => {
    expect(span(0)).toBe("0 ms");
    expect(span(33.4)).toBe("33 ms");
    expect(span(999.4)).toBe("999 ms");
    expect(span(1234)).toBe("1.23 s");
    expect(span(61_500)).toBe("61.5 s");
  });

  it("calls a gap bad only when everybody notices it", () => {
    expect([0, 50, 51, 200, 201].map(severity)).toEqual(["good", "good", "warn", "warn", "bad"]);
  });

  it("has a name for everybody", () => {
    expect(nameOf("Ann", "p1")).toBe("Ann");
    expect(nameOf(undefined, "p1")).toBe("participant p1");
  });

  it("says what a server gives up, and why", () => {
    expect(loadSentence({ limit: "NONE", newcomersLetIn: true, causes: [] })).toBe("Nothing is given up.");
    expect(loadSentence({ limit: "SCREENS_LOW", newcomersLetIn: false, causes: ["CPU", "MEMORY"] }))
      .toBe("Screens smallest, no new ones; newcomers wait; short of: CPU, memory.");
    expect(loadSentence({ limit: "NONE", newcomersLetIn: false, causes: [] }))
      .toBe("Full quality; newcomers wait; the load has gone, and everything returns if it stays so.");
  });

  it("tells in a sentence what went wrong, whatever it was", () => {
    for (const status of [0, 400, 404, 418, 500, 503]) {
      expect(failureSentence(status)).toMatch(/^[A-Z].*\.$/);
    }
  });
});
