import { describe, expect, it } from "vitest";
import { CallService } from "../src/sdk/CallService";

const answering = (status: number, body: string) => new CallService("/api/v1", async () => new Response(body, { status }));

describe("a refusal", () => {
  it("passes when a server that starts knows no address yet", async () => {
    const asked = answering(404, "Context Root Not Found").callToken("bearer", "call");
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("is final when the door says that there is no such call", async () => {
    const asked = answering(404, '{"code": "CALL_NOT_FOUND"}').callToken("bearer", "call");
    await expect(asked).rejects.toMatchObject({ code: "CALL_NOT_FOUND" });
  });
});
