import nzhcn from "nzh/cn";
import { dayOf } from "../../campaign/calendar.ts";
import type { Campaign, Measure } from "../../campaign/campaign.ts";
import { hasIndependentCounts, type Row } from "../../campaign/row.ts";
import { canCount, countersOf, isPeople, isSessions } from "../../reader/counters.ts";
import type { ReadContext } from "../../reader/reading.ts";
import { type NamedPart, type NameFinder, nameFinder } from "./named-rows.ts";
import { type LineReader, measureNames, placeOf } from "./readers.ts";
import type { Outcome } from "./score.ts";

/** The figure of a stretch of text counted in one of `words`, or `null`. */
type FigureFinder = (text: string, words: Words) => number | null;
interface Words {
  own: readonly string[];
  /** Of every measure of the form. */
  all: readonly string[];
}

/**
 * What others would do, for comparison. They share everything but how a figure is read: rows by the form's names, the
 * message's day, the units people say, a question for the missing half of 场次 and 人次 and for figures without a row,
 * and a look at the limits of a measure.
 */
export function baselines(campaign: Campaign): LineReader[] {
  const finders: Record<string, FigureFinder> = {
    parseInt: firstInteger,
    regex: (text, words) => firstNumber(text, words, arabic),
    "regex+nzh": (text, words) => firstNumber(text, words, chinese),
  };
  return Object.entries(finders).map(([name, find]) => new Baseline(name, find, campaign));
}

class Baseline implements LineReader {
  readonly name: string;
  private readonly find: FigureFinder;
  private readonly campaign: Campaign;
  private readonly all: readonly string[];
  private readonly finders = new Map<string, NameFinder>();
  private readonly dates = new Map<number, string | null>();
  private readonly wordsByUnit = new Map<string, Words>();

  constructor(name: string, find: FigureFinder, campaign: Campaign) {
    const measures = campaign.form.sections.flatMap((it) => it.indicators).flatMap((it) => it.measures);
    this.name = name;
    this.find = find;
    this.campaign = campaign;
    this.all = countersOf(measures.map((it) => it.unit)).words.filter((word) =>
      measures.some((it) => canCount(it, word)),
    );
  }

  read(text: string, { fields, now }: ReadContext): Outcome {
    const date = this.dateOf(now);
    const parts = this.finderOf(fields)(text);
    if (parts.length === 0) return this.readNameless(text);
    const read = parts.map((it) => this.readPart(it, date));
    return {
      entries: read.flatMap((it) => it.entries),
      restZero: false,
      questions: read.flatMap((it) => it.questions),
      rejections: read.flatMap((it) => it.rejections),
    };
  }

  /** Worked out once for a moment: time zones are slow, and no part of what is compared. */
  private dateOf(now: Date): string | null {
    const known = this.dates.get(now.getTime());
    if (known !== undefined) return known;
    const day = dayOf(now, this.campaign);
    const { start, end } = this.campaign.period;
    const date = day >= start && day <= end ? day : null;
    this.dates.set(now.getTime(), date);
    return date;
  }

  private readPart({ rows, text }: NamedPart, date: string | null): Outcome {
    const [row] = rows;
    if (row === undefined || rows.length > 1) {
      const question = { about: "row", rows: rows.map(placeOf), measure: null };
      return { ...nothing, questions: this.hasFigure(text) ? [question] : [] };
    }
    const about = (measure: Measure) => ({
      rows: [placeOf(row)],
      measure: measureNames(row).get(measure.id) ?? null,
    });
    const found = row.indicator.measures.map((measure) => ({ measure, value: this.figureOf(row, measure, text) }));
    const said = found.flatMap(({ measure, value }) => (value === null ? [] : [{ measure, value }]));
    const rejected = said.map((it) => ({ ...it, reason: refusal(it.measure, it.value) }));
    const kept = rejected.filter((it) => it.reason === null);
    const missing =
      kept.length === 0 || hasIndependentCounts(row.indicator) ? [] : found.filter((it) => it.value === null);
    const measures = Object.fromEntries(kept.map((it) => [about(it.measure).measure ?? "", it.value]));
    return {
      entries: kept.length === 0 ? [] : [{ ...placeOf(row), date, dateFrom: null, mode: "add", measures }],
      restZero: false,
      questions: missing.map(({ measure }) => ({ ...about(measure), about: kindOf(measure) })),
      rejections: rejected.flatMap(({ measure, reason }) => (reason === null ? [] : [{ ...about(measure), reason }])),
    };
  }

  /** Four counts of one unit are told apart by what stands before each. */
  private figureOf(row: Row, measure: Measure, text: string): number | null {
    const isAlone = measureNames(row).get(measure.id) === measure.unit;
    const at = isAlone ? 0 : text.indexOf(measure.label);
    return at < 0 ? null : this.find(text.slice(at), this.wordsOf(measure));
  }

  private readNameless(text: string): Outcome {
    return { ...nothing, questions: this.hasFigure(text) ? [{ about: "row", rows: [], measure: null }] : [] };
  }

  private hasFigure(text: string): boolean {
    return this.find(text, { own: this.all, all: this.all }) !== null;
  }

  private wordsOf(measure: Measure): Words {
    const known = this.wordsByUnit.get(measure.unit);
    if (known !== undefined) return known;
    const words = { own: this.all.filter((it) => canCount(measure, it)), all: this.all };
    this.wordsByUnit.set(measure.unit, words);
    return words;
  }

  private finderOf(fields: readonly string[]): NameFinder {
    const key = fields.join();
    const finder = this.finders.get(key) ?? nameFinder(this.campaign, fields);
    this.finders.set(key, finder);
    return finder;
  }
}

const nothing: Outcome = { entries: [], restZero: false, questions: [], rejections: [] };

function refusal({ decimals, max }: Measure, value: number): "fraction" | "tooLarge" | null {
  if (!Number.isInteger(value * 10 ** decimals)) return "fraction";
  return value > max ? "tooLarge" : null;
}

function kindOf(measure: Measure): "people" | "sessions" | "number" {
  if (isSessions(measure)) return "sessions";
  return isPeople(measure) ? "people" : "number";
}

const patterns = new WeakMap<readonly string[], Map<string, RegExp>>();

/** Compiled once for a list of words: otherwise the comparison would be of compiling. */
function patternOf(words: readonly string[], head: string): RegExp {
  const byHead = patterns.get(words) ?? new Map<string, RegExp>();
  patterns.set(words, byHead);
  const known = byHead.get(head);
  if (known !== undefined) return known;
  const escaped = words.toSorted((a, b) => b.length - a.length).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`${head}(?:${escaped.join("|")})`, "g");
  byHead.set(head, pattern);
  return pattern;
}

/** `parseInt` of what stands before the unit, stripped of what is no digit: 1,200 is 1, and ３ nothing. */
function firstInteger(text: string, { own, all }: Words): number | null {
  let last = 0;
  for (const { 0: found, index } of text.matchAll(patternOf(all, "[，、；。：\\s]|"))) {
    const value = own.includes(found) ? Number.parseInt(text.slice(last, index).replace(/^\D+/, ""), 10) : Number.NaN;
    if (!Number.isNaN(value)) return value;
    last = index + found.length;
  }
  return null;
}

interface Numbers {
  source: string;
  toNumber(text: string): number;
}
const arabicSource = "\\d[\\d,]*(?:\\.\\d+)?";
const arabicValue = (text: string) => Number(text.replaceAll(",", ""));
const arabic: Numbers = { source: `(${arabicSource})\\s*`, toNumber: arabicValue };
const chinese: Numbers = {
  source: `(${arabicSource}|[零〇一二两三四五六七八九十百千万亿]+)\\s*`,
  // nzh knows no 两; everybody who uses it would give it 二
  toNumber: (text) => (/\d/.test(text) ? arabicValue(text) : Number(nzhcn.decodeS(text.replaceAll("两", "二")))),
};

/** The first number directly before one of the unit's words. */
function firstNumber(text: string, { own }: Words, { source, toNumber }: Numbers): number | null {
  const pattern = patternOf(own, source);
  pattern.lastIndex = 0;
  const found = pattern.exec(text);
  return found?.[1] === undefined ? null : toNumber(found[1]);
}
