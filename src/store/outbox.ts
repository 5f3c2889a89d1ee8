import type { Campaign, ObligationName } from "../campaign/campaign.ts";
import type { Addressee, Content, Reply } from "../flows/flow.ts";
import { withoutObligation } from "../flows/reminding.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import { reminderChanged, reminderRow } from "./reminders.ts";
import type { OutboxMessage } from "./store.ts";

type Client = Prisma.TransactionClient;

/** Queues replies in the transaction that caused them; `managers` becomes one message for each manager. */
export async function enqueue(
  client: Client,
  replies: readonly Reply[],
  context: { campaignId: string; managers: readonly string[]; key: string; at: Date },
): Promise<void> {
  const { campaignId, managers, key, at } = context;
  const queued = replies.flatMap(({ to, content }, n) =>
    addressees(to, managers).map((addressee) => ({
      key: to.kind === "managers" ? `${key}:${n}:${addressee}` : `${key}:${n}`,
      addressee,
      content,
    })),
  );
  const common = { campaignId, at, status: "waiting", notBefore: new Date(0) };
  const data = queued.map((it) => ({ ...common, ...it, content: toJson(it.content) }));
  const [first, ...others] = data;
  if (first === undefined) return;
  // Nearly always it is one. How to insert many Prisma works out anew each time, which takes as long as the insert.
  if (others.length === 0) await client.outboxMessage.create({ data: first, select: { id: true } });
  else await client.outboxMessage.createMany({ data });
  const reminders = queued.flatMap(({ content, key, addressee }) => {
    const to = toOf(addressee);
    return to.kind === "person" ? reminderRow({ campaignId, key, staffId: to.staffId, at }, content) : [];
  });
  if (reminders.length > 0) await client.reminder.createMany({ data: reminders });
}

/**
 * Takes one obligation of a unit out of reminders that still wait: the turn that met it must not be followed by a message
 * that asks for it. A reminder that asks for nothing else is withdrawn whole.
 */
export async function withdrawReminder(
  client: Client,
  { id: campaignId }: Campaign,
  { unitId, obligation, period }: { unitId: string; obligation: ObligationName; period?: string },
): Promise<void> {
  // One of which a part was delivered goes on as it was begun.
  const where = { campaignId, status: "waiting", partsSent: 0 };
  for (const row of await client.outboxMessage.findMany({ where })) {
    const before = row.content as unknown as Content;
    const content = withoutObligation(before, { unitId, obligation, ...(period !== undefined && { period }) });
    if (content === before) continue;
    const data = content === null ? { status: "withdrawn" } : { content: toJson(content) };
    const { count } = await client.outboxMessage.updateMany({ where: { id: row.id, status: "waiting" }, data });
    if (count === 1) await reminderChanged(client, { campaignId, key: row.key }, content);
  }
}

function addressees(to: Addressee, managers: readonly string[]): string[] {
  switch (to.kind) {
    case "person":
    case "group":
      return [addresseeOf(to)];
    case "managers":
      return managers.map((staffId) => addresseeOf({ kind: "person", staffId }));
    default:
      return to satisfies never;
  }
}

/** An addressee as its column says it; a group's id may have colons of its own. */
export function addresseeOf(to: OutboxMessage["to"]): string {
  return to.kind === "group" ? `group:${to.conversationId}` : `person:${to.staffId}`;
}

export function toOf(addressee: string): OutboxMessage["to"] {
  const [kind, ...rest] = addressee.split(":");
  const name = rest.join(":");
  return kind === "group" ? { kind, conversationId: name } : { kind: "person", staffId: name };
}
