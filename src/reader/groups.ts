import { hasIndependentCounts, type Row } from "../campaign/row.ts";
import { countsAs, holdsSame } from "./alike.ts";
import type { Clause, Zone } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import type { DateMention } from "./date.ts";
import type { Figure } from "./figure.ts";
import { isNamedMeasure } from "./measures.ts";
import { datesFor } from "./surroundings.ts";
import { againWords, deadlineWords, ofAll, otherActivity, partsFollow, selfCorrection, zeroAlone } from "./words.ts";

/** A figure in its place: the clause it stands in, and the measure that the words before it name. */
export interface Placed {
  figure: Figure;
  clause: Clause;
  measureId: string | null;
  /** It takes back what was said before it in the same message (3场，不对，2场). */
  isCorrection: boolean;
  zone: Zone | null;
}

/** What the message says of one row (or of several it can't tell apart). */
export interface Group {
  rows: readonly Row[];
  zones: Zone[];
  clauses: Clause[];
  figures: Placed[];
  /** Date words that reach it: its own, or carried from before. */
  dates: readonly DateMention[];
  /** Several rows share these figures, or the name is doubtful: never taken. */
  isUnsure: boolean;
  /** Names of one row beside each other, each with a figure: to be summed (桥梁3座、隧道2座). */
  isSum: boolean;
}

/** What the words tell that are no name of a row. */
export interface Wording {
  /** The words of a clause without a name are mostly those of rows other than `rows`. */
  isElsewhere(clause: Clause, rows: readonly Row[]): boolean;
  /** Some words between two places may be the name of something that the form does not know. */
  hasOtherName(start: number, end: number): boolean;
  /** A clause names what only units of other fields do. */
  isOfOtherField(clause: Clause): boolean;
}

/** Puts figures to rows: a row's figures follow its name, or lead up to it where a clause begins with them. */
export function groupsOf(plain: string, clauses: readonly Clause[], wording: Wording): Group[] {
  const builder = new GroupBuilder(plain, wording);
  for (const clause of clauses) builder.take(clause);
  return builder.finish();
}

class GroupBuilder {
  private readonly plain: string;
  private readonly wording: Wording;
  private readonly groups: Group[] = [];
  private waiting: { clause: Clause; figure: Figure }[] = [];
  private carried: readonly DateMention[] = [];
  private carriedSince = 0;
  /** Whose parts are told: 五进6场，其中进社区2场、进学校1场. */
  private whole: Group | null = null;
  private isCorrecting = false;
  /** The sentence that speaks of a field which is not the unit's: what it found there is none of its own. */
  private otherFieldIn = -1;
  private lastSentence = 0;

  constructor(plain: string, wording: Wording) {
    this.plain = plain;
    this.wording = wording;
  }

  take(clause: Clause): void {
    if (clause.sentence !== this.lastSentence && this.waiting.length > 0) this.leaveWaiting();
    if (clause.sentence !== this.lastSentence) this.whole = null;
    this.lastSentence = clause.sentence;
    this.takeDates(clause);
    const text = this.plain.slice(clause.start, clause.end);
    const hasFigures = this.groups.some((it) => it.figures.length > 0);
    if (hasFigures && selfCorrection.test(text)) this.isCorrecting = true;
    if (this.takeParts(clause, text)) return;
    if (this.wording.isOfOtherField(clause)) this.otherFieldIn = clause.sentence;
    if (clause.zones.length > 0) this.takeZones(clause);
    else if (clause.figures.length > 0) this.takeBare(clause, text);
    else if (zeroAlone.test(text)) this.lastWithoutFigures(clause)?.clauses.push(clause);
    if (clause.figures.length === 0) return;
    // 2场……等一下，是1场: said behind the figure, it takes back what stands before it
    const behind = this.plain.slice(clause.figures.at(-1)?.end ?? clause.end, clause.end);
    this.isCorrecting = selfCorrection.test(behind);
  }

  finish(): Group[] {
    this.leaveWaiting();
    return this.groups;
  }

  /** A date alone after the figures, where none was said before, dates what stands before it. */
  private takeDates(clause: Clause): void {
    const dates = clause.dates.filter((it) => it.kind !== "whole");
    if (dates.length === 0) return;
    const isAlone = clause.figures.length === 0 && clause.zones.length === 0;
    const isDeadline = deadlineWords.test(this.plain.slice(clause.start, clause.end));
    if (isAlone && !isDeadline && (this.carried.length === 0 || this.carriedSince < clause.sentence)) {
      for (const group of this.groups) {
        if (group.clauses.at(-1)?.sentence === clause.sentence) {
          group.dates = dates;
          group.clauses.push(clause);
        }
      }
    }
    this.carried = dates;
    this.carriedSince = clause.sentence;
  }

  private takeZones(clause: Clause): void {
    const figures = [...clause.figures];
    const last = clause.zones.length - 1;
    for (const [index, zone] of clause.zones.entries()) {
      this.carried = datesFor(clause, index) ?? this.carried;
      if (index === 0 && this.isWaitingForOther(zone, clause)) this.leaveWaiting();
      if (index === 0)
        for (const figure of this.takeOthers(figures, zone, clause)) this.waiting.push({ clause, figure });
      if (index === 0 && this.waiting.some((it) => it.clause === clause)) this.leaveWaiting();
      const group = this.groupFor(zone, clause, figures);
      if (index === 0) for (const it of this.waiting.splice(0)) this.place(group, it.figure, it.clause, zone);
      const next = clause.zones[index + 1];
      let end = zone.end;
      let isFirst = true;
      while (figures.length > 0) {
        const figure = figures[0];
        if (!figure) break;
        const isBefore = figure.start < zone.end;
        const isMore = isCountedApart(group) || !holdsSame(group, figure);
        if (next && !isCountable(zone, figure) && isCountable(next, figure)) break;
        const fits = isBefore || index === last || (next && figure.end <= next.start && (isMore || isFirst));
        if (!fits) break;
        // 2场演练1场宣讲: right before the next name, and the row has its own
        if (!isBefore && !isMore && isPlain(figure) && this.wording.hasOtherName(end, figure.start)) {
          this.leave(figures.splice(0, figuresBefore(figures, next)), clause);
          break;
        }
        this.place(group, figure, clause, zone);
        figures.shift();
        end = Math.max(end, figure.end);
        isFirst = false;
      }
    }
  }

  /** 检查工程3个 发现隐患1个: names stand before their figures here, so the first figure is of something unnamed. */
  private takeOthers(figures: Figure[], zone: Zone, clause: Clause): Figure[] {
    const lastZone = clause.zones.at(-1) ?? zone;
    const [first] = figures;
    if (!first || first.start >= zone.start) return [];
    const alike = (it: Figure) => countsAs(zone.rows[0], it).some((id) => countsAs(zone.rows[0], first).includes(id));
    const isNamedFirst = figures.some((it) => it.start >= lastZone.end && alike(it));
    const isRepeated = figures.some((it) => it.start >= zone.end && alike(it));
    if (!isNamedFirst || !isRepeated || !this.wording.hasOtherName(clause.start, first.start)) return [];
    return figures.splice(0, figures.filter((it) => it.start < zone.start).length);
  }

  /** Figures of something that the form has no name for. */
  private leave(figures: readonly Figure[], clause: Clause): void {
    for (const figure of figures) this.waiting.push({ clause, figure });
    this.leaveWaiting();
  }

  /** 开展活动10场，其中演练2场: a row that has its own figure behind its name takes none from before. */
  private isWaitingForOther({ rows, end }: Zone, clause: Clause): boolean {
    const next = clause.zones[1]?.start ?? clause.end;
    const own = clause.figures.filter((it) => it.start >= end && it.start < next);
    const kindsOf = (it: Figure) => countsAs(rows[0], it);
    return this.waiting.some(({ figure }) => own.some((it) => kindsOf(it).some((id) => kindsOf(figure).includes(id))));
  }

  /** What is told of the parts of a row's figure is none of its own; a total ends it. */
  private takeParts(clause: Clause, text: string): boolean {
    const last = this.groups.at(-1);
    if (partsFollow.test(text) && last && last.figures.length > 0) this.whole = last;
    const { whole } = this;
    if (whole === null || clause.figures.length === 0) return false;
    const isOfOther = clause.zones.some((it) => !isSameRows(it.rows, whole.rows));
    // 10场，其中早班6场、晚班4场，参加210人次: what was not told before is told of the whole
    const isNew = clause.zones.length === 0 && !clause.figures.some((it) => holdsSame(whole, it));
    if (isNew && ofAll.test(text)) return false;
    if (isOfOther || clause.figures.some((it) => it.role === "total")) {
      this.whole = null;
      return false;
    }
    for (const figure of clause.figures)
      this.place(whole, { ...figure, role: "part", partAt: clause.end }, clause, null);
    return true;
  }

  /** A new group, or the one before when it is the same row and lacks just these figures. */
  private groupFor(zone: Zone, clause: Clause, figures: readonly Figure[]): Group {
    const last = this.groups.at(-1);
    const isSame = last && isSameRows(last.rows, zone.rows);
    const isNear = last && last.clauses.at(-1)?.sentence === clause.sentence && !zone.isList;
    const own = figures.filter((it) => it.start < (clause.zones[clause.zones.indexOf(zone) + 1]?.start ?? clause.end));
    if (last && isSame && (this.isCorrecting || (isNear && clause.dates.length === 0))) {
      const row = last.rows.length === 1 ? last.rows[0] : undefined;
      const isSingle = row !== undefined && row.indicator.measures.length === 1;
      const isRepeated = zone.measureId === null && own.some((it) => holdsSame(last, it));
      const isSummed = isSingle && isRepeated && !this.isCorrecting && !this.isAgain(clause);
      if (isSummed || !isRepeated || this.isCorrecting) {
        last.isSum ||= isSummed;
        last.zones.push(zone);
        if (last.clauses.at(-1) !== clause) last.clauses.push(clause);
        return last;
      }
    }
    // 演练3场80人，不对，宣讲…: the figures may have been meant for the other row
    if (this.isCorrecting && last && !isSame) {
      last.isUnsure = true;
      last.rows = [...new Set([...last.rows, ...zone.rows])];
      last.zones.push(zone);
      last.clauses.push(clause);
      return last;
    }
    // 宣讲、演练2场80人: one figure for all the names before it
    const sharing = own.length > 0 && !isSame && !zone.isList ? this.listedBefore(clause) : [];
    const group: Group = {
      rows: zone.rows,
      zones: [zone],
      clauses: [clause],
      figures: [],
      dates: this.carried,
      isUnsure: zone.isDoubtful || this.isOfOtherField(zone, clause),
      isSum: false,
    };
    for (const other of sharing) {
      this.groups.pop();
      group.rows = [...new Set([...other.rows, ...group.rows])];
      group.zones.unshift(...other.zones);
      group.clauses.unshift(...other.clauses);
      group.isUnsure = true;
    }
    this.groups.push(group);
    return group;
  }

  /** Names without figures that a `、` joins to a clause, the nearest first. */
  private listedBefore(clause: Clause): Group[] {
    const listed: Group[] = [];
    let edge = clause.edgeBefore;
    for (const group of this.groups.toReversed()) {
      const own = group.clauses.at(-1);
      const isListed = own !== undefined && own.sentence === clause.sentence && edge === "、";
      if (!isListed || group.figures.length > 0 || group.zones.some((it) => it.isList)) break;
      listed.push(group);
      edge = own.edgeBefore;
    }
    return listed;
  }

  private isOfOtherField({ rows }: Zone, { sentence }: Clause): boolean {
    return this.otherFieldIn === sentence && rows.every((it) => it.indicator.field !== undefined);
  }

  private takeBare(clause: Clause, text: string): void {
    const last = this.groups.at(-1);
    const isReachable = last !== undefined && last.zones.length > 0;
    const [row] = last?.rows ?? [];
    const isNamed =
      row !== undefined &&
      clause.figures.every((figure) => isNamedMeasure(this.plain, row.indicator, { figure, clause }));
    const isPart = isNamed || clause.figures.every((it) => it.role === "part");
    const isRepeated = isReachable && clause.figures.some((it) => isPlain(it) && holdsSame(last, it));
    const isEvent = clause.figures.some((it) => it.counter !== null && !isPersonWord(it.counter));
    const isUnknown =
      isRepeated &&
      isEvent &&
      !isCountedApart(last) &&
      !this.isCorrecting &&
      this.wording.hasOtherName(clause.start, clause.end);
    const isOther =
      isReachable && !isPart && (isUnknown || otherActivity.test(text) || this.wording.isElsewhere(clause, last.rows));
    if (!isReachable || isOther) {
      for (const figure of clause.figures) this.waiting.push({ clause, figure });
      if (isOther) this.leaveWaiting();
      return;
    }
    const isNewSentence = last.clauses.at(-1)?.sentence !== clause.sentence;
    const isNewEvent = !this.isCorrecting && isRepeated && (againWords.test(text) || clause.dates.length > 0);
    if (isNewEvent) {
      const again: Group = { ...last, clauses: [clause], figures: [], dates: this.carried, isSum: false };
      this.groups.push(again);
      for (const figure of clause.figures) this.place(again, figure, clause, null);
      return;
    }
    if (isNewSentence && isRepeated && !this.isCorrecting) {
      for (const figure of clause.figures) this.waiting.push({ clause, figure });
      return;
    }
    if (!last.clauses.includes(clause)) last.clauses.push(clause);
    for (const figure of clause.figures) if (!this.isShared(figure, clause)) this.place(last, figure, clause, null);
  }

  /** 演练3次，宣讲4次，共200人: the people may be those of both rows, so both are asked. */
  private isShared(figure: Figure, clause: Clause): boolean {
    const [before, last] = this.groups.slice(-2);
    if (!before || !last || before.figures.length === 0 || this.isCorrecting) return false;
    if (before.rows === last.rows || before.clauses.at(-1)?.sentence !== clause.sentence) return false;
    const lacks = (it: Group) =>
      it.rows.length === 1 && countsAs(it.rows[0], figure).length > 0 && !holdsSame(it, figure);
    return lacks(before) && lacks(last);
  }

  /** Figures that belong to no row make a group without one. */
  private leaveWaiting(): void {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    const group: Group = {
      rows: [],
      zones: [],
      clauses: [],
      figures: [],
      dates: this.carried,
      isUnsure: true,
      isSum: false,
    };
    for (const { clause, figure } of waiting) {
      if (!group.clauses.includes(clause)) group.clauses.push(clause);
      this.place(group, figure, clause, null);
    }
    this.groups.push(group);
  }

  private place(group: Group, figure: Figure, clause: Clause, zone: Zone | null): void {
    const named = zone ?? group.zones.at(-1) ?? null;
    if (!group.clauses.includes(clause)) group.clauses.push(clause);
    group.figures.push({
      figure,
      clause,
      zone: named,
      measureId: zone?.measureId ?? null,
      isCorrection: this.isCorrecting,
    });
  }

  private isAgain(clause: Clause): boolean {
    return againWords.test(this.plain.slice(clause.start, clause.end));
  }

  private lastWithoutFigures(clause: Clause): Group | undefined {
    const last = this.groups.at(-1);
    return last && last.figures.length === 0 && last.clauses.at(-1)?.sentence === clause.sentence ? last : undefined;
  }
}

function isSameRows(some: readonly Row[], others: readonly Row[]): boolean {
  return some.length === others.length && some.every((it) => others.includes(it));
}

/** 在储配站组织一场演练: a figure that the first name's rows can't count is the next one's. */
function isCountable({ rows }: Zone, figure: Figure): boolean {
  return figure.counter === null || rows.some((it) => countsAs(it, figure).length > 0);
}

function isPlain({ role }: Figure): boolean {
  return role === "plain";
}

/** How many of the figures stand before a name. */
function figuresBefore(figures: readonly Figure[], zone: Zone | undefined): number {
  return zone === undefined ? figures.length : figures.filter((it) => it.end <= zone.start).length;
}

/** 一案双罚2个 行刑衔接1个: a row of independent counts takes figure after figure of one unit. */
function isCountedApart({ rows }: Group): boolean {
  const [row] = rows;
  return rows.length === 1 && row !== undefined && hasIndependentCounts(row.indicator);
}
