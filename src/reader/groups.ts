import { takeBare } from "./bare-clauses.ts";
import type { Clause } from "./clauses.ts";
import { isPersonWord } from "./counters.ts";
import { Gathering, type Wording } from "./gathering.ts";
import { type Group, holdsSame, isSameRows } from "./group.ts";
import { takeNamed } from "./named-clauses.ts";
import {
  deadlineWords,
  furtherPlans,
  ofAll,
  partsFollow,
  planned,
  putOff,
  selfCorrection,
  zeroAlone,
} from "./words.ts";

/** Puts figures to rows: a row's figures follow its name, or lead up to it where a clause begins with them. */
export function groupsOf(plain: string, clauses: readonly Clause[], wording: Wording): Group[] {
  const grouper = new Grouper(new Gathering(plain, wording));
  for (const clause of clauses) grouper.take(clause);
  return grouper.finish();
}

function toBeHeld(text: string): boolean {
  return planned.test(text) && !furtherPlans.test(text);
}

/** A row that has no chain of others behind it, as found and repaired have. */
function isWholeRow({ rows }: Group): boolean {
  return rows.length === 1 && rows[0]?.indicator.field === undefined;
}

/** Goes through the clauses in order; what a clause with or without names does is in files of their own. */
class Grouper {
  private readonly gathering: Gathering;
  /** Whose parts are told: 五进6场，其中进社区2场、进学校1场. */
  private whole: Group | null = null;
  private carriedSince = 0;
  private lastSentence = 0;

  constructor(gathering: Gathering) {
    this.gathering = gathering;
  }

  take(clause: Clause): void {
    const { gathering } = this;
    if (clause.sentence !== this.lastSentence) {
      gathering.leaveWaiting();
      this.whole = null;
    }
    this.lastSentence = clause.sentence;
    this.takeDates(clause);
    const text = gathering.textOf(clause);
    const hasFigures = gathering.groups.some((it) => it.figures.length > 0);
    if (hasFigures && selfCorrection.test(text)) gathering.isCorrecting = true;
    if (this.takeParts(clause, text)) return;
    if (gathering.wording.isOfOtherField(clause)) gathering.otherFieldIn = clause.sentence;
    if (clause.zones.length > 0) takeNamed(gathering, clause);
    else if (clause.figures.length > 0) takeBare(gathering, clause);
    else if (zeroAlone.test(text)) this.lastWithoutFigures(clause)?.clauses.push(clause);
    else if (toBeHeld(text) || this.isPutOff(clause, text)) this.lastEvent(clause)?.clauses.push(clause);
    if (clause.figures.length === 0) return;
    // 2场……等一下，是1场: said behind the figure, it takes back what stands before it
    const behind = gathering.plain.slice(clause.figures.at(-1)?.end ?? clause.end, clause.end);
    gathering.isCorrecting = behind !== "" && selfCorrection.test(behind);
  }

  finish(): Group[] {
    this.gathering.leaveWaiting();
    return this.gathering.groups;
  }

  /** A date alone after the figures, where none was said before, dates what stands before it. */
  private takeDates(clause: Clause): void {
    const { gathering } = this;
    const dates = clause.dates.filter((it) => it.kind !== "whole");
    if (dates.length === 0) return;
    const isAlone = clause.figures.length === 0 && clause.zones.length === 0;
    const isFirst = gathering.carried.length === 0 || this.carriedSince < clause.sentence;
    if (isAlone && isFirst && !deadlineWords.test(gathering.textOf(clause))) {
      for (const group of gathering.groups) {
        if (group.clauses.at(-1)?.sentence !== clause.sentence) continue;
        group.dates = dates;
        group.clauses.push(clause);
      }
    }
    gathering.carried = dates;
    this.carriedSince = clause.sentence;
  }

  /** What is told of the parts of a row's figure is none of its own; a total ends it. */
  private takeParts(clause: Clause, text: string): boolean {
    const { last } = this.gathering;
    if (last && last.figures.length > 0 && partsFollow.test(text)) this.whole = last;
    const { whole } = this;
    if (whole === null || clause.figures.length === 0) return false;
    const isOfOther = clause.zones.some((it) => !isSameRows(it.rows, whole.rows));
    // 10场，其中早班6场、晚班4场，参加210人次: what was not told before is told of the whole
    const isNew = clause.zones.length === 0 && !clause.figures.some((it) => holdsSame(whole, it));
    if (isNew && ofAll.test(text)) return false;
    // 其中重大隐患1个已整改: part of the one, or the other's own
    const isMixed = isOfOther && partsFollow.test(text) && clause.zones.some((it) => isSameRows(it.rows, whole.rows));
    if (isMixed) {
      this.gathering.leave(clause.figures, clause);
      return true;
    }
    // 演练3场，其中直播1场: one of the three, or a row of its own
    if (isOfOther && partsFollow.test(text) && isWholeRow(whole)) {
      this.gathering.leave(clause.figures, clause);
      return true;
    }
    if (isOfOther || clause.figures.some((it) => it.role === "total")) {
      this.whole = null;
      return false;
    }
    for (const figure of clause.figures) {
      this.gathering.place(whole, { ...figure, role: "part", partAt: clause.end }, { clause, zone: null });
    }
    return true;
  }

  /** 演练2场50人，下周举行: the clause tells of what stands before it. */
  private lastEvent({ sentence }: Clause): Group | undefined {
    const { last } = this.gathering;
    const isEvent = last?.rows.every((it) => it.indicator.field === undefined);
    return isEvent && last?.clauses.at(-1)?.sentence === sentence ? last : undefined;
  }

  /** 演练2场，改天再办; where people took part it was held, and there will be more. */
  private isPutOff(clause: Clause, text: string): boolean {
    const figures = this.lastEvent(clause)?.figures ?? [];
    return putOff.test(text) && !figures.some(({ figure: { counter } }) => counter !== null && isPersonWord(counter));
  }

  /** 五带头，没有: the clause belongs to the name before it. */
  private lastWithoutFigures({ sentence }: Clause): Group | undefined {
    const { last } = this.gathering;
    return last && last.figures.length === 0 && last.clauses.at(-1)?.sentence === sentence ? last : undefined;
  }
}
