import { dayOf, type Zone } from "../campaign/calendar.ts";
import type { Clock } from "../clock.ts";
import { faultOf, type Log } from "../log.ts";
import { type UsageKind, type UsageStore, usageKinds } from "../store/store.ts";

/** One organisation's allowance of a calendar month in DingTalk's standard edition (dingtalk.md §4.1). */
export const standardAllowance: Record<UsageKind, number> = { calls: 5000, stream: 3000 };

export interface Usage {
  /** `2023-06`. */
  month: string;
  used: Record<UsageKind, number>;
  allowed: Record<UsageKind, number>;
}

/** Counts what DingTalk counts against the month; what other apps of the organisation use is not known here. */
export interface UsageMeter {
  count(kind: UsageKind): void;
  /** Of the running month; plain data. */
  usage(): Usage;
  /** Whether calls are so few that what can wait should be drawn together. */
  isNear(): boolean;
  /** Keeps what is counted so far. */
  stop(): Promise<void>;
}

export interface UsageOptions {
  store: UsageStore;
  clock: Clock;
  zone: Zone;
  log: Log;
  allowed: Record<UsageKind, number>;
  /** Counts are kept together, so much real time after the first of them: a crash forgets no more. */
  keepAfterMs?: number;
}

/** Managers are told once as each is reached. */
const toldPercents = [80, 95] as const;
const nearPercent = 95;

/** Resolves when it knows what was used before. */
export async function startUsage(options: UsageOptions): Promise<UsageMeter> {
  const meter = new CountingMeter(options);
  await meter.keep();
  return meter;
}

class CountingMeter implements UsageMeter {
  readonly #options: UsageOptions;
  #kept = { month: "", used: { calls: 0, stream: 0 } };
  /** Counted and not kept yet, by month. */
  readonly #pending = new Map<string, Record<UsageKind, number>>();
  #timer: NodeJS.Timeout | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: UsageOptions) {
    this.#options = options;
  }

  count(kind: UsageKind): void {
    const month = this.#month();
    const pending = this.#pending.get(month) ?? { calls: 0, stream: 0 };
    this.#pending.set(month, { ...pending, [kind]: pending[kind] + 1 });
    this.#timer ??= setTimeout(() => void this.#keepAndLog(), this.#options.keepAfterMs ?? 2000);
  }

  usage(): Usage {
    const month = this.#month();
    const kept = this.#kept.month === month ? this.#kept.used : { calls: 0, stream: 0 };
    const { calls, stream } = this.#pending.get(month) ?? { calls: 0, stream: 0 };
    return { month, used: { calls: kept.calls + calls, stream: kept.stream + stream }, allowed: this.#options.allowed };
  }

  isNear(): boolean {
    return percentOf(this.usage(), "calls") >= nearPercent;
  }

  async stop(): Promise<void> {
    await this.#keepAndLog();
  }

  keep(): Promise<void> {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    const keeping = this.#keeping.then(() => this.#keepPending());
    this.#keeping = keeping.catch(() => undefined);
    return keeping;
  }

  /** What can't be kept stays pending, and is kept with the next. */
  async #keepAndLog(): Promise<void> {
    try {
      await this.keep();
    } catch (error) {
      this.#options.log.error({ fault: faultOf(error) }, "what was used of the month could not be kept");
    }
  }

  async #keepPending(): Promise<void> {
    for (const month of new Set([...this.#pending.keys(), this.#month()])) {
      const counted = this.#pending.get(month) ?? { calls: 0, stream: 0 };
      const used = await this.#options.store.add(month, counted);
      const { calls, stream } = this.#pending.get(month) ?? counted;
      // More may have been counted meanwhile.
      this.#pending.set(month, { calls: calls - counted.calls, stream: stream - counted.stream });
      if (month !== this.#month()) this.#pending.delete(month);
      else this.#kept = { month, used };
    }
    await this.#tellManagers();
  }

  async #tellManagers(): Promise<void> {
    const { store, clock } = this.#options;
    const usage = this.usage();
    for (const kind of usageKinds) {
      const reached = toldPercents.filter((it) => percentOf(usage, kind) >= it).at(-1);
      if (reached === undefined) continue;
      const data = { what: kind, percent: reached, used: usage.used[kind], allowed: usage.allowed[kind] };
      const crossing = { month: usage.month, kind, percent: reached };
      await store.tell(crossing, { tag: "quotaNear", data }, clock.now());
    }
  }

  #month(): string {
    return dayOf(this.#options.clock.now(), this.#options.zone).slice(0, 7);
  }
}

function percentOf({ used, allowed }: Usage, kind: UsageKind): number {
  return (used[kind] / allowed[kind]) * 100;
}
