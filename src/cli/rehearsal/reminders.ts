import chineseDays from "chinese-days";
import dayjs from "dayjs";
import type { Campaign, ObligationName, Single } from "../../campaign/campaign.ts";

/**
 * Who should be reminded when, worked out anew from the rule as people know it: 5, 3 and 1 working days before the last
 * working day on or before the due day at 09:00, on that day at 09:00 and 15:00, then on five working days while overdue.
 */
export interface Slot {
  at: Date;
  obligations: ObligationName[];
}

/** How a unit stands, by what its people have done. */
export interface Standing {
  unitId: string;
  unitName: string;
  called: string;
  contacts: readonly string[];
  /** A nomination waits for the managers. */
  isPending: boolean;
  liaison: string | null;
  owesStatistics: boolean;
  owesSummary: boolean;
}

/** What one person should be asked for at one slot: `unit/obligation`. */
export type Expected = Map<string, Set<string>>;

const hoursEast = 8;

export function slotsOf(campaign: Campaign): Slot[] {
  const slots = new Map<number, ObligationName[]>();
  const obligations = { ...campaign.obligations, statistics: formDue(campaign) };
  for (const [name, { due, dueTime }] of Object.entries(obligations) as [ObligationName, Single][]) {
    for (const at of momentsOf(due, dueTime)) {
      if (at < instant(campaign.opensOn, "00:00")) continue;
      slots.set(at.getTime(), [...(slots.get(at.getTime()) ?? []), name]);
    }
  }
  return [...slots].sort(([a], [b]) => a - b).map(([at, obligations]) => ({ at: new Date(at), obligations }));
}

function momentsOf(due: string, dueTime: string): Date[] {
  const workdaysUntil: string[] = [];
  for (let day = due; workdaysUntil.length < 6; day = shift(day, -1))
    if (chineseDays.isWorkday(day)) workdaysUntil.push(day);
  const ahead = [5, 3, 1].map((count) => instant(workdaysUntil[count] ?? due, "09:00"));
  const last = workdaysUntil[0] ?? due;
  const overdue: Date[] = [];
  for (let day = due; overdue.length < 5; day = shift(day, 1)) {
    const at = instant(day, "09:00");
    if (chineseDays.isWorkday(day) && at > instant(due, dueTime)) overdue.push(at);
  }
  return [...ahead, instant(last, "09:00"), instant(last, "15:00"), ...overdue];
}

/** When the form is owed: the play has one form for the whole campaign. */
export function formDue({ obligations }: Pick<Campaign, "obligations">): Single {
  const { statistics } = obligations;
  if (statistics.repeat !== undefined) throw new Error("only a campaign whose form is due once can be rehearsed");
  return statistics;
}

export function instant(day: string, clock: string): Date {
  return new Date(`${day}T${clock}:00+0${hoursEast}:00`);
}

export function shift(day: string, days: number): string {
  return dayjs(`${day}T12:00:00Z`).add(days, "day").toISOString().slice(0, 10);
}

/** Who should get what at a slot. */
export function expectedAt(
  { obligations }: Slot,
  standings: readonly Standing[],
  managers: readonly string[],
): Expected {
  const expected: Expected = new Map();
  for (const standing of standings) {
    for (const obligation of obligations.filter((it) => owes(standing, it))) {
      const isManagers = obligation === "nomination" && standing.isPending;
      const asked = isManagers ? [] : standing.liaison === null ? standing.contacts : [standing.liaison];
      for (const person of asked.length === 0 ? managers : asked) {
        expected.set(person, (expected.get(person) ?? new Set()).add(`${standing.unitId}/${obligation}`));
      }
    }
  }
  return expected;
}

function owes(standing: Standing, obligation: ObligationName): boolean {
  switch (obligation) {
    case "nomination":
      return standing.liaison === null;
    case "statistics":
      return standing.owesStatistics;
    case "summary":
      return standing.owesSummary;
    default:
      return obligation satisfies never;
  }
}

export interface Verdict {
  sent: number;
  missed: number;
  doubled: number;
  needless: number;
  faults: string[];
}

const marks: Record<ObligationName, RegExp> = {
  nomination: /推荐的?联络员/,
  statistics: /统计表/,
  summary: /总结报告/,
};

/** Compares what people were sent while the clock passed a slot with what they should have been sent. */
export function judge(
  slot: Slot,
  expected: Expected,
  { received, standings }: { received: ReadonlyMap<string, readonly string[]>; standings: readonly Standing[] },
): Verdict {
  const verdict: Verdict = { sent: 0, missed: 0, doubled: 0, needless: 0, faults: [] };
  const fault = (kind: "missed" | "doubled" | "needless", what: string) => {
    verdict[kind] += 1;
    verdict.faults.push(`${slot.at.toISOString()} ${kind}: ${what}`);
  };
  for (const person of new Set([...expected.keys(), ...received.keys()])) {
    const texts = received.get(person) ?? [];
    const wanted = expected.get(person);
    verdict.sent += texts.length;
    if (wanted === undefined) for (const text of texts) fault("needless", `${person}: ${text.slice(0, 60)}`);
    else if (texts.length === 0) fault("missed", `${person}: ${[...wanted].join(", ")}`);
    else if (texts.length > 1) fault("doubled", `${person}: ${texts.length} messages`);
    else checkText(texts[0] ?? "", { person, wanted, standings }, (kind, what) => fault(kind, `${person}: ${what}`));
  }
  return verdict;
}

function checkText(
  text: string,
  { person, wanted, standings }: { person: string; wanted: ReadonlySet<string>; standings: readonly Standing[] },
  fault: (kind: "missed" | "needless", what: string) => void,
): void {
  // How to hand in a report, or to be nominated, stands beside what is owed and asks for nothing.
  const asked = text.replace(/总结报告请先.*|填报前需要先.*/g, "");
  const obligations = new Set([...wanted].map((it) => it.split("/")[1]));
  for (const [obligation, mark] of Object.entries(marks)) {
    if (mark.test(asked) && !obligations.has(obligation)) fault("needless", `asks for ${obligation}`);
    if (!mark.test(asked) && obligations.has(obligation)) fault("missed", `does not ask for ${obligation}`);
  }
  const units = new Set([...wanted].map((it) => it.split("/")[0]));
  for (const { unitId, unitName, liaison } of standings) {
    const isNamed = asked.includes(unitName);
    if (isNamed && !units.has(unitId)) fault("needless", `names ${unitName}`);
    // Only the unit's own liaison knows whose form is meant.
    if (!isNamed && units.has(unitId) && liaison !== person) fault("missed", `does not name ${unitName}`);
  }
}
