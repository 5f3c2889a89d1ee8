import type { Campaign, ObligationName, Unit } from "../../../src/campaign/campaign.ts";
import { emptyRecord, type UnitRecord } from "../../../src/campaign/unit-record.ts";
import { entry, nomination } from "../../support/builders.ts";
import { type Day, dayOfMinute, instantOf, type Minute, nameOf } from "./almanac.ts";
import { actDay, type Due, duesOf, type Move, type Rules } from "./rules.ts";

/** What is true of one unit. The planner learns of it through `record` alone. */
export class Place {
  readonly id: string;
  readonly contacts: readonly string[];
  readonly #rules: Rules;
  readonly #campaign: Campaign;
  readonly #unit: Unit;
  /** Staff id of the approved one; `undefined`: DingTalk does not know them. */
  liaison: { staffId: string | null } | null = null;
  proposed: { staffId: string | null } | null = null;
  readonly handedIn = new Set<number>();
  isStamped = false;
  hasSummary = false;
  isOnPaper = false;
  deputies: string[] = [];
  readonly reportedOn: Day[] = [];
  hasReportedEvent = false;
  readonly moves = new Map<ObligationName, Move>();
  #returned = false;
  #dues = new Map<ObligationName, Due[]>();

  constructor(given: { rules: Rules; campaign: Campaign; unit: Unit; contacts: readonly string[] }) {
    this.#rules = given.rules;
    this.#campaign = given.campaign;
    this.#unit = given.unit;
    this.id = given.unit.id;
    this.contacts = given.contacts;
  }

  /** Who can be asked. */
  get asked(): readonly string[] {
    const staffId = this.liaison?.staffId ?? null;
    return staffId === null ? this.contacts : [staffId];
  }

  dues(obligation: ObligationName): readonly Due[] {
    const known = this.#dues.get(obligation) ?? duesOf(this.#rules, obligation, this.moves.get(obligation));
    this.#dues.set(obligation, known);
    return known;
  }

  move(obligation: ObligationName, to: Move): void {
    this.moves.set(obligation, to);
    this.#dues.delete(obligation);
  }

  returned(no: number): void {
    this.handedIn.delete(no);
    this.#returned = true;
  }

  isOpen(no = 1): boolean {
    return !this.handedIn.has(no);
  }

  owes(obligation: ObligationName, due: Due): boolean {
    if (obligation === "nomination") return this.liaison === null;
    if (this.isOnPaper) return false;
    if (obligation === "summary") return !this.hasSummary;
    const { form } = this.#rules;
    return this.isOpen(due.no) || (form.every === "once" && form.isStamped && !this.isStamped);
  }

  /** Owed, and the unit's to move; of forms that recur, those of which the day to act has come. */
  debts(obligation: ObligationName, today: Day): Due[] {
    if (obligation === "nomination" && this.proposed !== null) return [];
    return this.dues(obligation).filter(
      (it) => this.owes(obligation, it) && (it.opens === null || (it.opens <= today && actDay(it) <= today)),
    );
  }

  get record(): UnitRecord {
    const empty = emptyRecord(this.#campaign, this.#unit);
    const at = instantOf;
    const said = this.reportedOn.map((it) =>
      entry({ unitId: this.id, indicatorId: "study.topic", date: nameOf(it), recordedAt: noonOf(it) }),
    );
    const { event } = this.#rules;
    const consult = { unitId: this.id, indicatorId: "publicity.consult", mode: "add" as const };
    const ofEvent =
      event !== null && this.hasReportedEvent
        ? [entry({ ...consult, date: nameOf(event), recordedAt: noonOf(event) })]
        : [];
    const status = (no: number) =>
      this.handedIn.has(no) ? ("submitted" as const) : this.#returned ? ("returned" as const) : ("drafting" as const);
    const inState = (record: UnitRecord): UnitRecord => ({
      ...record,
      submission: { ...record.submission, status: status(record.period.no) },
    });
    const documents = [
      ...(this.hasSummary ? ["summary" as const] : []),
      ...(this.isStamped ? ["stamped" as const] : []),
    ];
    const of = { unitId: this.id, name: `${this.id}的联络员` };
    return {
      ...inState(empty),
      contactIds: this.contacts,
      nominations: [
        ...(this.liaison === null ? [] : [nomination({ ...of, ...this.liaison })]),
        ...(this.proposed === null
          ? []
          : [nomination({ ...of, ...this.proposed, no: 2, status: "proposed", decidedAt: null, decidedBy: null })]),
      ],
      entries: [...said, ...ofEvent],
      documents: documents.map((kind, no) => ({
        no,
        unitId: this.id,
        kind,
        fileName: "附件.pdf",
        storedAs: "a.pdf",
        bytes: 1,
        receivedBy: "x",
        receivedAt: at(this.#rules.from * 1440),
      })),
      moved: [...this.moves].map(([obligation, it]) => ({
        unitId: this.#unit.id,
        obligation,
        due: nameOf(it.day),
        dueTime: `${it.clock / 60}:00`,
        movedAt: at(it.at),
        movedBy: "manager",
      })),
      deputies: this.deputies.map((staffId) => ({ staffId, name: staffId })),
      onPaper: this.isOnPaper ? { by: "x", at: at(this.#rules.from * 1440) } : null,
      others: empty.others.map((it) => inState(it)),
    };
  }
}

function noonOf(day: Day): Date {
  return instantOf(day * 1440 + 720);
}

export function isWithinHour(activeAt: Minute | undefined, now: Minute): boolean {
  return activeAt !== undefined && activeAt <= now && now < activeAt + 60;
}

export function weekOf(day: Day): Day {
  return day - ((day + 3) % 7);
}

export const todayOf = dayOfMinute;
