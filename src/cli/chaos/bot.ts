import { z } from "zod";
import { startApp } from "../../app.ts";
import type { Checkpoint } from "../../checkpoint.ts";
import { MovableClock } from "../../clock.ts";
import { createLog } from "../../log.ts";
import { chaosCampaign } from "./campaign.ts";

/**
 * The bot of a chaos run: the program as it is, in a process of its own, which can be told to die at a named point of the
 * pipe. It ticks when its parent says so.
 */

const orderSchema = z.strictObject({
  units: z.number(),
  manager: z.string(),
  baseUrl: z.url(),
  databaseUrl: z.string(),
  dataDir: z.string(),
  logLevel: z.string(),
  /** Calendar time at some instant of real time; both run on alike. */
  calendarMs: z.number(),
  realMs: z.number(),
  /** The point at whose `afterPasses`-th passing the process dies; `null`: nowhere. */
  diesAt: z.string().nullable(),
  afterPasses: z.number(),
});

/** What a parent tells a bot to be. */
export type BotOrder = Omit<z.infer<typeof orderSchema>, "diesAt"> & { diesAt: Checkpoint | null };

/** Everything here is a matter of seconds, that there be much of it. */
const timing = { heartbeatMs: 500, firstBackoffMs: 100, longestBackoffMs: 1000 };

async function main(): Promise<void> {
  const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ""));
  const { baseUrl, databaseUrl, dataDir, manager } = order;
  const clock = new MovableClock(new Date(order.calendarMs + Date.now() - order.realMs), { runs: true });
  const credentials = { clientId: "chaos", clientSecret: "chaos-secret", robotCode: "chaos" };
  let passes = 0;
  const app = await startApp({
    campaign: await chaosCampaign(order.units),
    credentials: { ...credentials, apiBase: baseUrl, oapiBase: baseUrl },
    managers: [manager],
    databaseUrl,
    dataDir,
    clock,
    log: createLog(order.logLevel),
    hasCron: false,
    transport: { timing, callsPerSecond: 10_000, leaseMs: 2000 },
    watch(point) {
      if (point !== order.diesAt) return;
      passes += 1;
      if (passes >= order.afterPasses) process.kill(process.pid, "SIGKILL");
    },
  });
  process.on("message", () => void app.scheduler.tick().catch(() => {}));
  process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
  // Without a parent there is nobody to end it.
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}

await main();
