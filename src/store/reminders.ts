import { z } from "zod";
import { obligationNames } from "../campaign/campaign.ts";
import { reminderCauses } from "../campaign/reminder.ts";
import { remindedOf, type SentReminder } from "../campaign/sent-reminder.ts";
import type { Content } from "../flows/flow.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";

/** What is kept of the reminders to people, beside the messages that carry them. */

type Client = Prisma.TransactionClient;

const cause = z.enum(reminderCauses);
const duties = z.array(
  z.object({ obligation: z.enum(obligationNames), unitId: z.string(), period: z.string().optional() }),
);

interface Queued {
  campaignId: string;
  key: string;
  staffId: string;
  at: Date;
}

/** Of one message to a person; nothing of one that is no reminder. */
export function reminderRow(queued: Queued, content: Content): Prisma.ReminderCreateManyInput[] {
  if (content.kind !== "say" || content.say.tag !== "reminder") return [];
  const { data } = content.say;
  return [{ ...queued, kind: data.cause, duties: toJson(data.duties.map(remindedOf)) }];
}

/** A waiting message says something else now, or (`null`) nothing at all. */
export async function reminderChanged(
  client: Client,
  where: { campaignId: string; key: string },
  content: Content | null,
): Promise<void> {
  if (content === null) {
    await client.reminder.deleteMany({ where });
    return;
  }
  if (content.kind !== "say" || content.say.tag !== "reminder") return;
  await client.reminder.updateMany({ where, data: { duties: toJson(content.say.data.duties.map(remindedOf)) } });
}

/** Those from `since` on, in the order of time. */
export async function loadReminders(client: Client, campaignId: string, since: Date): Promise<SentReminder[]> {
  const where = { campaignId, at: { gte: since } };
  const rows = await client.reminder.findMany({ where, orderBy: [{ at: "asc" }, { key: "asc" }] });
  const unsent = await client.outboxMessage.findMany({
    where: { ...where, status: { in: ["waiting", "refused"] } },
    select: { key: true, status: true },
  });
  const statusOf = new Map(unsent.map((it) => [it.key, it.status]));
  return rows.map((row): SentReminder => {
    const status = statusOf.get(row.key);
    return {
      staffId: row.staffId,
      cause: cause.parse(row.kind),
      at: row.at,
      duties: duties.parse(row.duties).map(({ period, ...it }) => ({ ...it, ...(period !== undefined && { period }) })),
      delivery: status === "waiting" || status === "refused" ? status : "sent",
      isRead: row.isRead,
    };
  });
}
