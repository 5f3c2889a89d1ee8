import type { Campaign, Unit } from "../campaign/campaign.ts";
import { type Row, rowsFor, rowsOf, shortLabel } from "../campaign/row.ts";
import type { ReadEntry, Reading } from "../reader/reading.ts";
import type { Turn } from "./flow.ts";

/**
 * What makes figures that were read well still doubtful: words around them that may turn their meaning. A figure in doubt
 * is asked about, never recorded.
 */
export interface Doubts {
  /** Entries whose row's total is asked for instead. */
  isUnclear(entry: ReadEntry): boolean;
  /** What was said is how a figure changed, not what it is: only the row's total can be asked for. */
  isChange: boolean;
  /** Whom else the message speaks of: is the event the own unit's? */
  otherUnit: string | null;
  /** The message says of some row that its figure is still to come, so `其余无` can't be meant of it. */
  isRestUnclear(): boolean;
}

const reducing =
  /减少|减去|减掉|减(?=\s*[\d一二两三四五六七八九十])|扣|取消|撤[掉销]?(?=\s*[\d一二两三四五六七八九十])|去掉|删[掉除]|少了|[多少](?:报|算|填|写|记|统计)|重复报|[增升降减](?:加|长|高|低)?[到至]/;
const correcting = /改成|改为|更正|应为|应该是/;
const adding = /又|再|新增|另外|另/;
const pending =
  /还没(?:有)?(?:统计|报|汇总|定|结束|算)|没(?:有)?统计|待(?:定|统计|核实|补|报|确认)|下周|下月|明天|后天|稍后|晚点|过几天|以后再|正在|未定/;

export function doubtsOf(turn: Turn<"own">, reading: Reading): Doubts {
  const { words: text, facts } = turn;
  const { campaign, own } = facts;
  const isCorrection = reading.entries.some((it) => it.mode !== "add");
  const isTurned = reducing.test(text) || (correcting.test(text) && !isCorrection);
  return {
    isUnclear: (entry) =>
      isTurned ||
      (entry.mode === "set" && entry.isModeStated && adding.test(text)) ||
      (hasField(campaign, entry) && mentionsOtherField(text, campaign, own.unit)),
    isChange: reducing.test(text),
    otherUnit: mentionedUnit(text, campaign, own.unit)?.name ?? (speaksOfNeighbours(text) ? "其他单位" : null),
    isRestUnclear: () => pending.test(text) || speaksOfMore(turn, reading),
  };
}

const neighbours = /(?:^|[，,。；;\s])(?:看到|听说|据说)?(?:隔壁|兄弟单位|兄弟局|友邻|其他单位|别的单位|人家)/;

/** Of others alone: where the own unit is spoken of beside them, the reader tells the two apart. */
function speaksOfNeighbours(text: string): boolean {
  return neighbours.test(text) && !/我|本|咱/.test(text);
}

/** Another unit's name or alias, where it isn't part of the own. */
export function mentionedUnit(text: string, { units }: Campaign, own: Unit): Unit | undefined {
  const namesOf = (unit: Unit) => [unit.name, ...unit.aliases];
  const rest = namesOf(own).reduce((left, name) => left.replaceAll(name, "　"), text);
  return units.find((unit) => unit.id !== own.id && namesOf(unit).some((it) => rest.includes(it)));
}

/** 检查工地 from a unit that has no such row: what follows (发现, 整改) may be of that field too. */
function mentionsOtherField(text: string, campaign: Campaign, own: Unit): boolean {
  const isOwn = new Set(rowsFor(campaign, own).map((it) => it.no));
  const ownNames = new Set(
    rowsOf(campaign)
      .filter((it) => isOwn.has(it.no))
      .flatMap(namesOf),
  );
  const others = rowsOf(campaign)
    .filter((it) => !isOwn.has(it.no))
    .flatMap(namesOf);
  return others.some((it) => !ownNames.has(it) && text.includes(it));
}

function hasField(campaign: Campaign, entry: ReadEntry): boolean {
  return rowsOf(campaign).some((it) => it.indicator.id === entry.indicatorId && it.indicator.field !== undefined);
}

/** A row that is named, by number or by name, but for which nothing was read. */
function speaksOfMore({ words, facts }: Turn<"own">, { entries }: Reading): boolean {
  const read = new Set(entries.map((it) => it.indicatorId));
  const others = rowsFor(facts.campaign, facts.own.unit).filter((it) => !read.has(it.indicator.id));
  const readNames = rowsFor(facts.campaign, facts.own.unit)
    .filter((it) => read.has(it.indicator.id))
    .flatMap(namesOf);
  const left = readNames.toSorted((a, b) => b.length - a.length).reduce((text, it) => text.replaceAll(it, "　"), words);
  return others.some((row) => namesOf(row).some((it) => left.includes(it)) || numberedBy(row).test(left));
}

/** Names long enough to mean their row and nothing else. */
function namesOf(row: Row): string[] {
  return [shortLabel(row), row.indicator.label, ...row.indicator.aliases].filter(
    (it) => it.length >= 3 && !it.includes("…"),
  );
}

/** `2 还没…`, `第5行下周…`: the row's number, and then words that are no unit of counting. */
function numberedBy({ no }: Row): RegExp {
  return new RegExp(
    `(?:^|[，,；;。\\s])第?${no}(?:行|[.、:：])?\\s*(?=[\\u4e00-\\u9fff])(?![场次期人名个座处幢栋户条项件家万千百])`,
  );
}
