import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { instantAt } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import type { Entry } from "../../campaign/entry.ts";
import type { FaultCount } from "../../playground/faults.ts";
import { type LocalDingTalk, startLocalDingTalk } from "../../playground/local-dingtalk.ts";
import { peopleOf } from "../../playground/people.ts";
import { openStore } from "../../store/prisma-store.ts";
import { askBeside } from "../beside.ts";
import { seeded } from "../random.ts";
import { type AckTimes, ackLimitMs, undisturbedAcks } from "./acks.ts";
import { Bots, type Death } from "./bots.ts";
import { chaosCampaign, reminderAt, reminderOn } from "./campaign.ts";
import { Crowd } from "./crowd.ts";
import { chaosPlan } from "./fault-plan.ts";
import { judge, type Verdict } from "./oracle.ts";
import { settle, settleTiming, type Unsettled } from "./settle.ts";

export interface ChaosOptions {
  database: "sqlite" | "postgresql";
  /** An empty database; of SQLite a file in a folder of this run when not given. */
  databaseUrl?: string;
  replicas: number;
  messages: number;
  units: number;
  seed: number;
  logLevel?: string;
  onProgress?: (done: number, deaths: number) => void;
}

export interface ChaosResult {
  verdict: Verdict;
  faults: readonly FaultCount[];
  deaths: readonly Death[];
  seconds: number;
  /** From being asked to stop, under load, to its end. */
  slowestStopMs: number;
  acks: AckTimes;
}

/**
 * Messages on their way at once, at most: people do not wait for one another. More would only queue where two processors
 * run the bots, their database and DingTalk; `npm run bench -- acks` has a crowd.
 */
const inFlight = 20;
/** Of messages, how many are followed by a `kill -9` at a random moment, and by a polite request to stop. */
const killShare = 0.002;
const retireShare = 0.001;
const tickEveryMs = 500;
const beforeReminderMs = 15_000;
/** Who is asked to stop has so long. */
const stopLimitMs = 10_000;
const manager = "demo-manager-1";

/** The local DingTalk in a hurry, and without limits that would only slow the day down. */
const hasty = {
  // No ack is late before: a push that repeats what is still being taken would only be more to take.
  redeliverAfterMs: ackLimitMs,
  // On a machine with too much to do an ack may take minutes: how long is too long is for `settle` to say.
  maxPushes: Number.POSITIVE_INFINITY,
  keepsUndelivered: true,
  pingEveryMs: 500,
  disconnectGraceMs: 500,
  delayedPushMs: 300,
  slowAnswerMs: 300,
  qpsPerApi: 100_000,
  monthlyQuota: { apiCalls: 10_000_000, streamMessages: 10_000_000 },
};

/** People talk to the bot while everything between them breaks, and the bot is killed again and again; then all is counted. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const startedAt = Date.now();
  const random = seeded(options.seed);
  const campaign = await chaosCampaign(options.units);
  const folder = await mkdtemp(join(tmpdir(), "anyue-chaos-"));
  const databaseUrl = options.databaseUrl ?? `file:${folder}/bot.db`;
  // A little before the reminder falls due.
  const beginsAt = instantAt(reminderOn, reminderAt, campaign).getTime() - beforeReminderMs;
  const now = () => new Date(beginsAt + Date.now() - startedAt);
  const app = { clientId: "chaos", clientSecret: "chaos-secret" };
  const dingtalk = await startLocalDingTalk({ ...app, ...hasty, ...peopleOf(campaign, [manager]), now, random });
  const { units, logLevel = "silent" } = options;
  const order = { units, manager, baseUrl: dingtalk.baseUrl, databaseUrl, dataDir: folder, logLevel };
  const longestLife = Math.min(60, Math.max(4, Math.round(options.messages / 20)));
  const bots = new Bots({ count: options.replicas, order, now, random, longestLife });
  const ticking = setInterval(() => bots.tick(), tickEveryMs);
  try {
    await bots.ready();
    const crowd = new Crowd(dingtalk, campaign);
    await crowd.nominate(manager, now);
    const stage = { dingtalk, bots, crowd, random };
    await misbehave(stage, options);
    const isReminded = () => now().getTime() > beginsAt + beforeReminderMs + 4 * tickEveryMs;
    dingtalk.faults.follow({});
    bots.disarm();
    await settle(unsettledOf(stage, { isReminded, databaseUrl }), settleTiming);
    clearInterval(ticking);
    await bots.stop();
    if (bots.problem !== null) throw new Error(bots.problem);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const entries = await recordedEntries(databaseUrl, campaign);
    // On a slow machine the first reminder may fall due before all are liaisons.
    const inTime = crowd.welcomed.filter((it) => it.at.getTime() < beginsAt + beforeReminderMs);
    const reminded = inTime.map((it) => it.staffId);
    return { ...judged({ dingtalk, bots, crowd }, { entries, reminded }), seconds };
  } finally {
    clearInterval(ticking);
    bots.kill();
    await dingtalk.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stage {
  dingtalk: LocalDingTalk;
  bots: Bots;
  crowd: Crowd;
  random: ReturnType<typeof seeded>;
}

/** All messages are said, while everything goes wrong. */
async function misbehave({ dingtalk, bots, crowd, random }: Stage, options: ChaosOptions): Promise<void> {
  dingtalk.faults.follow(chaosPlan);
  bots.arm();
  for (let said = 0; said < options.messages; ) {
    if (bots.problem !== null) throw new Error(bots.problem);
    if (unacknowledged(dingtalk, crowd) >= inFlight) {
      await pause(5);
      continue;
    }
    crowd.speak(random);
    said += 1;
    if (random.chance(killShare)) bots.killOne();
    if (random.chance(retireShare)) bots.retireOne();
    options.onProgress?.(said, bots.deaths.length);
    await pause(0);
  }
}

function unacknowledged(dingtalk: LocalDingTalk, crowd: Crowd): number {
  const latest = crowd.reports.slice(-inFlight * 2);
  return latest.filter((it) => dingtalk.deliveryOf(it.msgId)?.state !== "acked").length;
}

/** Nothing goes wrong any more: what is still to be seen. */
function unsettledOf(
  { dingtalk, bots, crowd }: Stage,
  given: { isReminded: () => boolean; databaseUrl: string },
): Unsettled {
  const isOpen = ({ msgId }: { msgId: string }) => dingtalk.deliveryOf(msgId)?.state !== "acked";
  return {
    quiet: () => dingtalk.quiet(),
    unacknowledged: () => crowd.reports.filter(isOpen).length,
    isReminded: given.isReminded,
    waiting: () => waitingMessages(given.databaseUrl),
    check() {
      if (bots.problem !== null) throw new Error(bots.problem);
    },
  };
}

async function waitingMessages(databaseUrl: string): Promise<{ problem: string; count: number }[]> {
  const counting = `SELECT problem, COUNT(*) FROM "OutboxMessage" WHERE status = 'waiting' GROUP BY problem`;
  const rows = await askBeside(databaseUrl, counting);
  return rows.map(([problem, count]) => ({ problem: String(problem ?? "未发过"), count: Number(count) }));
}

function judged(
  { dingtalk, bots, crowd }: Omit<Stage, "random">,
  { entries, reminded }: { entries: Entry[]; reminded: string[] },
): Omit<ChaosResult, "seconds"> {
  const { said, received, faults } = dingtalk.ledger;
  const { deaths, slowestStopMs } = bots;
  const verdict = judge({ reports: crowd.reports, ledger: { said, received }, entries, deaths, reminded });
  if (slowestStopMs > stopLimitMs) verdict.faults.push(`took ${slowestStopMs} ms to stop`);
  return { verdict, faults, deaths, slowestStopMs, acks: undisturbedAcks(said, bots.outages) };
}

/** Read by a program of its own, after all others have stopped. */
async function recordedEntries(databaseUrl: string, campaign: Campaign) {
  const store = await openStore({ databaseUrl, campaign, managers: [] });
  try {
    return (await store.records()).flatMap((it) => it.entries);
  } finally {
    await store.close();
  }
}
