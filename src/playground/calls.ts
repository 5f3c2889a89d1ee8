import type { HttpBindings } from "@hono/node-server";
import type { CallFault, GatewayFault } from "./faults.ts";

/** One request of the robot to the gateway, the APIs or a session webhook. */
export interface ApiCall {
  /** From 1, in order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  /** Calendar time. */
  readonly at: Date;
  /** What was answered; absent while open, and when nothing was. `code` is an `errcode` for the old API and webhooks. */
  readonly status?: number;
  readonly code?: string;
  readonly fault?: CallFault | GatewayFault;
  /** Ids of the messages that people got by it. */
  readonly delivered: readonly string[];
  /**
   * What the robot could know of the outcome. `told`: the truth was written out to it in full. `falsified`: it was answered
   * with a time-out, which says nothing. `unheard`: its connection ended before the answer was out.
   */
  readonly answer: "open" | "told" | "falsified" | "unheard";
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
export type OpenCall = Omit<Open<ApiCall>, "delivered"> & { delivered: string[] };

/** What a route finds in its context: Node's own request and answer, and the call that it is part of. */
export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: { call: OpenCall };
}

/** Every call there was, in order. */
export class Calls {
  readonly #now: () => Date;
  readonly #all: OpenCall[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  get all(): readonly ApiCall[] {
    return this.#all;
  }

  begin(method: string, path: string): OpenCall {
    const number = this.#all.length + 1;
    const call: OpenCall = { number, method, path, at: this.#now(), delivered: [], answer: "open" };
    this.#all.push(call);
    return call;
  }
}
