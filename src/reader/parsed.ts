import type { Clause } from "./clauses.ts";
import type { Group } from "./group.ts";
import type { Letters } from "./letters.ts";
import type { ReadContext } from "./outcome.ts";
import type { Scope } from "./scope.ts";

/** A message taken apart, before anything is decided. */
export interface Parsed {
  text: string;
  plain: string;
  clauses: readonly Clause[];
  groups: readonly Group[];
  letters: Letters;
  restZero: boolean;
  scope: Scope;
  context: ReadContext;
}
