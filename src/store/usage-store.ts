import type { Say } from "../flows/words/words.ts";
import { enqueue } from "./outbox.ts";
import { type UsageKind, type UsageStore, usageKinds } from "./store.ts";
import type { Transact } from "./transact.ts";
import type { TransactionContext } from "./turn-store.ts";

/** What was used of the monthly allowance, over all processes and restarts, and over all campaigns. */
export class PrismaUsage implements UsageStore {
  readonly #transact: Transact;
  readonly #context: TransactionContext;
  readonly #onQueued: () => void;

  constructor(transact: Transact, { context, onQueued }: { context: TransactionContext; onQueued: () => void }) {
    this.#transact = transact;
    this.#context = context;
    this.#onQueued = onQueued;
  }

  add(month: string, counted: Record<UsageKind, number>): Promise<Record<UsageKind, number>> {
    return this.#transact(async (client) => {
      for (const kind of usageKinds) {
        const used = counted[kind];
        const where = { month_kind: { month, kind } };
        if (used > 0)
          await client.usage.upsert({ where, create: { month, kind, used }, update: { used: { increment: used } } });
      }
      const rows = await client.usage.findMany({ where: { month } });
      const usedOf = (kind: UsageKind) => rows.find((it) => it.kind === kind)?.used ?? 0;
      return { calls: usedOf("calls"), stream: usedOf("stream") };
    });
  }

  async tell({ month, kind, percent }: { month: string; kind: UsageKind; percent: number }, say: Say, at: Date) {
    const { campaign, managers } = this.#context;
    const isNews = await this.#transact(async (client) => {
      const where = { month, kind, toldPercent: { lt: percent } };
      if ((await client.usage.updateMany({ where, data: { toldPercent: percent } })).count === 0) return false;
      const context = { campaignId: campaign.id, managers, key: `quota:${month}:${kind}:${percent}`, at };
      await enqueue(client, [{ to: { kind: "managers" }, content: { kind: "say", say } }], context);
      return true;
    });
    if (isNews) this.#onQueued();
    return isNews;
  }
}
