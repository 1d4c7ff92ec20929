import { CallService } from "../../src/sdk/CallService";
import { systemClock } from "../../src/sdk/clock";
import { Figures } from "./figures";
import { live } from "./life";
import { Pulse } from "./Pulse";
import { Random } from "./Random";
import { type CallParts, SimulatedCall } from "./SimulatedCall";

/** Time for the last to say goodbye. */
const GOODBYE_MS = 1_000;

export interface SimulationOptions {
  /** Address of the server, with a slash at its end. */
  readonly server: string;
  /** How many switches make it enough. */
  readonly switches: number;
  readonly calls: number;
  /** What people do follows from it; when exactly, also from the machine. */
  readonly seed: number;
  /** How long the server waits for somebody whose socket is gone, in milliseconds. */
  readonly graceMs: number;
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

/** Runs calls with the shipped client on simulated networks against a real server; answers whether all was well. */
export async function simulate(options: SimulationOptions): Promise<boolean> {
  const { server, switches, calls, seed, print } = options;
  print(`seed ${seed}: ${switches} switches in ${calls} calls at once`);
  const figures = new Figures();
  const random = new Random(seed);
  const pulse = new Pulse(systemClock, server);
  let failed = false;
  const enough = (): boolean => failed || figures.counts.switches >= switches;
  const began = systemClock.now();
  await Promise.all(
    Array.from({ length: calls }, async (_, number) => {
      const call = await newCall(options, { figures, pulse, random: random.fork() }, `Simulated ${number + 1}`);
      try {
        await live(call, systemClock, options.graceMs, enough);
      } catch (error) {
        failed = true;
        print(`${call.story}\nVIOLATION: ${error instanceof Error ? error.message : String(error)}\n`);
      }
      call.end();
    }),
  );
  await new Promise<void>((resolve) => systemClock.after(GOODBYE_MS, resolve));
  pulse.stop();
  print(`${figures}; ${Math.round((systemClock.now() - began) / 1_000)} s`);
  return !failed;
}

async function newCall(
  { server, graceMs }: SimulationOptions,
  parts: Pick<CallParts, "figures" | "pulse" | "random">,
  name: string,
): Promise<SimulatedCall> {
  const service = new CallService(new URL("api/v1", server).href);
  const { token: bearer } = await service.guestSession("Host");
  const { callId } = await service.createCall(bearer, name);
  const url = new URL("signaling", server.replace(/^http/, "ws")).href;
  return new SimulatedCall({ ...parts, callId, url, service, clock: systemClock, graceMs });
}
