/** How the wire misbehaves (dingtalk.md §1.5–1.8, §2.5, §4.0), by where it strikes: a closed list for each place. */
const oddFrameFaults = [
  "frameNotJson",
  "frameWithoutHeaders",
  "frameOfUnknownType",
  "frameOfUnknownTopic",
  "frameOfEvent",
  "frameDataNotJson",
] as const;
export const connectionFaults = ["reset", "halfOpen", "disconnect", ...oddFrameFaults] as const;
export const pushFaults = ["duplicatePush", "reorderedPush", "delayedPush"] as const;
const ackFaults = ["lostAck"] as const;
export const gatewayFaults = ["refused401", "refused400", "refused500", "noAnswer", "usedTicket"] as const;
export const callFaults = [
  "error500",
  "timeoutDelivered",
  "timeoutUndelivered",
  "cutDelivered",
  "tooFast",
  "slowAnswer",
  "expiredToken",
] as const;

const allFaults = [...pushFaults, ...ackFaults, ...connectionFaults, ...gatewayFaults, ...callFaults] as const;

export type OddFrameFault = (typeof oddFrameFaults)[number];
export type ConnectionFault = (typeof connectionFaults)[number];
export type PushFault = (typeof pushFaults)[number];
export type StreamFault = PushFault | ConnectionFault | (typeof ackFaults)[number];
export type GatewayFault = (typeof gatewayFaults)[number];
export type CallFault = (typeof callFaults)[number];
export type Fault = (typeof allFaults)[number];

type Shares<F extends Fault> = Partial<Record<F, number>>;

/** How often each fault strikes by itself: shares from 0 to 1, tried in the order of the lists. What is absent never does. */
export interface FaultPlan {
  /** Of the messages pushed for the first time; `lostAck` of the acks. */
  stream?: Shares<StreamFault>;
  /** Of the requests for a ticket. */
  gateway?: Shares<GatewayFault>;
  /** Of the calls of a path as documented, like `/v1.0/todo/users/{unionId}/tasks`; `*` stands for those that have no shares of their own. */
  calls?: Record<string, Shares<CallFault>>;
}

export interface FaultCount {
  readonly fault: Fault;
  readonly count: number;
}

/** Where chance comes from; a seeded one, asked in the same order, plays the same faults again. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  chance(share: number): boolean;
}

export const unseeded: Random = {
  between: (from, to) => from + Math.floor(Math.random() * (to - from + 1)),
  chance: (share) => Math.random() < share,
};

/** Decides what goes wrong: what was ordered, then what chance and the plan say. Counts what it decided. */
export class Faults {
  readonly #random: Random;
  readonly #counts = new Map<Fault, number>();
  readonly #orders: { fault: Fault; path: string | undefined }[] = [];
  #plan: FaultPlan;

  constructor({ random, plan }: { random: Random; plan: FaultPlan }) {
    this.#random = random;
    this.#plan = plan;
  }

  /** Every kind there is, those that never struck included. */
  get counts(): FaultCount[] {
    return allFaults.map((fault) => ({ fault, count: this.#counts.get(fault) ?? 0 }));
  }

  follow(plan: FaultPlan): void {
    this.#plan = plan;
  }

  /** Strikes once, at its next occasion; of calls, only those of the path when one is given. */
  next(fault: Fault, path?: string): void {
    this.#orders.push({ fault, path });
  }

  /** Which of those that could strike now does, if any. `path` is that of a call. */
  draw<F extends Fault>(possible: readonly F[], path = ""): F | undefined {
    const struck = this.#ordered(possible, path) ?? possible.find((it) => this.#strikes(it, path));
    if (struck !== undefined) this.count(struck);
    return struck;
  }

  count(fault: Fault): void {
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + 1);
  }

  #ordered<F extends Fault>(possible: readonly F[], path: string): F | undefined {
    for (const [index, order] of this.#orders.entries()) {
      const fault = possible.find((it) => it === order.fault);
      if (fault === undefined || (order.path ?? path) !== path) continue;
      this.#orders.splice(index, 1);
      return fault;
    }
    return undefined;
  }

  #strikes(fault: Fault, path: string): boolean {
    const { stream, gateway, calls = {} } = this.#plan;
    const shares: Shares<Fault> = { ...stream, ...gateway, ...(calls[path] ?? calls["*"]) };
    const share = shares[fault] ?? 0;
    return share > 0 && this.#random.chance(share);
  }
}
