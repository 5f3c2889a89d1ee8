import type { Campaign } from "../campaign/campaign.ts";
import { officeMinutesBetween } from "../campaign/office-hours.ts";
import type { ReadReceipts } from "./store.ts";
import type { Transact } from "./transact.ts";

const hourMs = 60 * 60_000;
/** DingTalk forgets after a day who has read a message (dingtalk.md, kb/0720): over a weekend it is asked before that. */
const keptMs = 24 * hourMs;
const atLastMs = 22 * hourMs;
/** Asked once and not answered: another program may be at it, or it failed. */
const askAgainMs = 10 * 60_000;
/** Whether these were read tells nothing of what somebody owes. */
const notEscalated = ["nudge", "event"];

/** Which reminders DingTalk is to be asked about, and what it said. */
export class PrismaReceipts implements ReadReceipts {
  readonly #transact: Transact;
  readonly #campaign: Campaign;

  constructor(transact: Transact, campaign: Campaign) {
    this.#transact = transact;
    this.#campaign = campaign;
  }

  async unchecked(now: Date, most: number): Promise<string[]> {
    const { escalation } = this.#campaign.reminders;
    if (escalation === null) return [];
    const campaignId = this.#campaign.id;
    const since = new Date(now.getTime() - keptMs);
    const askedBefore = new Date(now.getTime() - askAgainMs);
    return this.#transact(async (tx) => {
      const open = { campaignId, isRead: null, at: { gte: since, lte: now }, kind: { notIn: notEscalated } };
      const asked = { OR: [{ askedAt: null }, { askedAt: { lt: askedBefore } }] };
      const where = { ...open, ...asked };
      const reminders = await tx.reminder.findMany({ where, orderBy: [{ at: "asc" }, { key: "asc" }] });
      const due = reminders.filter(({ at }) => {
        const minutes = officeMinutesBetween(at, now, this.#campaign);
        return minutes >= escalation.unreadHours * 60 || now.getTime() - at.getTime() >= atLastMs;
      });
      if (due.length === 0) return [];
      const sent = { campaignId, key: { in: due.map((it) => it.key) }, status: "sent", receipt: { not: null } };
      const delivered = await tx.outboxMessage.findMany({ where: sent, select: { key: true, receipt: true } });
      const receiptOf = new Map(delivered.map((it) => [it.key, it.receipt]));
      const receipts = [...new Set(due.flatMap((it) => receiptOf.get(it.key) ?? []))].slice(0, most);
      const isTaken = (key: string) => receipts.some((it) => it === receiptOf.get(key));
      const keys = due.flatMap((it) => (isTaken(it.key) ? it.key : []));
      await tx.reminder.updateMany({ where: { campaignId, key: { in: keys } }, data: { askedAt: now } });
      return receipts;
    });
  }

  async checked(receipt: string, readBy: readonly string[] | "expired"): Promise<void> {
    if (readBy === "expired") return;
    const campaignId = this.#campaign.id;
    await this.#transact(async (tx) => {
      const sent = await tx.outboxMessage.findMany({ where: { campaignId, receipt }, select: { key: true } });
      const where = { campaignId, key: { in: sent.map((it) => it.key) }, kind: { notIn: notEscalated } };
      for (const { key, staffId } of await tx.reminder.findMany({ where, select: { key: true, staffId: true } })) {
        const isRead = readBy.includes(staffId);
        await tx.reminder.updateMany({ where: { campaignId, key }, data: { isRead } });
      }
    });
  }
}
