import type { Row } from "../campaign/row.ts";
import { hasQuestion, isAsked } from "./asked.ts";
import { declaration, declaredRows, isOneDone } from "./declared.ts";
import { resolveRows } from "./fields.ts";
import { countsAs, type Group } from "./group.ts";
import { type Meaning, meaningOf, type Reach, reachOf } from "./manner.ts";
import { type Statement, statementOf } from "./meaning.ts";
import { type ReadEntry, type Reading, rowQuestion } from "./outcome.ts";
import type { Parsed } from "./parsed.ts";
import { messageDayOf, type SettleContext, settle } from "./settle.ts";
import { clauseText, dateOf, spanOf } from "./stated.ts";
import { isBesides, isReportLike, rowsOfTalk, suggestedRows } from "./unnamed.ts";
import { asking, chatter, setWords, zeroAlone } from "./words.ts";

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
  private readonly mayAsk: boolean;
  /** Some row is reported by name. */
  hasNamed = false;
  /** In which sentence a row's total was told. */
  private readonly totals = new Map<string, number>();
  private silent: Group[] = [];
  private chain: { sentence: number; field: string; dates: Group["dates"] } | null = null;

  constructor(parsed: Parsed, reading: Reading) {
    const { campaign, fields, now } = parsed.context;
    this.parsed = parsed;
    this.reading = reading;
    const isWalk = parsed.context.rowNumbers !== undefined || parsed.context.row !== undefined;
    this.reach = reachOf(parsed.plain, parsed.clauses, isWalk);
    this.mayAsk = hasQuestion(parsed.plain);
    const messageDay = messageDayOf({ campaign, now });
    this.context = { campaign, fields, now, messageDay, text: parsed.text, plain: parsed.plain };
  }

  take(group: Group): void {
    if (this.mayAsk && isAsked(this.parsed.plain, group)) return;
    if (group.figures.length === 0) this.takeWithoutFigures(group);
    else if (isListOfZeros(group)) for (const row of group.rows) this.declare(group, row, "zero");
    else if (group.rows.length === 1 && !group.isUnsure) this.takeNamed(group, group.rows[0] as Row);
    else if (
      group.zones.length > 0 ||
      (isReportLike(this.parsed, group) && !(this.hasNamed && isBesides(this.parsed, group)))
    )
      this.askRow(group);
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
    if (named.length > 0 || groups.length > 0) return;
    const options = rowsOfTalk(parsed);
    if (options.length > 0) reading.questions.push(rowQuestion(parsed.text.trim(), options));
  }

  /** 演练结束后，指出2点不足: what else is told of a row that was reported. */
  private takeNamed(group: Group, row: Row): void {
    const isTold = this.reading.entries.some((it) => it.indicatorId === row.indicator.id);
    const isOther = group.figures.every((it) => it.figure.counter !== null && countsAs(row, it.figure).length === 0);
    if (isTold && isOther) return;
    if (this.isAfterTotal(group, row)) this.askAddOrReplace(group, row);
    else this.takeFigures(group, row);
  }

  /** 累计3场，今天1场: the event may be one of those that the total counts. */
  private isAfterTotal(group: Group, { indicator }: Row): boolean {
    const isTotal = group.clauses.some((it) => setWords.test(this.parsed.plain.slice(it.start, it.end)));
    return !isTotal && this.totals.get(indicator.id) === group.clauses[0]?.sentence;
  }

  private askAddOrReplace(group: Group, { indicator }: Row): void {
    const question = rowQuestion(clauseText(group, this.parsed.text), [indicator.id]);
    this.reading.questions.push({ ...question, about: "addOrReplace" });
  }

  private takeFigures(group: Group, row: Row): void {
    const meaning = this.inChain(group, row, meaningOf(group, this.reach));
    if (meaning.mode === "set") this.totals.set(row.indicator.id, group.clauses[0]?.sentence ?? 0);
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
    const { plain, scope, context } = this.parsed;
    const { wholeOf } = scope.compiled;
    const isPart = group.rows.some((it) => wholeOf.has(it.indicator.id));
    const isWholeText = context.row !== undefined;
    const statement: Statement = isWholeText && zeroAlone.test(plain) ? "zero" : statementOf(plain, group, isPart);
    if (statement === "pending") return;
    if (statement === "none") {
      // 已整改 beside what was found asks how many; other names without a figure only tell what it was about
      const row = group.rows.length === 1 ? group.rows[0] : undefined;
      const whole = row && wholeOf.get(row.indicator.id);
      const found = this.reading.entries.findLast((it) => it.indicatorId === whole);
      if (row && found && isOneDone(plain, group, found)) this.takeAll(group);
      else if (row && found) this.takeFigures(group, row);
      else this.silent.push(group);
      return;
    }
    if (statement === "all") {
      this.takeAll(group);
      return;
    }
    const rows = declaredRows(plain, group);
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

  /** 均已整改: as many as the row it is part of. */
  private takeAll(group: Group): void {
    const row = group.rows.length === 1 ? group.rows[0] : undefined;
    const whole = row && this.parsed.scope.compiled.wholeOf.get(row.indicator.id);
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

  private declare(group: Group, row: Row, statement: "zero" | "notApplicable"): void {
    const { entries, rejections } = this.reading;
    const stated = dateOf(group, this.context);
    const reason = stated.judgement;
    if (reason === "outsidePeriod" || reason === "future") {
      rejections.push({ reason, text: clauseText(group, this.parsed.text), indicatorId: row.indicator.id });
    } else entries.push(declaration({ group, row, statement, stated }, entries.at(-1), this.parsed));
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
    const options = rows.length > 0 ? rows : suggestedRows(this.parsed, group);
    this.reading.questions.push(rowQuestion(text, options));
  }
}

/** 7-9行都是0. */
function isListOfZeros({ zones, figures }: Group): boolean {
  return zones.length === 1 && zones[0]?.isList === true && figures.every((it) => it.figure.value === 0);
}
