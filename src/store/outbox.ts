import type { Campaign, ObligationName } from "../campaign/campaign.ts";
import type { Addressee, Content, Reply } from "../flows/flow.ts";
import { withoutObligation } from "../flows/reminding.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import type { Outbox, OutboxMessage } from "./store.ts";

type Client = Prisma.TransactionClient;

/** Queues replies in the transaction that caused them; `managers` becomes one message for each manager. */
export async function enqueue(
  client: Client,
  replies: readonly Reply[],
  context: { campaignId: string; managers: readonly string[]; key: string; at: Date },
): Promise<void> {
  const { campaignId, managers, key, at } = context;
  const data = replies.flatMap(({ to, content }, n) =>
    addressees(to, managers).map((addressee) => ({
      campaignId,
      key: to.kind === "managers" ? `${key}:${n}:${addressee}` : `${key}:${n}`,
      addressee,
      content: toJson(content),
      at,
      status: "waiting",
      notBefore: new Date(0),
    })),
  );
  if (data.length > 0) await client.outboxMessage.createMany({ data });
}

/**
 * Takes one obligation of a unit out of reminders that still wait: the turn that met it must not be followed by a message
 * that asks for it. A reminder that asks for nothing else is withdrawn whole.
 */
export async function withdrawReminder(
  client: Client,
  { id: campaignId }: Campaign,
  { unitId, obligation }: { unitId: string; obligation: ObligationName },
): Promise<void> {
  const where = { campaignId, status: "waiting" };
  for (const row of await client.outboxMessage.findMany({ where })) {
    const before = row.content as unknown as Content;
    const content = withoutObligation(before, { unitId, obligation });
    const data = content === null ? { status: "withdrawn" } : { content: toJson(content) };
    await client.outboxMessage.updateMany({ where: { id: row.id, status: "waiting" }, data });
  }
}

function addressees(to: Addressee, managers: readonly string[]): string[] {
  switch (to.kind) {
    case "person":
      return [`person:${to.staffId}`];
    case "group":
      return [`group:${to.conversationId}`];
    case "managers":
      return managers.map((it) => `person:${it}`);
    default:
      return to satisfies never;
  }
}

/** How many addressees' first waiting messages are looked at for one that is due. */
const lookAhead = 500;

export type Transaction<T> = (client: Client) => Promise<T>;

export class PrismaOutbox implements Outbox {
  readonly #transact: <T>(work: Transaction<T>) => Promise<T>;
  readonly #campaignId: string;
  readonly #listeners: (() => void)[] = [];

  constructor(transact: <T>(work: Transaction<T>) => Promise<T>, campaignId: string) {
    this.#transact = transact;
    this.#campaignId = campaignId;
  }

  claim(now: Date, leaseMs: number): Promise<OutboxMessage | null> {
    return this.#transact(async (client) => {
      const heads = await client.outboxMessage.findMany({
        where: { campaignId: this.#campaignId, status: "waiting" },
        distinct: ["addressee"],
        orderBy: { id: "asc" },
        take: lookAhead,
      });
      for (const row of heads) {
        if (row.notBefore > now || (row.claimedUntil !== null && row.claimedUntil > now)) continue;
        const { count } = await client.outboxMessage.updateMany({
          where: { id: row.id, status: "waiting", claimedUntil: row.claimedUntil },
          data: { claimedUntil: new Date(now.getTime() + leaseMs), attempts: { increment: 1 } },
        });
        if (count === 1) return toMessage({ ...row, attempts: row.attempts + 1 });
      }
      return null;
    });
  }

  async sent(id: number, at: Date, receipt: string | null): Promise<void> {
    await this.#settle(id, { status: "sent", sentAt: at, receipt, claimedUntil: null });
  }

  async retry(id: number, notBefore: Date, problem: string): Promise<void> {
    await this.#settle(id, { notBefore, problem, claimedUntil: null });
  }

  async refused(id: number, problem: string): Promise<void> {
    await this.#settle(id, { status: "refused", problem, claimedUntil: null });
  }

  waiting(): Promise<number> {
    const where = { campaignId: this.#campaignId, status: "waiting" };
    return this.#transact((client) => client.outboxMessage.count({ where }));
  }

  onQueued(listener: () => void): void {
    this.#listeners.push(listener);
  }

  announce(): void {
    for (const listener of this.#listeners) listener();
  }

  async #settle(id: number, data: Prisma.OutboxMessageUpdateManyMutationInput): Promise<void> {
    await this.#transact((client) => client.outboxMessage.updateMany({ where: { id, status: "waiting" }, data }));
  }
}

function toMessage(row: {
  id: number;
  key: string;
  addressee: string;
  content: unknown;
  attempts: number;
}): OutboxMessage {
  const { id, key, addressee, attempts } = row;
  const [kind, ...rest] = addressee.split(":");
  const name = rest.join(":");
  const to =
    kind === "group" ? ({ kind, conversationId: name } as const) : ({ kind: "person", staffId: name } as const);
  return { id, key, to, content: row.content as Content, attempts };
}
