import { createHash } from "node:crypto";
import type { Say } from "../flows/words/words.ts";
import type { Todo as TodoRow } from "./generated/sqlite/client.ts";
import { enqueue } from "./outbox.ts";
import type { NewTodo, TodoStore, TodoTask } from "./store.ts";
import type { Transact } from "./transact.ts";
import type { TransactionContext } from "./turn-store.ts";

/** Of what was tried and not settled: another program may be at it, or DingTalk did not say. */
const tryAgainMs = 10 * 60_000;
/** What DingTalk refused it may take when an administrator has changed something. */
const refusedAgainMs = 24 * 60 * 60_000;

export class PrismaTodos implements TodoStore {
  readonly #transact: Transact;
  readonly #context: TransactionContext;
  readonly #onQueued: () => void;

  constructor(transact: Transact, { context, onQueued }: { context: TransactionContext; onQueued: () => void }) {
    this.#transact = transact;
    this.#context = context;
    this.#onQueued = onQueued;
  }

  reconcile(wanted: readonly NewTodo[], now: Date): Promise<TodoTask[]> {
    const { id: campaignId } = this.#context.campaign;
    const sources = new Set(wanted.map((it) => it.source));
    return this.#transact(async (tx) => {
      const open = await tx.todo.findMany({ where: { campaignId, closedAt: null } });
      if (wanted.length + open.length === 0) return [];
      const known = new Set(open.map((it) => it.source));
      const missing = wanted.filter((it) => !known.has(it.source));
      if (missing.length > 0) {
        const where = { campaignId, source: { in: missing.map((it) => it.source) } };
        const before = await tx.todo.groupBy({ by: ["source"], where, _count: true });
        const roundOf = new Map(before.map((it) => [it.source, it._count + 1]));
        const data = missing.map((it) => {
          const sourceId = sourceIdOf(campaignId, it.source, roundOf.get(it.source) ?? 1);
          return { campaignId, sourceId, ...it, writtenAt: now };
        });
        await tx.todo.createMany({ data });
      }
      // What DingTalk was never asked for, or has refused, is not there to be closed.
      const isNowhere = { taskId: null, OR: [{ triedAt: null }, { problem: { not: null } }] };
      const needless = open.filter((it) => !sources.has(it.source)).map((it) => it.sourceId);
      if (needless.length > 0) {
        const where = { campaignId, sourceId: { in: needless }, closedAt: null, ...isNowhere };
        await tx.todo.updateMany({ where, data: { closedAt: now } });
      }
      const rows = await tx.todo.findMany({
        where: { campaignId, closedAt: null },
        orderBy: [{ writtenAt: "asc" }, { sourceId: "asc" }],
      });
      const due = rows.filter((it) => isDue(it, now));
      const closing = due.filter((it) => !sources.has(it.source));
      const opening = due.filter((it) => sources.has(it.source) && it.taskId === null);
      return [
        ...closing.map((it): TodoTask => ({ ...toTask(it), kind: "close" })),
        ...opening.map((it): TodoTask => ({ ...toTask(it), kind: "open" })),
      ];
    });
  }

  async claim({ sourceId, triedAt, opened }: TodoTask, now: Date): Promise<boolean> {
    // Another program may have opened it since.
    const seen = { sourceId, triedAt, taskId: opened?.taskId ?? null };
    return (await this.#update(seen, { triedAt: now })) === 1;
  }

  async opened(sourceId: string, opened: { unionId: string; taskId: string }): Promise<void> {
    await this.#update({ sourceId }, { ...opened, problem: null, triedAt: null });
  }

  async closed(sourceId: string, at: Date): Promise<void> {
    await this.#update({ sourceId }, { closedAt: at });
  }

  async refused(sourceId: string, problem: string): Promise<void> {
    await this.#update({ sourceId }, { problem });
  }

  async tellOnce(name: string, say: Say, at: Date): Promise<boolean> {
    const { campaign, managers } = this.#context;
    const key = `todo:${name}`;
    const isNews = await this.#transact(async (tx) => {
      const told = { campaignId: campaign.id, key: { startsWith: `${key}:` } };
      if ((await tx.outboxMessage.findFirst({ where: told, select: { id: true } })) !== null) return false;
      const context = { campaignId: campaign.id, managers, key, at };
      await enqueue(tx, [{ to: { kind: "managers" }, content: { kind: "say", say } }], context);
      return true;
    });
    if (isNews) this.#onQueued();
    return isNews;
  }

  /** Only of what is not closed. */
  async #update(
    which: { sourceId: string; triedAt?: Date | null; taskId?: string | null },
    data: Partial<Pick<TodoRow, "triedAt" | "problem" | "unionId" | "taskId" | "closedAt">>,
  ): Promise<number> {
    const where = { campaignId: this.#context.campaign.id, closedAt: null, ...which };
    return (await this.#transact((tx) => tx.todo.updateMany({ where, data }), "readCommitted")).count;
  }
}

function isDue({ triedAt, problem }: TodoRow, now: Date): boolean {
  if (triedAt === null) return true;
  return now.getTime() - triedAt.getTime() >= (problem === null ? tryAgainMs : refusedAgainMs);
}

/** Short and plain, for it becomes part of a path; and nobody's name is in it. */
function sourceIdOf(campaignId: string, source: string, round: number): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([campaignId, source, round]))
    .digest("hex");
  return `anyue${digest.slice(0, 32)}`;
}

function toTask({ sourceId, staffId, subject, dueAt, triedAt, unionId, taskId }: TodoRow): Omit<TodoTask, "kind"> {
  const opened = unionId === null || taskId === null ? null : { unionId, taskId };
  return { sourceId, staffId, subject, dueAt, triedAt, opened };
}
