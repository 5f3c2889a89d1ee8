export interface Usage {
  /** Calls that count against the monthly allowance. */
  apiCalls: number;
  /** Frames pushed to the robot, repeats included, plus its session webhook replies. */
  streamMessages: number;
  /** Every admitted call by path, the free ones included. */
  byPath: Record<string, number>;
}

export type Admission = "admitted" | "tooFast" | "overQuota";

/** DingTalk counts natural months in Chinese time, whatever the host's zone. */
const chineseMonth = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit" });

/**
 * Counts and limits calls (dingtalk.md §4.1): so many a second for each API path, in real time, and so many a calendar
 * month for the organisation. A call refused for its rate is not counted.
 */
export class Quota {
  readonly #now: () => Date;
  readonly #monotonicMs: () => number;
  readonly #qpsPerApi: number;
  readonly #monthly: { apiCalls: number; streamMessages: number };
  readonly #months = new Map<string, Usage>();
  readonly #recent = new Map<string, number[]>();

  constructor(given: {
    now: () => Date;
    qpsPerApi: number;
    monthlyQuota: { apiCalls: number; streamMessages: number };
    monotonicMs?: () => number;
  }) {
    this.#now = given.now;
    this.#monotonicMs = given.monotonicMs ?? (() => performance.now());
    this.#qpsPerApi = given.qpsPerApi;
    this.#monthly = given.monthlyQuota;
  }

  /** `free`: token and contacts APIs, limited in rate only. */
  admitCall(path: string, price: "free" | "counted"): Admission {
    const at = this.#monotonicMs();
    const recent = (this.#recent.get(path) ?? []).filter((it) => at - it < 1000);
    this.#recent.set(path, recent);
    if (recent.length >= this.#qpsPerApi) return "tooFast";
    recent.push(at);
    const month = this.#month();
    if (price === "counted") {
      if (month.apiCalls >= this.#monthly.apiCalls) return "overQuota";
      month.apiCalls += 1;
    }
    month.byPath[path] = (month.byPath[path] ?? 0) + 1;
    return "admitted";
  }

  /** A session webhook reply: counted as a stream message, and limited by rate like a call. */
  admitWebhookReply(path: string): Admission {
    if (!this.hasStreamMessagesLeft()) return "overQuota";
    const admission = this.admitCall(path, "free");
    if (admission === "admitted") this.countStreamMessage();
    return admission;
  }

  hasStreamMessagesLeft(): boolean {
    return this.#month().streamMessages < this.#monthly.streamMessages;
  }

  countStreamMessage(): void {
    this.#month().streamMessages += 1;
  }

  /** Of one month (`2023-06`), or since the start. */
  usage(month?: string): Usage {
    const sum: Usage = { apiCalls: 0, streamMessages: 0, byPath: {} };
    for (const [name, used] of this.#months) {
      if (month !== undefined && name !== month) continue;
      sum.apiCalls += used.apiCalls;
      sum.streamMessages += used.streamMessages;
      for (const [path, calls] of Object.entries(used.byPath)) sum.byPath[path] = (sum.byPath[path] ?? 0) + calls;
    }
    return sum;
  }

  #month(): Usage {
    const name = chineseMonth.format(this.#now());
    const usage = this.#months.get(name) ?? { apiCalls: 0, streamMessages: 0, byPath: {} };
    this.#months.set(name, usage);
    return usage;
  }
}
