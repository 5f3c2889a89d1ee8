import { randomBytes } from "node:crypto";

const lifeSeconds = 7200;

export type TokenState = "valid" | "expired" | "unknown";

/** One access token at a time, for both generations of the API: asked again in its window it stays the same and is renewed (dingtalk.md §4.2). */
export class Tokens {
  readonly #now: () => Date;
  readonly #expiryMs = new Map<string, number>();
  #current: string | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  issue(): { token: string; lifeSeconds: number } {
    const token =
      this.#current !== undefined && this.check(this.#current) === "valid"
        ? this.#current
        : randomBytes(16).toString("hex");
    this.#current = token;
    this.#expiryMs.set(token, this.#now().getTime() + lifeSeconds * 1000);
    return { token, lifeSeconds };
  }

  /** All that were issued, before their time. */
  expire(): void {
    for (const token of this.#expiryMs.keys()) this.#expiryMs.set(token, this.#now().getTime());
  }

  check(token: string | undefined): TokenState {
    const expiryMs = token === undefined ? undefined : this.#expiryMs.get(token);
    if (expiryMs === undefined) return "unknown";
    return this.#now().getTime() < expiryMs ? "valid" : "expired";
  }
}
