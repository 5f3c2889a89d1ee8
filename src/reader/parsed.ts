import type { Clause } from "./clauses.ts";
import type { Group } from "./group.ts";
import type { Letters } from "./hits.ts";
import type { ReadContext } from "./outcome.ts";
import type { Compiled } from "./phrases.ts";

/** A message taken apart, before anything is decided. */
export interface Parsed {
  text: string;
  plain: string;
  clauses: readonly Clause[];
  groups: readonly Group[];
  letters: Letters;
  restZero: boolean;
  compiled: Compiled;
  context: ReadContext;
}
