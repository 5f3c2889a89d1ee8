import { clockOf, dayOf, isWorkday } from "../../campaign/calendar.ts";
import { obligationNames } from "../../campaign/campaign.ts";
import type { MovedDeadline } from "../../campaign/deadline.ts";
import { isWindowClock } from "../../campaign/office-hours.ts";
import type { About, Slot } from "../../campaign/reminder.ts";
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
  const occasions = isWorkday(today) ? news(glance, occasionsOf(today, glance)) : [];
  const comeBy = (moved: readonly MovedDeadline[]) => [
    ...news(glance, stepsNow(today, { glance, moved })),
    ...occasions,
  ];
  const ofFile = comeBy(asInTheFile);
  const found: DueSlot<P>[] = [];
  // Nearly all the time there is nothing.
  for (const record of ofFile.length > 0 ? places : places.filter((it) => it.moved.length > 0)) {
    const unitId = record.unit.id;
    const all = record.moved.length === 0 ? ofFile : comeBy(record.moved);
    for (const { obligation, slotAt, what, claimed } of all) {
      const last = claimed.get(unitId)?.getTime() ?? Number.NEGATIVE_INFINITY;
      if (last < slotAt.getTime()) found.push({ ...what, obligation, unitId, slotAt, record });
    }
  }
  return found;
}

/** What every unit with the same deadlines is asked at a moment, if it is not claimed. */
interface Come {
  obligation: About;
  slotAt: Date;
  what: { kind: "step"; step: Step } | { kind: "nudge"; nudge: Nudge } | { kind: "event"; moment: EventMoment };
}

/** Those of it that did not come before anybody looked, and by whom each is claimed. */
function news({ since, claimed }: Glance, come: readonly Come[]) {
  return come
    .filter(({ slotAt }) => since === null || slotAt > since)
    .map((it) => ({ ...it, claimed: claimed.of(it.obligation) }));
}

/** The steps that whoever has these deadlines is at; on a rest day only those towards what is due on it. */
function stepsNow(
  today: string,
  { glance: { campaign, now }, moved }: { glance: Glance; moved: readonly MovedDeadline[] },
): Come[] {
  const isRestDay = !isWorkday(today);
  const found: Come[] = [];
  for (const obligation of obligationNames) {
    const steps = stepsOf(campaign, { moved }, obligation);
    const step = latestStep(steps, now);
    if (step === undefined || now.getTime() >= step.staleAt.getTime() || (isRestDay && step.due !== today)) continue;
    // What was missed waits for the day's own step, rather than to be said twice within the hour.
    const next = dayOf(step.at, campaign) < today ? steps[steps.indexOf(step) + 1] : undefined;
    if (next !== undefined && dayOf(next.at, campaign) === today) continue;
    found.push({ obligation, slotAt: step.at, what: { kind: "step", step } });
  }
  return found;
}

/** What was meant for a day is of no use on another. */
function occasionsOf(today: string, { campaign, now }: Glance): Come[] {
  const isNow = ({ at }: { at: Date }) => at <= now && dayOf(at, campaign) === today;
  const nudge = nudgesOf(campaign).findLast((it) => it.at <= now);
  const ofWeek: Come[] =
    nudge !== undefined && isNow(nudge)
      ? [{ obligation: "nudge", slotAt: nudge.at, what: { kind: "nudge", nudge } }]
      : [];
  const ofEvents = eventsOf(campaign)
    .filter(isNow)
    .map((moment): Come => ({ obligation: eventKey(moment), slotAt: moment.at, what: { kind: "event", moment } }));
  return [...ofWeek, ...ofEvents];
}

/** In a send window, whatever the day: of a rest day each slot decides for itself. */
export function isWindow({ campaign, now }: Pick<Glance, "campaign" | "now">): boolean {
  return isWindowClock(clockOf(now, campaign), campaign);
}

function eventKey({ event, stage }: EventMoment): About {
  return `event:${event.id}:${stage}`;
}
