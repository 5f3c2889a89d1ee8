import type { ObligationName } from "../campaign/campaign.ts";
import type { Duty } from "../campaign/duty.ts";
import type { PersonalReminder } from "../campaign/reminder.ts";
import type { Content } from "./flow.ts";

interface Met {
  unitId: string;
  obligation: ObligationName;
  /** Key of the period it was met for, where there are several. */
  period?: string;
}

/**
 * A waiting message, or DING, without what a unit has done meanwhile; `null` when it would ask for nothing any more. Anything but a
 * reminder comes back as it is.
 */
export function withoutObligation(content: Content, met: Met): Content | null {
  if (content.kind === "attach") return content;
  const { say } = content;
  switch (say.tag) {
    case "reminder": {
      const data = withoutMet(say.data, met);
      if (data === say.data) return content;
      return asksForSomething(data) ? { ...content, say: { ...say, data } } : null;
    }
    case "reminderForManagers": {
      const duties = without(say.data.duties, met);
      if (duties.length === say.data.duties.length) return content;
      return duties.length === 0 ? null : { ...content, say: { ...say, data: { ...say.data, duties } } };
    }
    default:
      return content;
  }
}

function withoutMet(data: PersonalReminder, met: Met): PersonalReminder {
  const duties = without(data.duties, met);
  // Who hands in the form has reported.
  const quiet = data.quiet.filter((it) => it.unitId !== met.unitId || met.obligation !== "statistics");
  const isSame = duties.length === data.duties.length && quiet.length === data.quiet.length;
  return isSame ? data : { ...data, duties, quiet };
}

function asksForSomething({ duties, quiet, event }: PersonalReminder): boolean {
  return duties.length + quiet.length > 0 || event !== null;
}

function without(duties: readonly Duty[], met: Met): Duty[] {
  const { unitId, obligation, period } = met;
  return duties.filter((it) => it.unitId !== unitId || it.obligation !== obligation || it.period?.key !== period);
}

/**
 * Two reminders that wait for one person, as one; `null` where they are not two of a kind. What both ask for is said as the
 * later one knows it.
 */
export function mergedReminder(earlier: Content, later: Content): Content | null {
  if (earlier.kind !== "say" || later.kind !== "say") return null;
  const [first, second] = [earlier.say, later.say];
  if (first.tag === "reminder" && second.tag === "reminder") {
    const data = merged(first.data, second.data);
    return data === null ? null : { kind: "say", say: { tag: "reminder", data } };
  }
  if (first.tag === "reminderForManagers" && second.tag === "reminderForManagers") {
    const data = { ...second.data, duties: allDuties(first.data, second.data) };
    return { kind: "say", say: { tag: "reminderForManagers", data } };
  }
  return null;
}

/** Events and quiet units are said once; two events are two messages. */
function merged(first: PersonalReminder, second: PersonalReminder): PersonalReminder | null {
  const event = second.event ?? first.event;
  if (first.event !== null && event !== null && (first.event.name !== event.name || first.event.on !== event.on))
    return null;
  const quiet = [
    ...first.quiet.filter((it) => !second.quiet.some((other) => other.unitId === it.unitId)),
    ...second.quiet,
  ];
  const insteadOf = [...new Set([...first.insteadOf, ...second.insteadOf])];
  return { ...second, duties: allDuties(first, second), event, quiet, insteadOf };
}

function allDuties(earlier: { duties: readonly Duty[] }, later: { duties: readonly Duty[] }): Duty[] {
  const earlierOnly = later.duties.reduce((duties, it) => without(duties, metOf(it)), [...earlier.duties]);
  return [...earlierOnly, ...later.duties];
}

function metOf({ unitId, obligation, period }: Duty): Met {
  return { unitId, obligation, ...(period && { period: period.key }) };
}
