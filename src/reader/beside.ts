import type { Compiled } from "./compiled.ts";
import { besideActivities } from "./words.ts";

/** Whether words tell of what is handed out or used beside an activity, and no row of the form asks for it. */
export function isBesideActivity(words: string, { phrases }: Compiled): boolean {
  const word = besideActivities.exec(words)?.[0];
  return word !== undefined && !phrases.some((it) => it.text.includes(word));
}
