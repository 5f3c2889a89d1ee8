import type { Row } from "../campaign/row.ts";
import type { Clause, Zone } from "./clauses.ts";
import type { DateMention } from "./date.ts";
import type { Figure } from "./figure.ts";
import type { Group } from "./group.ts";

/** What the words tell that are no name of a row. */
export interface Wording {
  /** The words of a clause without a name are mostly those of rows other than `rows`. */
  isElsewhere(clause: Clause, rows: readonly Row[]): boolean;
  /** Some words between two places may be the name of something that the form does not know. */
  hasOtherName(start: number, end: number): boolean;
  /** A clause names what only units of other fields do. */
  isOfOtherField(clause: Clause): boolean;
}

/** The groups of a message so far, and what is still open between one clause and the next. */
export class Gathering {
  readonly plain: string;
  readonly wording: Wording;
  readonly groups: Group[] = [];
  /** Figures whose name may still come (2场80人的演练). */
  waiting: { clause: Clause; figure: Figure; dates: readonly DateMention[] }[] = [];
  /** The date words said last. */
  carried: readonly DateMention[] = [];
  /** 不对 was said: what comes now takes back what stands before it. */
  isCorrecting = false;
  /** The sentence that speaks of a field which is not the unit's: what it found there is none of its own. */
  otherFieldIn = -1;

  constructor(plain: string, wording: Wording) {
    this.plain = plain;
    this.wording = wording;
  }

  get last(): Group | undefined {
    return this.groups.at(-1);
  }

  textOf({ start, end }: Clause): string {
    return this.plain.slice(start, end);
  }

  place(group: Group, figure: Figure, { clause, zone }: { clause: Clause; zone: Zone | null }): void {
    if (!group.clauses.includes(clause)) group.clauses.push(clause);
    group.figures.push({
      figure,
      clause,
      zone: zone ?? group.zones.at(-1) ?? null,
      measureId: zone?.measureId ?? null,
      isCorrection: this.isCorrecting,
    });
  }

  wait(figures: readonly Figure[], clause: Clause): void {
    for (const figure of figures) this.waiting.push({ clause, figure, dates: this.carried });
  }

  /** Figures that belong to no row make a group without one. */
  leaveWaiting(): void {
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
    for (const { clause, figure } of waiting) this.place(group, figure, { clause, zone: null });
    this.groups.push(group);
  }

  /** Figures of something that the form has no name for. */
  leave(figures: readonly Figure[], clause: Clause): void {
    this.wait(figures, clause);
    this.leaveWaiting();
  }
}
