import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { instantAt } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import { type LocalDingTalk, startLocalDingTalk } from "../../playground/local-dingtalk.ts";
import { peopleOf } from "../../playground/people.ts";
import { askBeside } from "../beside.ts";
import { undisturbedAcks } from "../chaos/acks.ts";
import { Bots } from "../chaos/bots.ts";
import { seeded } from "../random.ts";
import { sizedCampaign } from "../sized-campaign.ts";

export interface BurstOptions {
  database: "sqlite" | "postgresql";
  /** An empty database; of SQLite a file in a folder of this run when not given. */
  databaseUrl?: string;
  processes: number;
  /** How many write one line each, at one instant. */
  people: number;
}

/** From the instant at which all wrote. */
export interface BurstTimes {
  acked: number;
  medianAckMs: number;
  p99AckMs: number;
  slowestAckMs: number;
  answered: number;
  lastAnswerMs: number;
}

const manager = "demo-manager-1";
/** No limit but the processor: everything that competes with the acks does so as hard as it can. */
const unlimited = {
  redeliverAfterMs: 600_000,
  qpsPerApi: 100_000,
  monthlyQuota: { apiCalls: 10_000_000, streamMessages: 10_000_000 },
};

/** Everybody writes at one instant, to programs that have nothing else to do: how long until each is acknowledged and answered? */
export async function burstOf(options: BurstOptions): Promise<BurstTimes> {
  const campaign = await sizedCampaign(options.people);
  const folder = await mkdtemp(join(tmpdir(), "anyue-burst-"));
  const databaseUrl = options.databaseUrl ?? `file:${folder}/bot.db`;
  const startedAt = Date.now();
  const beginsAt = instantAt("2023-06-13", "09:00", campaign).getTime();
  const now = () => new Date(beginsAt + Date.now() - startedAt);
  const app = { clientId: "chaos", clientSecret: "chaos-secret" };
  const dingtalk = await startLocalDingTalk({ ...app, ...unlimited, ...peopleOf(campaign, [manager]), now });
  const order = {
    ...{ units: options.people, manager, baseUrl: dingtalk.baseUrl },
    ...{ databaseUrl, dataDir: folder, logLevel: "silent" },
  };
  const bots = new Bots({ count: options.processes, order, now, random: seeded(1), longestLife: 1 });
  try {
    await bots.ready();
    await dingtalk.connected(options.processes);
    await nominateAll(campaign, dingtalk, () => rest(dingtalk, databaseUrl));
    const times = await timeBurst(campaign, dingtalk);
    await bots.stop();
    return times;
  } finally {
    bots.kill();
    await dingtalk.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const colleagueOf = ({ id }: { id: string }) => `${id}-colleague`;

async function nominateAll(campaign: Campaign, dingtalk: LocalDingTalk, rested: () => Promise<void>): Promise<void> {
  for (const unit of campaign.units) {
    const person = dingtalk.world.people.find((it) => it.staffId === colleagueOf(unit));
    dingtalk.say(colleagueOf(unit), `联络员 ${unit.name} ${person?.name ?? ""} 科长 ${person?.mobile ?? ""}`);
  }
  await rested();
  for (const n of campaign.units.keys()) dingtalk.say(manager, `同意 ${n + 1}`);
  await rested();
}

/** Resolves when everything said is acknowledged, and everything to be said is said. */
async function rest(dingtalk: LocalDingTalk, databaseUrl: string): Promise<void> {
  const counting = `SELECT COUNT(*) FROM "OutboxMessage" WHERE status = 'waiting'`;
  do {
    await dingtalk.quiet();
    await pause(100);
  } while (Number((await askBeside(databaseUrl, counting))[0]?.[0]) > 0);
}

async function timeBurst(campaign: Campaign, dingtalk: LocalDingTalk): Promise<BurstTimes> {
  const saidBefore = dingtalk.ledger.said.length;
  const open = new Set(campaign.units.map(colleagueOf));
  const began = performance.now();
  const lastAnswer = new Promise<number>((resolve) => {
    dingtalk.onMessage(({ from, conversation }) => {
      if (from !== "bot" || !("staffId" in conversation)) return;
      open.delete(conversation.staffId);
      if (open.size === 0) resolve(performance.now() - began);
    });
  });
  for (const unit of campaign.units) dingtalk.say(colleagueOf(unit), "应急救援演练2场，120人参加");
  const lastAnswerMs = Math.round(await lastAnswer);
  await dingtalk.quiet();
  const acks = undisturbedAcks(dingtalk.ledger.said.slice(saidBefore), []);
  return {
    acked: acks.count,
    ...{ medianAckMs: acks.medianMs, p99AckMs: acks.p99Ms, slowestAckMs: acks.slowestMs },
    ...{ answered: campaign.units.length, lastAnswerMs },
  };
}
