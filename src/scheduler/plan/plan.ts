import { isOfficeTime } from "../../campaign/office-hours.ts";
import { dueDigest } from "./digest.ts";
import { dueSlots, isWindow, type Place } from "./due.ts";
import { type Glance, type Moment, nothingPlanned, type Planned } from "./moment.ts";
import { passedOnOf } from "./pass-on.ts";
import { Round } from "./round.ts";

/**
 * Who is written to now, and why. Pure, and safe to ask at every minute: what is claimed is not planned again. Each slot
 * that has come ends in one of three ways: somebody is told, nobody has to be, or it waits for those it would interrupt.
 */
export function plan(moment: Moment): Planned {
  if (!isWindow(moment)) return nothingPlanned;
  const slots = dueSlots(moment, moment.records);
  const digestAt = dueDigest(moment, moment.records);
  const isOffice = isOfficeTime(moment.now, moment.campaign);
  const putOffs = isOffice ? putOffsDue(moment) : [];
  const unread = isOffice ? passedOnOf(moment) : [];
  if (slots.length + putOffs.length + unread.length === 0 && digestAt === null) return nothingPlanned;
  return new Round(moment, { slots, digestAt, putOffs, unread }).planned();
}

/** People whose put-off moment has come. */
function putOffsDue({ putOffs, now }: Glance): string[] {
  return [...putOffs].flatMap(([staffId, until]) => (until <= now ? staffId : []));
}

/** Whether it is worth loading what units have done; the units come with the deadlines that were moved for them. */
export function isAnythingDue(glance: Glance, units: readonly Place[]): boolean {
  if (!isWindow(glance)) return false;
  const isAsked =
    putOffsDue(glance).length > 0 || glance.unread.some((it) => !it.isPassedOn) || dueDigest(glance, units) !== null;
  return isAsked || dueSlots(glance, units).length > 0;
}
