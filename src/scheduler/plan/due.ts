import { clockOf, dayOf, isWorkday } from "../../campaign/calendar.ts";
import { type ObligationName, obligationNames } from "../../campaign/campaign.ts";
import type { MovedDeadline } from "../../campaign/deadline.ts";
import { isWindowClock } from "../../campaign/office-hours.ts";
import { type About, claimKey, type Slot } from "../../campaign/reminder.ts";
import type { UnitRecord } from "../../campaign/unit-record.ts";
import type { Glance } from "./moment.ts";
import { type EventMoment, eventsOf, type Nudge, nudgesOf } from "./occasions.ts";
import { latestStep, type Step, stepsOf } from "./steps.ts";

/** A unit, as far as its slots go by it. */
export type Place = Pick<UnitRecord, "unit" | "moved">;

/** A slot that has come and that nobody has claimed. */
export type DueSlot<P extends Place = UnitRecord> = Slot & { record: P } & (
    | { kind: "step"; step: Step }
    | { kind: "nudge"; nudge: Nudge }
    | { kind: "event"; moment: EventMoment }
  );

const asInTheFile: readonly MovedDeadline[] = [];

/**
 * Of each unit and obligation the latest slot that has come, where it is not claimed yet: after a stop that is one, however
 * many were missed. It is still worth something until the end of the next working day.
 */
export function dueSlots<P extends Place>(glance: Glance, places: readonly P[]): DueSlot<P>[] {
  const today = dayOf(glance.now, glance.campaign);
  const ofFile = stepsNow(glance, { moved: asInTheFile, today });
  const occasions = isWorkday(today) ? occasionsOf(today, glance) : [];
  const found: DueSlot<P>[] = [];
  for (const record of places) {
    const unitId = record.unit.id;
    const steps = record.moved.length === 0 ? ofFile : stepsNow(glance, { moved: record.moved, today });
    for (const { obligation, step } of steps) {
      if (isOpen(glance, obligation, unitId, step.at))
        found.push({ kind: "step", obligation, unitId, slotAt: step.at, record, step });
    }
    for (const { obligation, slotAt, what } of occasions) {
      if (isOpen(glance, obligation, unitId, slotAt)) found.push({ ...what, obligation, unitId, slotAt, record });
    }
  }
  return found;
}

/** The steps that whoever has these deadlines is at; on a rest day only those towards what is due on it. */
function stepsNow(
  { campaign, now }: Glance,
  { moved, today }: { moved: readonly MovedDeadline[]; today: string },
): { obligation: ObligationName; step: Step }[] {
  const isRestDay = !isWorkday(today);
  return obligationNames.flatMap((obligation) => {
    const step = latestStep(stepsOf(campaign, { moved }, obligation), now);
    if (step === undefined || now >= step.staleAt || (isRestDay && step.due !== today)) return [];
    return { obligation, step };
  });
}

interface Occasion {
  obligation: About;
  slotAt: Date;
  what: { kind: "nudge"; nudge: Nudge } | { kind: "event"; moment: EventMoment };
}

/** What was meant for a day is of no use on another. */
function occasionsOf(today: string, { campaign, now }: Glance): Occasion[] {
  const isNow = ({ at }: { at: Date }) => at <= now && dayOf(at, campaign) === today;
  const nudge = nudgesOf(campaign).findLast((it) => it.at <= now);
  const ofWeek: Occasion[] =
    nudge !== undefined && isNow(nudge)
      ? [{ obligation: "nudge", slotAt: nudge.at, what: { kind: "nudge", nudge } }]
      : [];
  const ofEvents = eventsOf(campaign)
    .filter(isNow)
    .map((moment): Occasion => ({ obligation: eventKey(moment), slotAt: moment.at, what: { kind: "event", moment } }));
  return [...ofWeek, ...ofEvents];
}

/** In a send window, whatever the day: of a rest day each slot decides for itself. */
export function isWindow({ campaign, now }: Pick<Glance, "campaign" | "now">): boolean {
  return isWindowClock(clockOf(now, campaign), campaign);
}

function eventKey({ event, stage }: EventMoment): About {
  return `event:${event.id}:${stage}`;
}

function isOpen({ since, claimed }: Glance, about: About, unitId: string, slotAt: Date): boolean {
  const at = slotAt.getTime();
  if (since !== null && at <= since.getTime()) return false;
  const last = claimed.get(claimKey(about, unitId));
  return last === undefined || at > last.getTime();
}
