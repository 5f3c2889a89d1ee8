import { dayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { isRecurring, type ReportingPeriod, reportingPeriods } from "../campaign/period.ts";
import { allPeriodsOf, alsoOwed, atHand, inPeriod, owesForm, type UnitRecord } from "../campaign/unit-record.ts";
import type { Asked } from "./conversation.ts";
import { answer, type Facts, type Need, type Outcome, outcome, type Reply, type Step, type Turn } from "./flow.ts";
import { isBareNumber, readPeriod } from "./named-period.ts";
import type { NumberTaken, OnePeriod, PeriodText } from "./words/period.ts";
import type { Tag } from "./words/words.ts";

/** Where the form is owed again and again: which period a command means, and which one an answer is about. */

export function noSuchPeriod(turn: Turn, { command, said }: { command: string; said: string }): Outcome {
  const { campaign, now } = turn.facts;
  const today = dayOf(now, campaign);
  const periods = reportingPeriods(campaign);
  const begun = periods.filter((it) => it.start <= today).map(onePeriod);
  const next = periods.find((it) => it.start > today);
  const data = { command, said, begun, next: next === undefined ? null : onePeriod(next) };
  return outcome(turn.state, [answer(turn.inbound, { tag: "noSuchPeriod", data })]);
}

export function onePeriod({ no, start, end }: ReportingPeriod): OnePeriod {
  return { no, start, end };
}

/** The heading of what is said about a period, with what a bare number was taken for; nothing where there is only one. */
export function headed(
  campaign: Campaign,
  period: ReportingPeriod,
  { said = "", as = "period" }: Partial<NumberTaken> = {},
): { period?: PeriodText } {
  if (!isRecurring(campaign)) return {};
  return { period: { ...onePeriod(period), ...(isBareNumber(said) && { number: { said, as } }) } };
}

/** The same heading on answers that have one already. */
function sayingNumber(said: string, { replies, ...rest }: Outcome): Outcome {
  if (!isBareNumber(said)) return { replies, ...rest };
  const number: NumberTaken = { said, as: "period" };
  const told = replies.map((reply): Reply => {
    const { content } = reply;
    if (content.kind !== "say" || content.say.period === undefined) return reply;
    return { ...reply, content: { ...content, say: { ...content.say, period: { ...content.say.period, number } } } };
  });
  return { replies: told, ...rest };
}

/** The same turn with the unit seen in another period; one that the campaign file no longer has changes nothing. */
export function turnIn(turn: Turn<"own">, key: string | undefined): Turn<"own"> {
  const { own } = turn.facts;
  if (key === undefined || key === own.period.key || !own.others.some((it) => it.period.key === key)) return turn;
  return { ...turn, facts: { ...turn.facts, own: inPeriod(own, key) } };
}

/** A liaison's command that may name the period it is about: the conversation stays with that one until it is submitted. */
export function ofPeriod(command: string, step: Step<"own">): Step<"own"> {
  return (turn) => {
    if (turn.words === "") return step(turn);
    const named = readPeriod(turn.words, turn.facts);
    if (named.kind !== "one") return noSuchPeriod(turn, { command, said: turn.words });
    const { key } = named.period;
    const walkPage = turn.facts.own.period.key === key ? turn.state.walkPage : null;
    const then = turnIn(turn, key);
    return sayingNumber(turn.words, step({ ...then, words: "", state: { ...turn.state, ...chosen(then), walkPage } }));
  };
}

/** A manager's command over all units: of the period that it names or the one in view, or (`isWhole`) of all of them. */
export function ofPeriods<N extends Need>(
  command: string,
  step: (turn: Turn<N | "all">, isWhole: boolean) => Outcome,
): Step<N | "all"> {
  return (turn) => {
    if (turn.words === "") return step(turn, false);
    const named = readPeriod(turn.words, turn.facts);
    if (named.kind === "none") return noSuchPeriod(turn, { command, said: turn.words });
    if (named.kind === "whole") return step({ ...turn, words: "" }, true);
    const all = turn.facts.all.map((it) => inPeriod(it, named.period.key));
    return sayingNumber(turn.words, step({ ...turn, words: "", facts: { ...turn.facts, all } }, false));
  };
}

/** The heading of what is said about all units. */
export function headedAll({ campaign, all, now }: Facts<"all">, isWhole: boolean): { period?: PeriodText } {
  const [first] = all;
  if (first === undefined || !isRecurring(campaign)) return {};
  return { period: isWhole ? { whole: begunPeriods(campaign, now).length } : onePeriod(first.period) };
}

export function begunPeriods(campaign: Campaign, now: Date): ReportingPeriod[] {
  const today = dayOf(now, campaign);
  return reportingPeriods(campaign).filter((it) => it.start <= today);
}

/** `报送` alone: a form that was chosen and has been submitted since makes room for the one that is owed now. */
export function onWhatIsOwed(turn: Turn<"own">): Turn<"own"> {
  const { campaign, own, now } = turn.facts;
  if (turn.state.period === null || turn.state.walkPage !== null || owesForm(own)) return turn;
  const next = atHand(own, { today: dayOf(now, campaign), chosen: null });
  return owesForm(next) ? turnIn(turn, next.period.key) : turn;
}

/** Answers that are about the form of the period at hand. */
const aboutForm: ReadonlySet<Tag> = new Set([
  "previewed",
  "submitBlocked",
  "submitted",
  "explained",
  "sheetFollows",
  "ownProgress",
  "walkPage",
  "walkDone",
  "noOpenQuestion",
  "nothingToZero",
] satisfies Tag[]);
const tellsWhatIsOwed: ReadonlySet<Tag> = new Set(["submitted", "ownProgress"] satisfies Tag[]);

/** Names the period at hand in what a liaison is answered about the own unit's form. */
export function sayingPeriod(turn: Turn<"own">, { replies, ...rest }: Outcome): Outcome {
  const { campaign, own, now } = turn.facts;
  if (!isRecurring(campaign)) return { replies, ...rest };
  const owed = alsoOwed(campaign, own, dayOf(now, campaign)).map((it) => it.no);
  const named = replies.map((reply): Reply => {
    const { content } = reply;
    if (content.kind !== "say" || content.say.period !== undefined || !aboutForm.has(content.say.tag)) return reply;
    const isTold = tellsWhatIsOwed.has(content.say.tag) && owed.length > 0;
    const period = { ...onePeriod(own.period), ...(isTold && { owed }) };
    return { ...reply, content: { ...content, say: { ...content.say, period } } };
  });
  return { replies: named, ...rest };
}

/** The period of a unit in which an entry stands. */
export function recordOfEntry(own: UnitRecord, no: number | null): UnitRecord {
  const holder = allPeriodsOf(own).find((it) => it.entries.some((entry) => entry.no === no));
  return holder === undefined ? own : inPeriod(own, holder.period.key);
}

/** The conversation stays with the period at hand, where there are several. */
export function chosen({ facts }: Turn<"own">): { period?: string; periodOn?: string } {
  const { campaign, own, now } = facts;
  return isRecurring(campaign) ? { period: own.period.key, periodOn: dayOf(now, campaign) } : {};
}

/** The open rows of a form were just listed; see `hasJustListed`. */
export function rowsListed({ facts }: Turn<"own">, { period }: UnitRecord) {
  const rowsListedIn = isRecurring(facts.campaign) ? period.key : null;
  return { rowsListedAt: facts.now.toISOString(), rowsListedIn };
}

/** Key of the period that a question is about: that of the entry it completes, wherever that stands by now. */
export function periodOfQuestion(own: UnitRecord, { question, period }: Pick<Asked, "question" | "period">): string {
  const entryNo = question.about === "count" || question.about === "date" ? question.entryNo : null;
  return entryNo === null ? (period ?? own.period.key) : recordOfEntry(own, entryNo).period.key;
}
