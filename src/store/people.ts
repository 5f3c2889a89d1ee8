import { z } from "zod";
import { dayOf, instantAt } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import type { PersonHistory, UnreadReminder } from "../campaign/reminder.ts";
import type { Prisma } from "./generated/sqlite/client.ts";

type Client = Prisma.TransactionClient;

const duties = z.array(z.object({ unitId: z.string() }));

/** Longer than anybody is left in peace for having said something. */
const recentMs = 24 * 60 * 60_000;
/** DingTalk keeps for a day who has read a message (dingtalk.md, kb/0720); over a weekend that is three. */
const unreadMs = 4 * 24 * 60 * 60_000;
export async function loadPeople(client: Client, campaign: Campaign, now: Date): Promise<Map<string, PersonHistory>> {
  const campaignId = campaign.id;
  const monthBegan = instantAt(`${dayOf(now, campaign).slice(0, 7)}-01`, "00:00", campaign);
  const reminders = await client.reminder.findMany({
    where: { campaignId, at: { gte: monthBegan } },
    select: { staffId: true, at: true },
  });
  const conversations = await client.conversation.findMany({
    where: { campaignId, updatedAt: { gte: new Date(now.getTime() - recentMs) } },
    select: { staffId: true, updatedAt: true },
  });
  const remindedAt = new Map<string, Date[]>();
  for (const { staffId, at } of reminders) remindedAt.set(staffId, [...(remindedAt.get(staffId) ?? []), at]);
  const activeAt = new Map(conversations.map((it) => [it.staffId, it.updatedAt]));
  const staffIds = [...new Set([...remindedAt.keys(), ...activeAt.keys()])];
  return new Map(
    staffIds.map((it) => [it, { remindedAt: remindedAt.get(it) ?? [], activeAt: activeAt.get(it) ?? null }]),
  );
}

export async function loadUnread(client: Client, campaign: Campaign, now: Date): Promise<UnreadReminder[]> {
  const rows = await client.reminder.findMany({
    where: {
      campaignId: campaign.id,
      at: { gte: new Date(now.getTime() - unreadMs) },
      isRead: false,
    },
    orderBy: [{ at: "asc" }, { key: "asc" }],
  });
  return rows.map(({ key, staffId, at, duties: asked, passedOnAt }) => ({
    key,
    staffId,
    at,
    isPassedOn: passedOnAt !== null,
    unitIds: [...new Set(duties.parse(asked).map((it) => it.unitId))],
  }));
}
