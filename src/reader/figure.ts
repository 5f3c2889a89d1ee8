import type { Span } from "./span.ts";

/**
 * `each`: 每场40人; `apiece`: 各1场; `respective`: 分别30人、40人; `part`: 其中党员30人; `total`: 共120人; `denied`: 不是3场;
 * `withdrawn`: 3场不对.
 */
export type Role = "plain" | "each" | "apiece" | "respective" | "part" | "total" | "denied" | "withdrawn";

/** A number of the text that may be a count, with the word it counts in and what the words around it make of it. */
export interface Figure extends Span {
  value: number;
  /** The value without its 万, for measures counted in 万元. */
  beforeWan: number | null;
  hasWan: boolean;
  /** 场, 人次 …, canonical; `null` where none stands behind or before it. */
  counter: string | null;
  problem: "vague" | "negative" | "fraction" | null;
  role: Role;
  isMisheard: boolean;
  hasWideComma: boolean;
  /** Where 其中 stands, for a `part`. */
  partAt: number;
  /** The counting word has a noun of its own behind it (5个单位, 3台设备). */
  isOfSomething: boolean;
  /** Who came of the own unit (我们去了35人), which of a joint activity is all that is its own. */
  isOurs: boolean;
}

/** A figure of which nothing more is said than what it counts. */
export function plainFigure(said: Pick<Figure, "start" | "end" | "value" | "counter" | "problem">): Figure {
  const { start, end, value, counter, problem } = said;
  return {
    start,
    end,
    value,
    beforeWan: null,
    hasWan: false,
    counter,
    problem,
    role: "plain",
    partAt: -1,
    isMisheard: false,
    hasWideComma: false,
    isOfSomething: false,
    isOurs: false,
  };
}

/** Says how many there were of the row, all told: neither taken back nor of each. */
export function isOwn({ role }: Figure): boolean {
  return role === "plain" || role === "part" || role === "total";
}
