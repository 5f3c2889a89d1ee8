import { isDeepStrictEqual } from "node:util";
import type { Content } from "../flows/flow.ts";
import { mergedReminder } from "../flows/reminding.ts";
import type { Say } from "../flows/words/words.ts";
import type { OutboxMessage as MessageRow, Prisma } from "./generated/sqlite/client.ts";
import { toJson } from "./json.ts";
import { addresseeOf, toOf } from "./outbox.ts";
import { forgetRefusal, keepRefusal, ToldByAnother, tellRefusals, untoldRefusals } from "./refusals.ts";
import type { Again, Claim, Outbox, OutboxMessage, Refusal } from "./store.ts";
import type { TransactionContext } from "./turn-store.ts";

export type Transaction<T> = (client: Prisma.TransactionClient) => Promise<T>;

/** How many addressees' first waiting messages are looked at for one that is due. */
const lookAhead = 500;

/** What waits to be said. A claim stands in the WHERE of whatever is done with it: its number is the row's `attempts`. */
export class PrismaOutbox implements Outbox {
  readonly #transact: <T>(work: Transaction<T>) => Promise<T>;
  readonly #campaignId: string;
  readonly #managers: readonly string[];
  readonly #listeners: (() => void)[] = [];

  constructor(transact: <T>(work: Transaction<T>) => Promise<T>, { campaign, managers }: TransactionContext) {
    this.#transact = transact;
    this.#campaignId = campaign.id;
    this.#managers = managers;
  }

  claim(now: Date, leaseMs: number, inHand: ReadonlySet<number> = new Set()): Promise<OutboxMessage | null> {
    return this.#transact(async (client) => {
      const heads = await client.outboxMessage.findMany({
        where: { campaignId: this.#campaignId, status: "waiting" },
        distinct: ["addressee"],
        orderBy: { id: "asc" },
        take: lookAhead,
      });
      for (const row of heads) {
        if (inHand.has(row.id) || !isFree(row, now)) continue;
        const message = await take(client, row, new Date(now.getTime() + leaseMs));
        if (message !== null) return message;
      }
      return null;
    });
  }

  claimAlike(message: OutboxMessage, lease: { now: Date; leaseMs: number; most: number }): Promise<OutboxMessage[]> {
    const { now, leaseMs, most } = lease;
    const waiting = { campaignId: this.#campaignId, status: "waiting" };
    const addressee = { startsWith: "person:", not: addresseeOf(message.to) };
    return this.#transact(async (client) => {
      const fresh = { attempts: 0, claimedUntil: null, notBefore: { lte: now } };
      const rows = await client.outboxMessage.findMany({ where: { ...waiting, ...fresh, addressee }, take: lookAhead });
      const alike = rows.filter((it) => isDeepStrictEqual(it.content, message.content));
      const taken: OutboxMessage[] = [];
      for (const row of alike) {
        if (taken.length === most) break;
        const earlier = { ...waiting, addressee: row.addressee, id: { lt: row.id } };
        if ((await client.outboxMessage.count({ where: earlier })) > 0) continue;
        const claimed = await take(client, row, new Date(now.getTime() + leaseMs));
        if (claimed !== null) taken.push(claimed);
      }
      return taken;
    });
  }

  mergeReminders(message: OutboxMessage): Promise<OutboxMessage> {
    return this.#transact(async (client) => {
      const waiting = { campaignId: this.#campaignId, status: "waiting" };
      const behind = { ...waiting, addressee: addresseeOf(message.to), id: { gt: message.id } };
      let { content } = message;
      for (const row of await client.outboxMessage.findMany({ where: behind, orderBy: { id: "asc" } })) {
        const merged = mergedReminder(content, row.content as unknown as Content);
        if (merged === null) break;
        const where = { id: row.id, status: "waiting", attempts: 0 };
        if ((await client.outboxMessage.updateMany({ where, data: { status: "merged" } })).count === 1)
          content = merged;
      }
      await client.outboxMessage.updateMany({ where: claimed(message), data: { content: toJson(content) } });
      return { ...message, content };
    });
  }

  async renew(claims: readonly Claim[], until: Date, partsSent?: number): Promise<boolean> {
    // What is withdrawn meanwhile is still sent to its end.
    const where = { OR: claims.map(({ id, attempts }) => ({ id, attempts })) };
    // A doubt was about the part that is delivered now.
    const delivered = partsSent === undefined ? {} : { partsSent, doubtful: false };
    const data = { claimedUntil: until, ...delivered };
    const { count } = await this.#transact((client) => client.outboxMessage.updateMany({ where, data }));
    return count === claims.length;
  }

  async sent(claim: Claim, at: Date, receipt: string | null): Promise<void> {
    await this.#transact(async (client) => {
      const isOurs = await settle(client, claim, { status: "sent", sentAt: at, receipt });
      if (isOurs) await forgetRefusal(client, this.#campaignId, claim);
    });
  }

  async retry(claim: Claim, { isDoubtful, ...again }: Again): Promise<void> {
    await this.#transact((client) => settle(client, claim, { ...again, doubtful: isDoubtful }));
  }

  async refused(claim: Claim, problem: string, at: Date): Promise<void> {
    await this.#transact(async (client) => {
      const isOurs = await settle(client, claim, { status: "refused", problem });
      if (isOurs) await keepRefusal(client, claim, { problem, at });
    });
  }

  untold(): Promise<Refusal[]> {
    return this.#transact((client) => untoldRefusals(client, this.#campaignId));
  }

  async tell(refusals: readonly Refusal[], say: Say, at: Date): Promise<boolean> {
    const context = { campaignId: this.#campaignId, managers: this.#managers, at };
    try {
      await this.#transact((client) => tellRefusals(client, context, { refusals, say }));
    } catch (error) {
      if (error instanceof ToldByAnother) return false;
      throw error;
    }
    this.announce();
    return true;
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
}

function isFree(row: MessageRow, now: Date): boolean {
  return row.notBefore <= now && (row.claimedUntil === null || row.claimedUntil <= now);
}

async function take(client: Prisma.TransactionClient, row: MessageRow, until: Date): Promise<OutboxMessage | null> {
  const { id, attempts, claimedUntil } = row;
  // A claim that was not settled ran out with its holder, perhaps after the message was sent.
  const doubtful = row.doubtful || claimedUntil !== null;
  const { count } = await client.outboxMessage.updateMany({
    where: { id, status: "waiting", attempts, claimedUntil },
    data: { claimedUntil: until, attempts: attempts + 1, doubtful },
  });
  return count === 1 ? toMessage({ ...row, attempts: attempts + 1, doubtful }) : null;
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
