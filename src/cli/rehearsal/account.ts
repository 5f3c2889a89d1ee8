import type { Campaign, ObligationName } from "../../campaign/campaign.ts";
import { dayAt, isWorkday, nextWindow, workdayAfter } from "./days.ts";
import { type Slot, slotsOf } from "./slots.ts";
import { owes, type Standing, spokesmenOf } from "./standing.ts";

const hourMs = 60 * 60_000;
const obligationNames: readonly ObligationName[] = ["nomination", "statistics", "summary"];

/** One message that somebody should get. */
export interface Expected {
  at: Date;
  person: string;
  /** What it asks for: `unit/obligation`, `unit/nudge`, `unit/event`. */
  asks: Set<string>;
  isDigest: boolean;
}

/** A slot of one unit, or of the managers where there is none, that has come. */
interface Ask {
  slot: Slot;
  standing: Standing;
  /** Nobody: the managers. */
  people: readonly string[];
}

type Wait = "later" | "enough" | null;

/**
 * Who should hear what when, worked out anew from the rules as people know them: at each slot whoever owes something, in one
 * message with all they owe; not within an hour of their own last word; one message a day, two on the last working day.
 */
export class ReminderAccount {
  readonly slots: readonly Slot[];
  readonly #managers: readonly string[];
  readonly #spokenAt = new Map<string, Date>();
  readonly #toldOn = new Map<string, string[]>();
  /** Slots of units whose people are left in peace for now. */
  #waiting: { slot: Slot; unitId: string }[] = [];

  constructor(campaign: Campaign, managers: readonly string[]) {
    this.#managers = managers;
    this.slots = slotsOf(campaign);
  }

  heard(person: string, at: Date): void {
    this.#spokenAt.set(person, at);
  }

  /** What people should get after one instant and up to another, while nobody says anything. */
  between(from: Date, to: Date, standings: readonly Standing[]): Expected[] {
    const expected: Expected[] = [];
    for (let at = this.#next(from); at !== null && at <= to; at = this.#next(at)) {
      expected.push(...this.#at(at, standings));
    }
    return expected;
  }

  /** All that is asked of everybody at once, as a manager may want it. */
  allOwed(at: Date, standings: readonly Standing[]): Expected[] {
    const owing = standings.filter((it) => it.owesStatistics || it.owesSummary || it.liaison === null);
    const people = new Set(owing.flatMap(spokesmenOf));
    return [...people].map((person) => ({ at, person, asks: this.#owedBy(person, at, standings), isDigest: false }));
  }

  /** The next slot, or the end of the hour of somebody who has one waiting. */
  #next(after: Date): Date | null {
    const slotAt = this.slots.find((it) => it.at > after)?.at;
    const ends = this.#waiting.length === 0 ? [] : [...this.#spokenAt.values()].map((it) => it.getTime() + hourMs);
    const wakes = ends.map((it) => nextWindow(new Date(it))).filter((it) => it > after);
    const instants = [...(slotAt === undefined ? [] : [slotAt]), ...wakes].map(Number);
    return instants.length === 0 ? null : new Date(Math.min(...instants));
  }

  #at(at: Date, standings: readonly Standing[]): Expected[] {
    const slots = this.slots.filter((it) => it.at.getTime() === at.getTime());
    const asks = this.#comeAt(at, slots, standings).flatMap((it) => this.#askOf(it, at));
    const byPerson = new Map<string, Ask[]>();
    for (const ask of asks)
      for (const person of ask.people) byPerson.set(person, [...(byPerson.get(person) ?? []), ask]);
    const waits = new Map([...byPerson].map(([person, own]) => [person, this.#waitOf(person, own, at)]));
    this.#waiting = asks
      .filter(({ people }) => people.some((it) => waits.get(it) === "later") && people.every((it) => waits.get(it)))
      .map(({ slot, standing }) => ({ slot, unitId: standing.unitId }));
    const told = [...byPerson].filter(([person]) => waits.get(person) === null);
    for (const [person] of told) this.#toldOn.set(person, [...(this.#toldOn.get(person) ?? []), dayAt(at)]);
    return [
      ...told.map(([person, own]) => ({
        at,
        person,
        asks: new Set(own.flatMap((it) => this.#askedBy(it, person, at, standings))),
        isDigest: false,
      })),
      ...this.#toManagers(at, { slots, asks, standings }),
    ];
  }

  /** Every unit's slots of this moment and those that waited; of a ladder the latest only. */
  #comeAt(at: Date, slots: readonly Slot[], standings: readonly Standing[]): { slot: Slot; standing: Standing }[] {
    return standings.flatMap((standing) => {
      const waited = this.#waiting.filter((it) => it.unitId === standing.unitId).map((it) => it.slot);
      const isReplaced = (old: Slot) =>
        old.kind === "ladder" && slots.some((it) => it.kind === "ladder" && it.obligation === old.obligation);
      const still = waited.filter((it) => !isReplaced(it) && isStillOfUse(it, at));
      return [...still, ...slots].map((slot) => ({ slot, standing }));
    });
  }

  /** Empty where nobody has to be told. */
  #askOf({ slot, standing }: { slot: Slot; standing: Standing }, at: Date): Ask[] {
    const people = spokesmenOf(standing);
    switch (slot.kind) {
      case "ladder": {
        if (!owes(standing, slot.obligation)) return [];
        const isManagers = slot.obligation === "nomination" && standing.isPending;
        return [{ slot, standing, people: isManagers ? [] : people }];
      }
      case "nudge": {
        const isOfWeek = (day: string) => slot.from <= day && day <= slot.until;
        const hasEvent = this.slots.some((it) => it.kind === "event" && dayAt(it.at) === dayAt(at));
        const isQuiet = standing.owesStatistics && !standing.reported.some((it) => isOfWeek(it.day));
        return isQuiet && !hasEvent && people.length > 0 ? [{ slot, standing, people }] : [];
      }
      case "event": {
        const isReported = standing.reported.some((it) => it.day === slot.on && slot.rows.includes(it.row));
        const isOwn = slot.rows.some((it) => standing.rows.includes(it));
        return standing.owesStatistics && isOwn && !isReported && people.length > 0 ? [{ slot, standing, people }] : [];
      }
      case "digest":
        return [];
      default:
        return slot satisfies never;
    }
  }

  /** The last reminder before a deadline waits only as long as it can still come today, in time. */
  #waitOf(person: string, asks: readonly Ask[], at: Date): Wait {
    const last = asks.flatMap(({ slot }) => (slot.kind === "ladder" && slot.isLast ? slot.deadline.getTime() : []));
    const isLast = last.length > 0;
    const spokenAt = this.#spokenAt.get(person);
    if (spokenAt !== undefined && at.getTime() < spokenAt.getTime() + hourMs) {
      const until = new Date(spokenAt.getTime() + hourMs);
      const isInTime =
        dayAt(until) === dayAt(at) &&
        nextWindow(until).getTime() === until.getTime() &&
        until.getTime() < Math.min(...last);
      if (!isLast || isInTime) return "later";
    }
    const today = (this.#toldOn.get(person) ?? []).filter((it) => it === dayAt(at)).length;
    const isLastDay = this.slots.some((it) => it.kind === "ladder" && it.isLast && dayAt(it.at) === dayAt(at));
    return !isLast && today >= (isLastDay ? 2 : 1) ? "enough" : null;
  }

  #askedBy({ slot, standing }: Ask, person: string, at: Date, standings: readonly Standing[]): string[] {
    return slot.kind === "ladder"
      ? [...this.#owedBy(person, at, standings)]
      : [`${standing.unitId}/${slot.kind === "nudge" ? "nudge" : "event"}`];
  }

  /** All that somebody owes, over all units they speak for, whose reminders have begun. */
  #owedBy(person: string, at: Date, standings: readonly Standing[]): Set<string> {
    const begun = obligationNames.filter((name) =>
      this.slots.some((it) => it.kind === "ladder" && it.obligation === name && it.at <= at),
    );
    const own = standings.filter((it) => spokesmenOf(it).includes(person));
    return new Set(
      own.flatMap((it) =>
        begun
          .filter((name) => owes(it, name) && !(name === "nomination" && it.isPending))
          .map((name) => `${it.unitId}/${name}`),
      ),
    );
  }

  /** What nobody of a unit can be asked; on mornings with a digest everything is in that. */
  #toManagers(
    at: Date,
    { slots, asks, standings }: { slots: readonly Slot[]; asks: readonly Ask[]; standings: readonly Standing[] },
  ): Expected[] {
    const isDigestDay = this.slots.some((it) => it.kind === "digest" && dayAt(it.at) === dayAt(at));
    const isOwing = standings.some((it) => it.owesStatistics || it.owesSummary || it.isPending);
    const isDigest = isOwing && slots.some((it) => it.kind === "digest");
    const lost = asks.filter((it) => it.people.length === 0 && !isDigestDay);
    const owed = lost.flatMap(({ slot, standing }) =>
      slot.kind === "ladder" ? [`${standing.unitId}/${slot.obligation}`] : [],
    );
    if (!isDigest && owed.length === 0) return [];
    return this.#managers.map((person) => ({ at, person, asks: new Set(owed), isDigest }));
  }
}

/** Until the end of the next working day; what was meant for one day, on that day. On a rest day only what is due on it. */
function isStillOfUse(slot: Slot, at: Date): boolean {
  const [day, today] = [dayAt(slot.at), dayAt(at)];
  if (slot.kind !== "ladder") return day === today;
  return today <= workdayAfter(day) && (isWorkday(today) || slot.due === today);
}
