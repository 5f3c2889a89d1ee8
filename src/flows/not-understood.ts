import { rowsFor, shortLabel } from "../campaign/row.ts";
import { mentionedUnit } from "./doubt.ts";
import { answer, type Outcome, outcome, type Turn } from "./flow.ts";
import { ownProgress } from "./progress.ts";
import { measureTexts } from "./recording.ts";

const asksForDeadline = /截止|期限|什么时候|几号|哪天交|最晚/;
const courtesy =
  /^(?:您好|你好|在吗|谢谢|多谢|辛苦了?|收到|好的?|好滴|嗯+|行|ok|知道了|明白)[！!。~，,\s]*(?:谢谢|辛苦了?)?[！!。~]*$/i;

/** Longest message that is read; what people report fits in far less. */
export const longestMessage = 1_500;

/** A sentence that holds nothing to record: what it may want instead, else two examples and the walk. */
export function notUnderstood(turn: Turn<"own">): Outcome {
  const { campaign, own } = turn.facts;
  if (asksForDeadline.test(turn.words) && turn.words.length < 30) return ownProgress(turn);
  if (courtesy.test(turn.words)) return outcome(turn.state, [answer(turn.inbound, { tag: "courtesy", data: {} })]);
  const other = turn.words.length > 40 ? undefined : mentionedUnit(turn.words, campaign, own.unit);
  if (other !== undefined) {
    return outcome(turn.state, [
      answer(turn.inbound, { tag: "otherUnit", data: { unit: other.name, own: own.unit.name } }),
    ]);
  }
  const examples = rowsFor(campaign, own.unit)
    .filter((it) => it.indicator.measures.length > 1)
    .slice(0, 2)
    .map((it) => ({ name: shortLabel(it), measures: measureTexts(it) }));
  const data = { text: turn.words, isTooLong: turn.words.length > longestMessage, examples };
  return outcome(turn.state, [answer(turn.inbound, { tag: "notUnderstood", data })]);
}
