import type { Content } from "../flows/flow.ts";
import { mergedReminder } from "../flows/reminding.ts";
import type { Say } from "../flows/words/words.ts";
import type { OutboxMessage as MessageRow, Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import { addresseeOf, toOf } from "./outbox.ts";
import { forgetRefusal, keepRefusal, ToldByAnother, tellRefusals, untoldRefusals } from "./refusals.ts";
import { reminderChanged } from "./reminders.ts";
import type { Again, Claim, DelayedMessage, Outbox, OutboxMessage, PassedOver, Refusal } from "./store.ts";
import type { Transact } from "./transact.ts";
import type { TransactionContext } from "./turn-store.ts";

/** How many addressees' first waiting messages are looked at for one that is due. */
const lookAhead = 10_000;
/** Of those that are due, how many are tried; another process may be faster with some. */
const maxTries = 8;

/** What waits to be said. A claim stands in the WHERE of whatever is done with it: its number is the row's `attempts`. */
export class PrismaOutbox implements Outbox {
  readonly #transact: Transact;
  readonly #campaignId: string;
  readonly #managers: readonly string[];
  readonly #listeners: (() => void)[] = [];

  constructor(transact: Transact, { campaign, managers }: TransactionContext) {
    this.#transact = transact;
    this.#campaignId = campaign.id;
    this.#managers = managers;
  }

  claim(now: Date, leaseMs: number, { inHand, aside }: PassedOver = {}): Promise<OutboxMessage | null> {
    return this.#transact(async (client) => {
      const ids = (await this.#heads(client, aside)).filter((it) => !inHand?.has(it));
      const due = { notBefore: { lte: now }, OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] };
      const where = { id: { in: ids.toSorted((a, b) => a - b).slice(0, lookAhead) }, ...due };
      for (const row of await client.outboxMessage.findMany({ where, orderBy: { id: "asc" }, take: maxTries })) {
        const message = await take(client, row, new Date(now.getTime() + leaseMs));
        if (message !== null) return message;
      }
      return null;
    }, "readCommitted");
  }

  delayed(now: Date, aside: ReadonlySet<number>): Promise<DelayedMessage[]> {
    return this.#transact(async (client) => {
      const id = { in: (await this.#heads(client, aside)).toSorted((a, b) => a - b).slice(0, lookAhead) };
      const where = { id, notBefore: { gt: now }, claimedUntil: null, problem: { not: null } };
      const rows = await client.outboxMessage.findMany({ where, orderBy: { id: "asc" } });
      return rows.map((row) => ({ ...toMessage(row), problem: row.problem ?? "", notBefore: row.notBefore }));
    }, "readCommitted");
  }

  async hurry(delayed: Claim, now: Date): Promise<void> {
    const where = { ...claimed(delayed), claimedUntil: null };
    await this.#transact(
      (client) => client.outboxMessage.updateMany({ where, data: { notBefore: now } }),
      "readCommitted",
    );
  }

  /** The first that waits for each addressee. */
  async #heads(client: Prisma.TransactionClient, aside: ReadonlySet<number> = new Set()): Promise<number[]> {
    const where = {
      campaignId: this.#campaignId,
      status: "waiting",
      ...(aside.size > 0 && { id: { notIn: [...aside] } }),
    };
    const heads = await client.outboxMessage.groupBy({ by: ["addressee"], where, _min: { id: true } });
    return heads.flatMap((it) => it._min.id ?? []);
  }

  claimAlike(message: OutboxMessage, lease: { now: Date; leaseMs: number; most: number }): Promise<OutboxMessage[]> {
    const { now, leaseMs, most } = lease;
    const waiting = { campaignId: this.#campaignId, status: "waiting" };
    const addressee = { startsWith: "person:", not: addresseeOf(message.to) };
    return this.#transact(async (client) => {
      const fresh = {
        attempts: 0,
        claimedUntil: null,
        notBefore: { lte: now },
        content: { equals: toJson(message.content) },
      };
      const alike = await client.outboxMessage.findMany({
        where: { ...waiting, ...fresh, addressee },
        orderBy: { id: "asc" },
        take: most * 2,
      });
      const taken: OutboxMessage[] = [];
      for (const row of alike) {
        if (taken.length === most) break;
        const earlier = { ...waiting, addressee: row.addressee, id: { lt: row.id } };
        if ((await client.outboxMessage.count({ where: earlier })) > 0) continue;
        const claimed = await take(client, row, new Date(now.getTime() + leaseMs));
        if (claimed !== null) taken.push(claimed);
      }
      return taken;
    }, "readCommitted");
  }

  mergeReminders(message: OutboxMessage): Promise<OutboxMessage> {
    return this.#transact(async (client) => {
      const waiting = { campaignId: this.#campaignId, status: "waiting" };
      const behind = { ...waiting, addressee: addresseeOf(message.to), id: { gt: message.id } };
      // What it asked for may have been met since it was claimed.
      const head = await client.outboxMessage.findFirst({ where: claimed(message) });
      if (head === null) return message;
      let content = head.content as unknown as Content;
      for (const row of await client.outboxMessage.findMany({ where: behind, orderBy: { id: "asc" } })) {
        const merged = mergedReminder(content, row.content as unknown as Content);
        if (merged === null) break;
        const where = { id: row.id, status: "waiting", attempts: 0 };
        if ((await client.outboxMessage.updateMany({ where, data: { status: "merged" } })).count === 0) continue;
        content = merged;
        await reminderChanged(client, { campaignId: this.#campaignId, key: row.key }, null);
      }
      await client.outboxMessage.updateMany({ where: claimed(message), data: { content: toJson(content) } });
      await reminderChanged(client, { campaignId: this.#campaignId, key: message.key }, content);
      return { ...message, content };
    });
  }

  async renew(claims: readonly Claim[], until: Date, partsSent?: number): Promise<boolean> {
    // What is withdrawn meanwhile is still sent to its end.
    const where = { OR: claims.map(({ id, attempts }) => ({ id, attempts })) };
    // A doubt was about the part that is delivered now.
    const delivered = partsSent === undefined ? {} : { partsSent, doubtful: false };
    const data = { claimedUntil: until, ...delivered };
    const { count } = await this.#transact(
      (client) => client.outboxMessage.updateMany({ where, data }),
      "readCommitted",
    );
    return count === claims.length;
  }

  async sent(claim: Claim, at: Date, receipt: string | null): Promise<void> {
    await this.#transact(async (client) => {
      const isOurs = await settle(client, claim, { status: "sent", sentAt: at, receipt });
      if (isOurs) await forgetRefusal(client, this.#campaignId, claim);
    }, "readCommitted");
  }

  async retry(claim: Claim, { isDoubtful, ...again }: Again): Promise<void> {
    await this.#transact((client) => settle(client, claim, { ...again, doubtful: isDoubtful }), "readCommitted");
  }

  async refused(claim: Claim, problem: string, at: Date): Promise<void> {
    await this.#transact(async (client) => {
      const isOurs = await settle(client, claim, { status: "refused", problem });
      if (isOurs) await keepRefusal(client, claim, { problem, at });
    }, "readCommitted");
  }

  untold(): Promise<Refusal[]> {
    return this.#transact((client) => untoldRefusals(client, this.#campaignId), "readCommitted");
  }

  async tell(refusals: readonly Refusal[], say: Say, at: Date): Promise<boolean> {
    const context = { campaignId: this.#campaignId, managers: this.#managers, at };
    try {
      await this.#transact((client) => tellRefusals(client, context, { refusals, say }), "readCommitted");
    } catch (error) {
      if (error instanceof ToldByAnother) return false;
      throw error;
    }
    this.announce();
    return true;
  }

  waiting(): Promise<number> {
    const where = { campaignId: this.#campaignId, status: "waiting" };
    return this.#transact((client) => client.outboxMessage.count({ where }), "readCommitted");
  }

  onQueued(listener: () => void): void {
    this.#listeners.push(listener);
  }

  announce(): void {
    for (const listener of this.#listeners) listener();
  }
}

async function take(client: Prisma.TransactionClient, row: MessageRow, until: Date): Promise<OutboxMessage | null> {
  const { id, attempts, claimedUntil } = row;
  // A claim that was not settled ran out with its holder, perhaps after the message was sent.
  const doubtful = row.doubtful || claimedUntil !== null;
  const { count } = await client.outboxMessage.updateMany({
    where: { id, status: "waiting", attempts, claimedUntil },
    data: { claimedUntil: until, attempts: attempts + 1, doubtful },
  });
  // As it is now: what a reminder asks for may have changed since it was looked at.
  return count === 1 ? toMessage(await client.outboxMessage.findUniqueOrThrow({ where: { id } })) : null;
}

function claimed({ id, attempts }: Claim): Prisma.OutboxMessageWhereInput {
  return { id, attempts, status: "waiting" };
}

/** `false`: the claim is void, or the message withdrawn. */
async function settle(
  client: Prisma.TransactionClient,
  claim: Claim,
  data: Prisma.OutboxMessageUpdateManyMutationInput,
): Promise<boolean> {
  const where = claimed(claim);
  return (await client.outboxMessage.updateMany({ where, data: { ...data, claimedUntil: null } })).count === 1;
}

function toMessage(row: MessageRow): OutboxMessage {
  const { id, key, addressee, attempts, partsSent, doubtful: isDoubtful } = row;
  return { id, key, to: toOf(addressee), content: row.content as unknown as Content, attempts, partsSent, isDoubtful };
}
