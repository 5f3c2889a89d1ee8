import { clockOf, dayOf, isWorkday, workdayAfter } from "../../campaign/calendar.ts";
import { obligationNames } from "../../campaign/campaign.ts";
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

/**
 * Of each unit and obligation the latest slot that has come, where it is not claimed yet: after a stop that is one, however
 * many were missed. It is still worth something until the end of the next working day.
 */
export function dueSlots<P extends Place>(glance: Glance, places: readonly P[]): DueSlot<P>[] {
  const { campaign, now } = glance;
  const today = dayOf(now, campaign);
  const isRestDay = !isWorkday(today);
  const nudge = nudgesOf(campaign).findLast((it) => it.at <= now);
  const events = eventsOf(campaign).filter((it) => it.at <= now);
  const found: DueSlot<P>[] = [];
  for (const record of places) {
    const unitId = record.unit.id;
    for (const obligation of obligationNames) {
      const step = latestStep(stepsOf(campaign, record, obligation), now);
      if (step === undefined || !isOpen(glance, { obligation, unitId, slotAt: step.at })) continue;
      if (isRestDay && step.due !== today) continue;
      found.push({ kind: "step", obligation, unitId, slotAt: step.at, record, step });
    }
    if (isRestDay) continue;
    const occasions: { obligation: About; at: Date; what: { nudge: Nudge } | { moment: EventMoment } }[] = [
      ...(nudge === undefined ? [] : [{ obligation: "nudge" as const, at: nudge.at, what: { nudge } }]),
      ...events.map((it) => ({ obligation: eventKey(it), at: it.at, what: { moment: it } })),
    ];
    for (const { obligation, at, what } of occasions) {
      // What was meant for that day is of no use on another.
      if (dayOf(at, campaign) !== today || !isOpen(glance, { obligation, unitId, slotAt: at })) continue;
      const slot = { obligation, unitId, slotAt: at, record };
      found.push("nudge" in what ? { kind: "nudge", ...slot, ...what } : { kind: "event", ...slot, ...what });
    }
  }
  return found;
}

/** In a send window, whatever the day: of a rest day each slot decides for itself. */
export function isWindow({ campaign, now }: Pick<Glance, "campaign" | "now">): boolean {
  return isWindowClock(clockOf(now, campaign), campaign);
}

function eventKey({ event, stage }: EventMoment): About {
  return `event:${event.id}:${stage}`;
}

function isOpen({ campaign, now, since, claimed }: Glance, { obligation, unitId, slotAt }: Slot): boolean {
  if (since !== null && slotAt <= since) return false;
  const last = claimed.get(claimKey(obligation, unitId));
  if (last !== undefined && slotAt <= last) return false;
  return dayOf(now, campaign) <= workdayAfter(dayOf(slotAt, campaign), 1);
}
