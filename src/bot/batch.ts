import type { Outbox, OutboxMessage } from "../store/store.ts";
import { maxPeople } from "./openapi.ts";

export interface BatchOptions {
  outbox: Outbox;
  now: Date;
  leaseMs: number;
  /** Then reminders that wait for one person are drawn together first. */
  isNearQuota: boolean;
}

/** A claimed message with all that goes out in the same call: what tells others the same, where it is told the first time. */
export async function batchOf(next: OutboxMessage, options: BatchOptions): Promise<OutboxMessage[]> {
  if (next.attempts > 1 || next.content.kind !== "say" || next.to.kind !== "person") return [next];
  const { outbox, now, leaseMs, isNearQuota } = options;
  const message = isNearQuota ? await outbox.mergeReminders(next) : next;
  return [message, ...(await outbox.claimAlike(message, { now, leaseMs, most: maxPeople - 1 }))];
}
