import { dayOf, isWorkday } from "../../campaign/calendar.ts";
import { askedOf, type Duty } from "../../campaign/duty.ts";
import type { Entry } from "../../campaign/entry.ts";
import type { EventNote } from "../../campaign/reminder.ts";
import { rowsFor, shortLabel } from "../../campaign/row.ts";
import { liaisonOfRecord, owesForm, type UnitRecord } from "../../campaign/unit-record.ts";
import { askableOf } from "./askable.ts";
import type { DueSlot } from "./due.ts";
import type { Moment } from "./moment.ts";
import { type EventMoment, eventsOf, type Nudge } from "./occasions.ts";

/** What a slot that has come asks of a unit, and of whom; nobody: of the managers. */
export interface Ask {
  slot: DueSlot;
  people: readonly string[];
  duties: Duty[];
  event: EventNote | null;
  isQuiet: boolean;
  /** Where this is the last chance to say it: the deadline before which it must be said. */
  lastBefore: Date | null;
}

/** `null`: nobody has to be told of this slot. */
export function askOf(moment: Moment, slot: DueSlot): Ask | null {
  const { record } = slot;
  const people = askedOf(record);
  const nothing = { slot, people, duties: [], event: null, isQuiet: false, lastBefore: null };
  switch (slot.kind) {
    case "step": {
      if (slot.obligation !== "nomination" && slot.obligation !== "statistics" && slot.obligation !== "summary")
        throw new TypeError(`a step of ${slot.obligation}`);
      const duties = askableOf(moment, record, slot.obligation);
      // Of a form that recurs, others than the one that the step leads to may be owed: older ones, no reason to hurry.
      const isMeant = duties.some((it) => it.due === slot.step.due);
      if (duties.length === 0 || (!isMeant && !isWorkday(dayOf(moment.now, moment.campaign)))) return null;
      const isLast = slot.step.isLast && isMeant && moment.now < slot.step.deadline;
      const lastBefore = isLast ? slot.step.deadline : null;
      return { ...nothing, duties, lastBefore, people: duties.some((it) => it.isWaiting) ? [] : people };
    }
    case "nudge":
      return hasLiaison(record) && isQuiet(moment, record, slot.nudge) ? { ...nothing, isQuiet: true } : null;
    case "event": {
      const event = eventNote(moment, record, slot.moment);
      return hasLiaison(record) && event !== null ? { ...nothing, event } : null;
    }
    default:
      return slot satisfies never;
  }
}

/** Only a liaison can answer with a report; a contact's would be booked to the unit that they speak for, if any. */
function hasLiaison(record: UnitRecord): boolean {
  return (liaisonOfRecord(record)?.staffId ?? null) !== null;
}

/** Its form is open, and nothing was reported in the week; where an event is asked about on the same day, that will do. */
function isQuiet({ campaign }: Moment, record: UnitRecord, { at, from, until }: Nudge): boolean {
  if (!owesForm(record) || record.onPaper !== null) return false;
  if (eventsOf(campaign).some((it) => dayOf(it.at, campaign) === dayOf(at, campaign))) return false;
  const isOfWeek = (day: string) => from <= day && day <= until;
  return !record.entries.some(
    (it) => isLive(it) && (isOfWeek(dayOf(it.recordedAt, campaign)) || (it.date !== null && isOfWeek(it.date))),
  );
}

/** `null` where none of its rows are the unit's, its form is handed in, or it was reported already. */
function eventNote({ campaign }: Moment, record: UnitRecord, { event, stage }: EventMoment): EventNote | null {
  if (!owesForm(record) || record.onPaper !== null) return null;
  const rows = rowsFor(campaign, record.unit).filter((it) => event.indicators.includes(it.indicator.id));
  const isReported = record.entries.some(
    (it) => isLive(it) && event.indicators.includes(it.indicatorId) && it.date === event.on,
  );
  if (rows.length === 0 || isReported) return null;
  const { name, on } = event;
  return { name, on, stage, rows: rows.map((it) => ({ no: it.no, label: shortLabel(it) })) };
}

function isLive({ withdrawnAt }: Entry): boolean {
  return withdrawnAt === null;
}
