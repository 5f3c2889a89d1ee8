import { dayOf } from "../campaign/calendar.ts";
import type { Campaign, Indicator, Measure } from "../campaign/campaign.ts";
import { hasIndependentCounts, type Row } from "../campaign/row.ts";
import { isBesideActivity } from "./beside.ts";
import type { Clause } from "./clauses.ts";
import { compiled } from "./compiled.ts";
import { isPersonWord } from "./counters.ts";
import type { DateContext } from "./date.ts";
import type { Figure } from "./figure.ts";
import type { Group, Placed } from "./group.ts";
import type { Meaning } from "./manner.ts";
import { type Assigned, aboutOf, assignMeasures } from "./measures.ts";
import { type ReadEntry, type ReadQuestion, type ReadRejection, rowQuestion } from "./outcome.ts";
import { clauseText, dateOf, type Stated, spanOf } from "./stated.ts";
import { figuresOf, type Picked } from "./values.ts";

export interface Settled {
  entries: ReadEntry[];
  questions: ReadQuestion[];
  rejections: ReadRejection[];
}

export interface SettleContext extends DateContext {
  campaign: Campaign;
  fields: readonly string[];
  /** The day of what states none; `null` outside the period. */
  messageDay: string | null;
  /** The message as it was written. */
  text: string;
  plain: string;
}

/** The figures of one known row, as entries, questions or rejections. */
export function settle(group: Group, row: Row, meaning: Meaning, context: SettleContext): Settled {
  const settled: Settled = { entries: [], questions: [], rejections: [] };
  const stated = dateOf(group, context);
  for (const event of eventsOf(group, row.indicator, context.plain)) {
    settleEvent({ group, row, meaning, context, event, stated }, settled);
  }
  return settled;
}

interface Event {
  figures: readonly Placed[];
  assigned: Assigned;
}

/** `上午1场50人，下午1场60人`: figures that come round again, each time whole, are events of their own. */
function eventsOf(group: Group, indicator: Indicator, plain: string): Event[] {
  const whole = [{ figures: group.figures, assigned: assignMeasures(plain, indicator, group.figures) }];
  const isPlain = group.figures.every(
    (it) => it.figure.role === "plain" && !it.isCorrection && it.figure.problem === null,
  );
  if (indicator.measures.length < 2 || hasIndependentCounts(indicator) || !isPlain || group.isSum) return whole;
  const size = indicator.measures.length;
  if (group.figures.length <= size || group.figures.length % size !== 0) return whole;
  const events: Event[] = [];
  for (let at = 0; at < group.figures.length; at += size) {
    const figures = group.figures.slice(at, at + size);
    const assigned = assignMeasures(plain, indicator, figures);
    if (assigned.byMeasure.size !== size || figures.some((it) => it.figure.counter === null)) return whole;
    events.push({ figures, assigned });
  }
  return events;
}

interface Settling {
  group: Group;
  row: Row;
  meaning: Meaning;
  context: SettleContext;
  event: Event;
  stated: Stated;
}

function settleEvent(settling: Settling, settled: Settled): void {
  const { group, row, meaning, context, event, stated } = settling;
  const picked = figuresOf(row.indicator, event.assigned, group.isSum);
  const { judgement } = stated;
  const notYet = meaning.isPlanned && !stated.isStated ? "future" : null;
  const reason = judgement === "outsidePeriod" || judgement === "future" ? judgement : (notYet ?? picked.rejection);
  if (reason !== null) {
    settled.rejections.push({ reason, text: clauseText(group, context.text), indicatorId: row.indicator.id });
    return;
  }
  const firstQuestion = settled.questions.length;
  for (const measure of picked.unclear) ask(settling, settled, measure, { isVague: true });
  if (Object.keys(picked.figures).length === 0) {
    if (picked.unclear.length === 0) askWithoutFigure(settling, settled);
    return;
  }
  complete(settling, settled, picked);
  settled.entries.push(entryOf(settling, picked));
  for (const question of settled.questions.slice(firstQuestion)) question.entry = settled.entries.length - 1;
  // 重大责任事故1个 beside what is recorded: said of the row, but not of which measure
  const { loose, contrary } = event.assigned;
  if (loose.some(({ figure }) => figure.counter !== null && figure.role !== "total"))
    ask(settling, settled, null, { about: "number" });
  if (contrary.some((it) => isLost(it, settling)))
    settled.questions.push(rowQuestion(clauseText(group, context.text), []));
}

/** A figure in this row's place that only another row can count belongs somewhere: it must not vanish. */
function isLost({ figure, clause }: Placed, { group, context }: Settling): boolean {
  if (figure.isOfSomething || !isCounted(figure, context)) return false;
  return clause.sentence !== group.clauses[0]?.sentence || !isBeside(figure, clause, context);
}

/** 发放手册400份 beside the activity. */
function isBeside(figure: Figure, clause: Clause, { campaign, plain }: SettleContext): boolean {
  const before = clause.figures.filter((it) => it.end <= figure.start).at(-1)?.end ?? clause.start;
  return isBesideActivity(plain.slice(before, figure.end + 6), compiled(campaign));
}

/** Whether any row of the form counts in the figure's unit, 座 or 座次; 份 of leaflets and 辆 of cars are nobody's. */
function isCounted({ counter }: Figure, { campaign }: SettleContext): boolean {
  const units = counter === null || isPersonWord(counter) ? [counter] : [counter, `${counter}次`];
  return compiled(campaign).rows.some(({ indicator }) => indicator.measures.some((it) => units.includes(it.unit)));
}

/** What belongs beside the figures that are certain: zeros where all is zero, a question for each that was not said. */
function complete(settling: Settling, settled: Settled, picked: Picked): void {
  const { figures, unclear } = picked;
  const { indicator } = settling.row;
  if (!hasIndependentCounts(indicator)) {
    const isZero = isAllZero(picked);
    for (const measure of indicator.measures) {
      if (figures[measure.id] !== undefined || unclear.includes(measure)) continue;
      if (isZero) figures[measure.id] = 0;
      else if (settling.meaning.mode !== "fix") ask(settling, settled, measure);
    }
  }
  if (settling.stated.judgement === "ask") ask(settling, settled, null, { about: "date" });
}

function isAllZero({ figures, unclear }: Picked): boolean {
  return unclear.length === 0 && Object.values(figures).every((it) => it === 0);
}

function askWithoutFigure(settling: Settling, settled: Settled): void {
  const { indicator } = settling.row;
  const { contrary, loose } = settling.event.assigned;
  const isContrary = contrary.some((it) => !it.figure.isOfSomething);
  const open = indicator.measures.find((it) => aboutOf(indicator, it) === "sessions") ?? indicator.measures[0];
  if (isContrary) ask(settling, settled, null, { about: "row", options: [indicator.id] });
  else if (loose.length > 0) ask(settling, settled, null, { about: "number" });
  else if (open) ask(settling, settled, open);
}

function ask(
  { group, row: { indicator }, context, stated }: Settling,
  settled: Settled,
  measure: Measure | null,
  other: { about?: ReadQuestion["about"]; options?: string[]; isVague?: boolean } = {},
): void {
  settled.questions.push({
    about: other.about ?? (measure ? aboutOf(indicator, measure) : "number"),
    text: clauseText(group, context.text),
    options: other.options ?? [],
    indicatorId: indicator.id,
    measureId: measure?.id ?? null,
    isVague: other.isVague ?? false,
    date: stated.isStated ? stated.date : context.messageDay,
    isDateStated: stated.isStated && stated.date !== null,
    entry: null,
  });
}

/** The message's day, where the period holds it. */
export function messageDayOf({ campaign, now }: DateContext): string | null {
  const today = dayOf(now, campaign);
  return today >= campaign.period.start && today <= campaign.period.end ? today : null;
}

function entryOf({ group, row, meaning, context, event, stated }: Settling, picked: Picked): ReadEntry {
  const isZero = isAllZero(picked);
  // A zero of a stated day is that day's; without one it is the period's
  const mode = isZero && meaning.mode === "add" && !meaning.isModeStated ? "set" : meaning.mode;
  const isDateless = (mode === "fix" || (mode === "set" && isZero)) && !stated.isStated;
  return {
    indicatorId: row.indicator.id,
    figures: picked.figures,
    denied: picked.denied,
    mode,
    isModeStated: meaning.isModeStated,
    isNotApplicable: false,
    isOfDay: isZero && mode !== meaning.mode && stated.isStated,
    date: stated.isStated ? stated.date : isDateless ? null : context.messageDay,
    dateFrom: stated.dateFrom,
    isDateStated: stated.isStated && stated.date !== null,
    span: spanOf(group, event.figures),
    spans: picked.spans,
  };
}
