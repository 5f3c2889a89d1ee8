import { MovableClock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import { createScheduler } from "../../src/scheduler/tick.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import { zhoushan } from "./campaign.ts";

/** A program of its own that only ticks: `DATABASE_URL`, then `FROM` and `TO` in ISO 8601, a tick for each minute between. */
const { DATABASE_URL: databaseUrl = "", FROM: from = "", TO: to = "" } = process.env;
const store = await openStore({ databaseUrl, campaign: zhoushan, managers: ["boss"] });
const clock = new MovableClock(new Date(from), { runs: false });
const scheduler = createScheduler({ store, clock, campaign: zhoushan, log: createLog("silent") });
process.stdout.write("ready\n");
for await (const _ of process.stdin) break;
for (let now = Date.parse(from); now <= Date.parse(to); now += 60_000) await scheduler.tick(new Date(now));
await scheduler.stop();
await store.close();
