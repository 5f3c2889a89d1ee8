import type { Content } from "../flows/flow.ts";
import type { Say } from "../flows/words/words.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { addresseeOf, enqueue, toOf } from "./outbox.ts";
import type { Claim, Refusal } from "./store.ts";

type Client = Prisma.TransactionClient;

/** Another process has told managers of one of them: nothing of this telling may be kept. */
export class ToldByAnother extends Error {}

/** Keeps that a message was refused, unless that is itself about refusals: it would be told to whom it did not reach. */
export async function keepRefusal(client: Client, { id }: Claim, { problem, at }: { problem: string; at: Date }) {
  const row = await client.outboxMessage.findUniqueOrThrow({ where: { id } });
  const content = row.content as unknown as Content;
  if (content.kind === "say" && content.say.tag === "undelivered") return;
  const { campaignId, addressee } = row;
  await client.refusal.upsert({
    where: { campaignId_addressee: { campaignId, addressee } },
    create: { campaignId, addressee, problem, refusedAt: at },
    update: { problem, refusedAt: at, messages: { increment: 1 } },
  });
}

/** They are reached again: should that end, managers hear of it again. */
export async function forgetRefusal(client: Client, campaignId: string, { to }: Claim): Promise<void> {
  await client.refusal.deleteMany({ where: { campaignId, addressee: addresseeOf(to), toldAt: { not: null } } });
}

export async function untoldRefusals(client: Client, campaignId: string): Promise<Refusal[]> {
  const orderBy = [{ refusedAt: "asc" }, { addressee: "asc" }] as const;
  const rows = await client.refusal.findMany({ where: { campaignId, toldAt: null }, orderBy: [...orderBy] });
  return rows.map(({ addressee, problem, messages, refusedAt }) => ({
    to: toOf(addressee),
    problem,
    messages,
    refusedAt,
  }));
}

/** Marks refusals as told and queues the telling. Throws `ToldByAnother`. */
export async function tellRefusals(
  client: Client,
  context: { campaignId: string; managers: readonly string[]; at: Date },
  { refusals, say }: { refusals: readonly Refusal[]; say: Say },
): Promise<void> {
  const { campaignId, at } = context;
  const addressee = { in: refusals.map((it) => addresseeOf(it.to)) };
  const where = { campaignId, addressee, toldAt: null };
  const { count } = await client.refusal.updateMany({ where, data: { toldAt: at } });
  if (count !== refusals.length) throw new ToldByAnother();
  const latest = Math.max(...refusals.map((it) => it.refusedAt.getTime()));
  const key = `undelivered:${latest}:${addressee.in[0]}`;
  await enqueue(client, [{ to: { kind: "managers" }, content: { kind: "say", say } }], { ...context, key });
}
