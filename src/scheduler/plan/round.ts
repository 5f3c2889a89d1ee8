import { clockOf, dayOf } from "../../campaign/calendar.ts";
import { askedOf, type Duty } from "../../campaign/duty.ts";
import type { PersonalReminder, ReminderCause } from "../../campaign/reminder.ts";
import { liaisonOfRecord, type UnitRecord } from "../../campaign/unit-record.ts";
import { allAskableOf, mostUrgentFirst, withoutRepeats } from "./askable.ts";
import { type Ask, askOf } from "./asks.ts";
import type { DueSlot } from "./due.ts";
import { type Hold, holdOf } from "./holds.ts";
import { toManagers } from "./managers.ts";
import type { Moment, Planned, PlannedMessage } from "./moment.ts";
import { chainOf, type PassedOn } from "./pass-on.ts";

/** What has come at a moment. */
export interface Due {
  slots: DueSlot[];
  digestAt: Date | null;
  putOffs: string[];
  unread: PassedOn[];
}

/** What one person hears in this round, gathered from everything that asks something of them. */
interface Told {
  asks: Ask[];
  isPutOff: boolean;
  /** Records of units whose liaison did not read theirs. */
  passedOn: UnitRecord[];
}

/** One look at one moment: gathers by person what is asked, holds back whom it would disturb, and words nothing. */
export class Round {
  readonly #moment: Moment;
  readonly #due: Due;
  readonly #asks: Ask[];
  readonly #today: string;
  /** Whoever is next in line is free to be told; the others wait whole, lest a part of them comes again each minute. */
  readonly #passedOn: PassedOn[];
  /** By whom they are asked of. */
  readonly #recordsOf = new Map<string, UnitRecord[]>();

  constructor(moment: Moment, due: Due) {
    this.#moment = moment;
    this.#due = due;
    this.#asks = due.slots.flatMap((it) => askOf(moment, it) ?? []);
    this.#today = dayOf(moment.now, moment.campaign);
    // On the day on which it has to be done, whoever is next hears of it though they had a message of their own.
    const isFree = (staffId: string, isActDay: boolean) =>
      holdOf(moment, staffId, { lastBefore: null, isActDay }) === null;
    this.#passedOn = due.unread.filter(({ next }) =>
      next.every(({ record, staffId }) => staffId === null || isFree(staffId, this.#isToBeDone(record))),
    );
    for (const record of moment.records)
      for (const staffId of askedOf(record))
        this.#recordsOf.set(staffId, [...(this.#recordsOf.get(staffId) ?? []), record]);
  }

  planned(): Planned {
    const told = this.#gather();
    const holds = new Map([...told].map(([staffId, it]) => [staffId, this.#holdOf(staffId, it)]));
    const written = [...told].filter(([staffId]) => holds.get(staffId) === null);
    const messages = written.flatMap(([staffId, it]) => this.#messageTo(staffId, it) ?? []);
    const keyOf = new Map(
      messages.flatMap((it) => (it.to.kind === "person" ? [[it.to.staffId, it.key] as const] : [])),
    );
    const { digestAt, putOffs } = this.#due;
    const forManagers = toManagers(this.#moment, { asks: this.#asks, digestAt, passedOn: this.#passedOn });
    return {
      messages: [...messages, ...this.#dings(), ...forManagers],
      slots: this.#claimed(keyOf, holds, forManagers[0]?.key ?? ""),
      putOffsDone: putOffs,
      passedOn: this.#passedOn.map((it) => it.unread.key),
    };
  }

  #gather(): Map<string, Told> {
    const told = new Map<string, Told>();
    const of = (staffId: string) => {
      const found = told.get(staffId) ?? { asks: [], isPutOff: false, passedOn: [] };
      told.set(staffId, found);
      return found;
    };
    for (const ask of this.#asks) for (const staffId of ask.people) of(staffId).asks.push(ask);
    for (const staffId of this.#due.putOffs) of(staffId).isPutOff = true;
    for (const { next } of this.#passedOn)
      for (const { record, staffId } of next) if (staffId !== null) of(staffId).passedOn.push(record);
    return told;
  }

  /** Who asked for it is not held back. */
  #holdOf(staffId: string, { asks, isPutOff, passedOn }: Told): Hold {
    if (isPutOff) return null;
    const deadlines = asks.flatMap((it) => it.lastBefore?.getTime() ?? []);
    return holdOf(this.#moment, staffId, {
      lastBefore: deadlines.length === 0 ? null : new Date(Math.min(...deadlines)),
      isActDay: isActDayOf(asks, this.#today) || passedOn.some((it) => this.#isToBeDone(it)),
    });
  }

  /** `null`: all that they had put off is done by now. */
  #messageTo(staffId: string, told: Told): PlannedMessage | null {
    const { campaign, now, records } = this.#moment;
    const { asks, isPutOff, passedOn } = told;
    // Deputies and contacts behind a liaison may put off, too, what they were passed on.
    const own = isPutOff ? records.filter((it) => chainOf(it).includes(staffId)) : (this.#recordsOf.get(staffId) ?? []);
    const hasLadder = asks.some((it) => it.duties.length > 0);
    const owed: Duty[] = [
      ...asks.flatMap((it) => it.duties),
      ...(hasLadder || isPutOff ? own.flatMap((it) => this.#owedBy(it, isPutOff)) : []),
      ...passedOn.flatMap((it) => this.#owedBy(it, false)),
    ];
    const event = asks.find((it) => it.event !== null)?.event ?? null;
    const quiet = asks.filter((it) => it.isQuiet).map(({ slot: { record } }) => record.unit);
    const duties = mostUrgentFirst(withoutRepeats(owed));
    if (duties.length === 0 && event === null && quiet.length === 0) return null;
    const liaison = own.map(liaisonOfRecord).find((it) => it?.staffId === staffId);
    const data: PersonalReminder = {
      day: this.#today,
      clock: clockOf(now, campaign),
      duties,
      name: liaison?.name ?? passedOn.flatMap((it) => it.deputies).find((it) => it.staffId === staffId)?.name ?? null,
      liaisonOf: liaison?.unitId ?? null,
      cause: causeOf(told, hasLadder),
      event,
      quiet: quiet.map(({ id, name }) => ({ unitId: id, unit: name })),
      insteadOf: [...new Set(passedOn.flatMap((it) => liaisonOfRecord(it)?.name ?? []))],
    };
    const key = `reminder:${campaign.id}:${staffId}:${now.toISOString()}`;
    return { key, to: { kind: "person", staffId }, content: { kind: "say", say: { tag: "reminder", data } } };
  }

  /** On the last day and after it, where the campaign allows it, to those who did not read what is passed on. */
  #dings(): PlannedMessage[] {
    const { campaign, now } = this.#moment;
    if (campaign.reminders.escalation?.ding !== true) return [];
    const readers = [...new Set(this.#passedOn.map((it) => it.unread.staffId))];
    return readers.flatMap((staffId): PlannedMessage[] => {
      const next = this.#passedOn.filter((it) => it.unread.staffId === staffId).flatMap((it) => it.next);
      const duties = mostUrgentFirst(withoutRepeats(next.flatMap((it) => this.#owedBy(it.record, false))));
      if (!duties.some((it) => it.isOverdue || it.actOn === this.#today)) return [];
      const liaison = next.map((it) => liaisonOfRecord(it.record)).find((it) => it?.staffId === staffId);
      const data: PersonalReminder = {
        ...{ day: this.#today, duties, name: liaison?.name ?? null, liaisonOf: liaison?.unitId ?? null },
        ...{ cause: "passedOn", event: null, quiet: [], insteadOf: [] },
      };
      const key = `ding:${campaign.id}:${staffId}:${now.toISOString()}`;
      return [{ key, to: { kind: "person", staffId }, content: { kind: "ding", say: { tag: "reminder", data } } }];
    });
  }

  #isToBeDone(record: UnitRecord): boolean {
    return this.#owedBy(record, false).some((it) => it.actOn === this.#today);
  }

  /** A nomination that waits for the managers is not the unit's to move. */
  #owedBy(record: UnitRecord, isAsked: boolean): Duty[] {
    return allAskableOf(this.#moment, record, isAsked).filter((it) => !it.isWaiting);
  }

  /** A slot waits only where everybody whom it could ask does. */
  #claimed(
    keyOf: ReadonlyMap<string, string>,
    holds: ReadonlyMap<string, Hold>,
    managersKey: string,
  ): Planned["slots"] {
    const askOfSlot = new Map(this.#asks.map((it) => [it.slot, it]));
    const claimed = this.#due.slots.flatMap((slot) => {
      const { obligation, unitId, slotAt } = slot;
      const people = askOfSlot.get(slot)?.people;
      const writtenTo = people?.find((it) => keyOf.has(it));
      const waits = writtenTo === undefined && people?.some((it) => holds.get(it) === "later");
      if (waits) return [];
      const messageKey = (writtenTo && keyOf.get(writtenTo)) ?? (people?.length === 0 ? managersKey : "");
      return [{ obligation, unitId, slotAt, messageKey }];
    });
    const { digestAt } = this.#due;
    if (digestAt === null) return claimed;
    return [...claimed, { obligation: "digest", unitId: "", slotAt: digestAt, messageKey: managersKey }];
  }
}

function isActDayOf(asks: readonly Ask[], today: string): boolean {
  return asks.some((it) => it.duties.some((duty) => duty.actOn === today));
}

function causeOf({ isPutOff, passedOn, asks }: Told, hasLadder: boolean): ReminderCause {
  if (isPutOff) return "putOff";
  if (hasLadder) return "ladder";
  if (passedOn.length > 0) return "passedOn";
  return asks.some((it) => it.event !== null) ? "event" : "nudge";
}
