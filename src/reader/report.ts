import type { Row } from "../campaign/row.ts";
import { isBesideActivity } from "./beside.ts";
import { canCount } from "./counters.ts";
import { resolveRows } from "./fields.ts";
import { countsAs, type Group } from "./group.ts";
import { lettersBetween, suggestRows } from "./hits.ts";
import { type Meaning, meaningOf, type Reach, reachOf } from "./manner.ts";
import { type Statement, statementOf } from "./meaning.ts";
import { findTypedRows } from "./near.ts";
import type { ReadEntry, Reading } from "./outcome.ts";
import { rowQuestion } from "./outcome.ts";
import type { Parsed } from "./parsed.ts";
import { type SettleContext, settle } from "./settle.ts";
import { clauseText, dateOf, spanOf } from "./stated.ts";
import { activity, asked, asking, chatter, otherActivity, placeOrTime, zeroAlone } from "./words.ts";

/** Decides group by group what is recorded, asked and rejected. */
export function report(parsed: Parsed): Reading {
  const reading: Reading = {
    text: parsed.text,
    entries: [],
    restZero: parsed.restZero,
    questions: [],
    rejections: [],
    intent: "none",
  };
  const reporter = new Reporter(parsed, reading);
  const groups = resolveRows(parsed);
  reporter.hasNamed = groups.some((it) => it.zones.length > 0 && it.figures.length > 0);
  for (const group of groups) reporter.take(group);
  reporter.finish(groups);
  const isReport = reading.entries.length + reading.questions.length + reading.rejections.length > 0;
  return { ...reading, intent: isReport || reading.restZero ? "report" : "none" };
}

class Reporter {
  private readonly parsed: Parsed;
  private readonly reading: Reading;
  private readonly context: SettleContext;
  private readonly reach: Reach;
  /** Some row is reported by name. */
  hasNamed = false;
  private silent: Group[] = [];
  private chain: { sentence: number; field: string; dates: Group["dates"] } | null = null;

  constructor(parsed: Parsed, reading: Reading) {
    const { campaign, fields, now } = parsed.context;
    this.parsed = parsed;
    this.reading = reading;
    const isWalk = parsed.context.rowNumbers !== undefined || parsed.context.row !== undefined;
    this.reach = reachOf(parsed.plain, parsed.clauses, isWalk);
    this.context = { campaign, fields, now, text: parsed.text, plain: parsed.plain };
  }

  take(group: Group): void {
    if (this.isAsked(group)) return;
    if (group.figures.length === 0) this.takeWithoutFigures(group);
    else if (isListOfZeros(group)) for (const row of group.rows) this.declare(group, row, "zero");
    else if (group.rows.length === 1 && !group.isUnsure) this.takeNamed(group, group.rows[0] as Row);
    else if (group.zones.length > 0 || (this.isReportLike(group) && !this.isBesides(group))) this.askRow(group);
  }

  /** What is left: names without figures ask only where nothing else was said. */
  finish(groups: readonly Group[]): void {
    const { reading, parsed } = this;
    const isEmpty = reading.entries.length + reading.questions.length + reading.rejections.length === 0;
    if (!isEmpty || reading.restZero || asking.test(parsed.plain) || chatter.test(parsed.plain)) return;
    const named = this.silent.filter((it) => it.rows.length > 0);
    for (const group of named) {
      if (group.rows.length === 1 && !group.isUnsure) this.takeFigures(group, group.rows[0] as Row);
      else this.askRow(group);
    }
    if (named.length === 0 && groups.length === 0) this.askUnnamed();
  }

  /** 演练结束后，指出2点不足: what else is told of a row that was reported. */
  private takeNamed(group: Group, row: Row): void {
    const isTold = this.reading.entries.some((it) => it.indicatorId === row.indicator.id);
    const isOther = group.figures.every((it) => it.figure.counter !== null && countsAs(row, it.figure).length === 0);
    if (!isTold || !isOther) this.takeFigures(group, row);
  }

  /** 发放资料500份 beside a report: no row of this form asks for it. */
  private isBesides(group: Group): boolean {
    const { plain, compiled } = this.parsed;
    const words = group.clauses.map((it) => plain.slice(it.start, it.end)).join("，");
    const sentence = group.clauses[0]?.sentence;
    const isAlone = this.parsed.clauses.filter((it) => it.sentence === sentence).length === group.clauses.length;
    return this.hasNamed && !isAlone && isBesideActivity(words, compiled);
  }

  private takeFigures(group: Group, row: Row): void {
    const meaning = this.inChain(group, row, meaningOf(group, this.reach));
    const settled = settle(group, row, meaning, this.context);
    const offset = this.reading.entries.length;
    this.reading.entries.push(...settled.entries);
    this.reading.rejections.push(...settled.rejections);
    for (const it of settled.questions) {
      this.reading.questions.push({ ...it, entry: it.entry === null ? null : it.entry + offset });
    }
  }

  /** 累计检查30座，发现12个，整改12个: a total so far reaches the rest of its field's chain. */
  private inChain(group: Group, { indicator: { field } }: Row, meaning: Meaning): Meaning {
    const { chain } = this;
    const sentence = group.clauses[0]?.sentence ?? 0;
    const isReached = chain !== null && chain.sentence === sentence && chain.field === field && !meaning.isModeStated;
    if (isReached && group.dates.every((it) => chain.dates.includes(it))) return { ...meaning, mode: "set" };
    const isTotal = field !== undefined && meaning.mode === "set";
    this.chain = isTotal ? { sentence, field, dates: group.dates } : null;
    return meaning;
  }

  private takeWithoutFigures(group: Group): void {
    const { plain, compiled, context } = this.parsed;
    const isPart = group.rows.some((it) => compiled.wholeOf.has(it.indicator.id));
    const isWholeText = context.row !== undefined;
    const statement: Statement = isWholeText && zeroAlone.test(plain) ? "zero" : statementOf(plain, group, isPart);
    if (statement === "pending") return;
    if (statement === "none") {
      // 已整改 beside what was found asks how many; other names without a figure only tell what it was about
      const row = group.rows.length === 1 ? group.rows[0] : undefined;
      const whole = row && compiled.wholeOf.get(row.indicator.id);
      if (row && this.reading.entries.some((it) => it.indicatorId === whole)) this.takeFigures(group, row);
      else this.silent.push(group);
      return;
    }
    if (statement === "all") {
      this.takeAll(group);
      return;
    }
    const rows = this.declaredRows(group);
    if (rows === null) {
      this.askRow(group);
      return;
    }
    for (const silent of this.silent.splice(0)) {
      const isListed = silent.clauses.at(-1)?.sentence === group.clauses[0]?.sentence && silent.rows.length === 1;
      if (isListed) rows.unshift(...silent.rows);
      else this.silent.push(silent);
    }
    for (const row of rows) this.declare(group, row, statement);
  }

  /** The rows of `3、4无` or `五带头和班前会都没有`; `null` when a name means several. */
  private declaredRows(group: Group): Row[] | null {
    if (group.rows.length === 1 && !group.isUnsure) return [...group.rows];
    const zone = group.zones[0];
    if (zone === undefined || group.zones.length > 1) return null;
    if (zone.isList) return [...zone.rows];
    const isJoined = /[和与及跟、]/.test(this.parsed.plain.slice(zone.start, zone.end));
    return isJoined && zone.parts.every((it) => it.length === 1) ? zone.parts.flat() : null;
  }

  private declare(group: Group, row: Row, statement: "zero" | "notApplicable"): void {
    const { isStated, judgement, date, dateFrom } = dateOf(group, this.context);
    const text = clauseText(group, this.parsed.text);
    if (judgement === "outsidePeriod" || judgement === "future") {
      this.reading.rejections.push({ reason: judgement, text, indicatorId: row.indicator.id });
      return;
    }
    const isZero = statement === "zero";
    const named = group.zones.at(-1)?.measureId ?? null;
    const measures = row.indicator.measures.filter((it) => named === null || it.id === named);
    // Nothing today is no zero of the month: it adds nothing. So does 没发现隐患 beside what was checked that day
    const isOfDay = isZero && (isStated || this.isBesideItsField(row));
    this.reading.entries.push({
      indicatorId: row.indicator.id,
      figures: isZero ? Object.fromEntries(measures.map((it) => [it.id, 0])) : {},
      mode: "set",
      isModeStated: false,
      isNotApplicable: !isZero,
      isOfDay,
      date: isOfDay ? (date ?? this.reading.entries.at(-1)?.date ?? null) : null,
      dateFrom: isOfDay ? dateFrom : null,
      isDateStated: isStated && date !== null,
      span: spanOf(group, []),
      spans: {},
    });
  }

  private isBesideItsField({ indicator }: Row): boolean {
    const last = this.reading.entries.at(-1);
    const field = last && this.parsed.compiled.rowById.get(last.indicatorId)?.indicator.field;
    return (
      indicator.field !== undefined && field === indicator.field && (last?.mode === "add" || last?.isOfDay === true)
    );
  }

  /** 均已整改: as many as the row it is part of. */
  private takeAll(group: Group): void {
    const row = group.rows.length === 1 ? group.rows[0] : undefined;
    const whole = row && this.parsed.compiled.wholeOf.get(row.indicator.id);
    const found = this.reading.entries.findLast((it): it is ReadEntry => it.indicatorId === whole);
    const value = found && Object.values(found.figures)[0];
    const measure = row?.indicator.measures[0];
    if (!row || !measure || !found || value === undefined) {
      if (row) this.takeFigures(group, row);
      else this.askRow(group);
      return;
    }
    const span = spanOf(group, []);
    this.reading.entries.push({
      ...found,
      indicatorId: row.indicator.id,
      figures: { [measure.id]: value },
      span,
      spans: {},
    });
  }

  private askRow(group: Group): void {
    const text = clauseText(group, this.parsed.text);
    const { judgement } = dateOf(group, this.context);
    const problems = group.figures.map((it) => it.figure.problem);
    const reject = (reason: "outsidePeriod" | "future" | "negative" | "fraction") =>
      this.reading.rejections.push({ reason, text, indicatorId: null });
    if (judgement === "outsidePeriod" || judgement === "future") return void reject(judgement);
    if (problems.includes("negative")) return void reject("negative");
    const rows = group.rows.map((it) => it.indicator.id);
    const options = rows.length > 0 ? rows : this.suggested(group);
    this.reading.questions.push(rowQuestion(text, options));
  }

  private suggested(group: Group): string[] {
    const { compiled, context, plain } = this.parsed;
    const words = group.clauses.map((it) => plain.slice(it.start, it.end)).join(" ");
    const typed = findTypedRows(words, compiled, context.fields);
    return typed.length > 0 ? typed : suggestRows(this.lettersIn(group), compiled, context.fields).rowIds;
  }

  /** A message without figures or names: one word of the form (检查) asks, talk does not. */
  private askUnnamed(): void {
    const { letters, compiled, context, text } = this.parsed;
    const typed = findTypedRows(this.parsed.plain, compiled, context.fields);
    if (typed.length > 0) return void this.reading.questions.push(rowQuestion(text.trim(), typed));
    const content = letters.text.replaceAll("\n", "");
    const { rowIds, coverage } = suggestRows(content, compiled, context.fields);
    if (content.length > 6 || coverage < 0.75 || rowIds.length === 0 || /[是我你您他这那吧呢]/.test(content)) return;
    this.reading.questions.push(rowQuestion(text.trim(), rowIds));
  }

  private isAsked(group: Group): boolean {
    const text = group.clauses.map((it) => this.parsed.plain.slice(it.start, it.end + 1)).join("");
    return asked.test(text);
  }

  /** Figures without a row: a report if the form counts so and words or several figures say that something was done. */
  private isReportLike(group: Group): boolean {
    const { compiled, plain } = this.parsed;
    const counts = group.figures.map((it) => it.figure.counter).filter((it) => it !== null);
    const measures = compiled.rows.flatMap((it) => it.indicator.measures);
    const known = counts.filter((it) => measures.some((measure) => canCount(measure, it)));
    const words = group.clauses.map((it) => plain.slice(it.start, it.end)).join("，");
    if (/[a-z]{2,}/.test(words) && !/[一-龥]/.test(words)) return true;
    if (counts.some((it) => !placeOrTime.test(it)) && activity.test(words)) return true;
    if (known.length === 0) return false;
    if (suggestRows(this.lettersIn(group), compiled, this.parsed.context.fields).coverage >= 0.5) return true;
    const hasSessions = counts.some((it) => /^(?:场次?|期|批次)$/.test(it));
    return hasSessions || new Set(known).size > 1 || activity.test(words) || otherActivity.test(words);
  }

  private lettersIn(group: Group): string {
    return group.clauses.map((it) => lettersBetween(this.parsed.letters, it.start, it.end)).join("");
  }
}

/** 7-9行都是0. */
function isListOfZeros({ zones, figures }: Group): boolean {
  return zones.length === 1 && zones[0]?.isList === true && figures.every((it) => it.figure.value === 0);
}
