import { setTimeout as pause } from "node:timers/promises";
import { faultOf } from "../../log.ts";

/** What a run waits for at its end, all of it seen from outside the program. */
export interface Unsettled {
  /** Resolves when every message that was pushed is acknowledged. */
  quiet(): Promise<void>;
  unacknowledged(): number;
  /** Whether time enough has passed for the reminders of the run. */
  isReminded(): boolean;
  /** Messages in the outbox, by why the latest attempt failed; nothing where none waits. */
  waiting(): Promise<readonly { problem: string; count: number }[]>;
  /** Throws where a bot has ended in a way that nobody wanted. */
  check(): void;
}

export interface SettleTiming {
  limitMs: number;
  everyMs: number;
}

/** Messages that are in doubt are tried again after up to ten minutes; what takes longer than this will never end. */
export const settleTiming: SettleTiming = { limitMs: 15 * 60_000, everyMs: 250 };

/** Resolves when everything that waits is delivered, on both sides of the wire. Rejects after the limit, and says what it waited for. */
export async function settle(unsettled: Unsettled, { limitMs, everyMs }: SettleTiming): Promise<void> {
  const settling = new AbortController();
  const limit = pause(limitMs, "late" as const, { signal: settling.signal }).catch(() => "late" as const);
  try {
    for (;;) {
      const step = unsettled.quiet().then(() => pause(everyMs));
      if ((await Promise.race([step, limit])) === "late") throw new Error(await complaint(unsettled, limitMs));
      unsettled.check();
      if (unsettled.isReminded() && (await unsettled.waiting()).length === 0) return;
    }
  } finally {
    settling.abort();
  }
}

async function complaint(unsettled: Unsettled, limitMs: number): Promise<string> {
  const waiting = await unsettled
    .waiting()
    .catch((error: unknown) => [{ problem: JSON.stringify(faultOf(error)), count: 0 }]);
  const unacknowledged = unsettled.unacknowledged();
  const reasons = [
    unacknowledged > 0 && `${unacknowledged} 条消息没有被确认`,
    !unsettled.isReminded() && "提醒的时刻还没有到",
    waiting.length > 0 &&
      `待发消息没有发完：${waiting.map(({ problem, count }) => `${count} 条（${problem}）`).join("、")}`,
  ];
  return `等了 ${limitMs / 1000} 秒仍没有安静下来：${reasons.filter((it) => it !== false).join("；")}`;
}
