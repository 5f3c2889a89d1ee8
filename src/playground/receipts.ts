import { newProcessQueryKey } from "./ids.ts";

/** How long DingTalk knows who has read a message (dingtalk.md §4.7). */
const lifeMs = 24 * 3600_000;

export interface Sent {
  readonly staffId: string;
  readonly messageId: string;
}

/** What each `processQueryKey` of a message to people stands for. */
export class Receipts {
  readonly #now: () => Date;
  readonly #receipts = new Map<string, { at: Date; sent: readonly Sent[] }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  issue(sent: readonly Sent[]): string {
    const key = newProcessQueryKey();
    this.#receipts.set(key, { at: this.#now(), sent });
    return key;
  }

  /** Undefined when unknown, or older than a day. */
  find(key: string): readonly Sent[] | undefined {
    const receipt = this.#receipts.get(key);
    if (receipt === undefined) return undefined;
    return this.#now().getTime() - receipt.at.getTime() < lifeMs ? receipt.sent : undefined;
  }
}
