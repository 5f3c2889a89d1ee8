import { dayOf } from "../campaign/calendar.ts";
import { calledOf, type ObligationName } from "../campaign/campaign.ts";
import { askedOf, type Duty, dutyOf } from "../campaign/duty.ts";
import { owes, unitProgress } from "../campaign/progress.ts";
import type { PersonalReminder } from "../campaign/reminder.ts";
import { allPeriodsOf, liaisonOfRecord, owesForm, type UnitRecord } from "../campaign/unit-record.ts";
import { answer, type Facts, outcome, type Reply, type Step, toPerson } from "./flow.ts";
import { namedUnit } from "./manage.ts";

/** Whom a unit's duties can be asked of; nobody where neither a liaison nor a contact is known to DingTalk. */
interface Owing {
  record: UnitRecord;
  duties: Duty[];
  people: readonly string[];
}

/** `催报 [单位]`: reminds at once everybody who owes something now, each in one message. */
export const remindNow: Step<"all"> = (turn) => {
  const { all } = turn.facts;
  const named = turn.words.trim() === "" ? null : namedUnit(turn, "remind");
  if (named?.ok === false) return named.refused;
  const owing = (named === null ? all : [named.record]).flatMap((it) => owingOf(turn.facts, it));
  const waiting = owing.filter((it) => it.duties.some((duty) => duty.isWaiting));
  const asked = owing.filter((it) => !waiting.includes(it));
  const people = [...new Set(asked.flatMap((it) => it.people))];
  const data = {
    unit: named === null ? null : named.record.unit.name,
    reminded: people.map((staffId) => remindedText(asked, staffId)),
    unreachable: asked
      .filter((it) => it.people.length === 0)
      .map(({ record }) => ({ unit: record.unit.name, liaison: liaisonOfRecord(record)?.name ?? null })),
    waiting: waiting.map((it) => it.record.unit.name),
  };
  const reminders = people.map((staffId) => reminderFor(turn.facts, asked, staffId));
  return outcome(turn.state, [answer(turn.inbound, { tag: "remindedNow", data }), ...reminders]);
};

/** First somebody who can report; their form and summary once the period that they report on has begun. */
function owingOf(facts: Facts<"all">, record: UnitRecord): Owing[] {
  const { campaign, now } = facts;
  const hasBegun = dayOf(now, campaign) >= campaign.period.start;
  const progress = unitProgress(campaign, record);
  const asked: ObligationName[] = owes(progress, "nomination")
    ? ["nomination"]
    : hasBegun
      ? ["statistics", "summary"]
      : [];
  const duties = asked.flatMap((it) => {
    if (it === "statistics") return begunOwed(facts, record).map((owed) => dutyOf(facts, owed, it));
    return owes(progress, it) ? [dutyOf(facts, record, it)] : [];
  });
  if (duties.length === 0) return [];
  return [{ record, duties, people: askedOf(record) }];
}

/** The unit in each period that has begun and whose form it owes. */
function begunOwed({ campaign, now }: Facts<"all">, record: UnitRecord): UnitRecord[] {
  const today = dayOf(now, campaign);
  return allPeriodsOf(record).filter((it) => it.period.start <= today && owesForm(it));
}

function reminderFor({ campaign, all, now }: Facts<"all">, asked: readonly Owing[], staffId: string): Reply {
  const liaison = all.map(liaisonOfRecord).find((it) => it?.staffId === staffId);
  const { name = null, unitId: liaisonOf = null } = liaison ?? {};
  const duties = asked.filter((it) => it.people.includes(staffId)).flatMap((it) => it.duties);
  const data: PersonalReminder = {
    day: dayOf(now, campaign),
    duties,
    name,
    liaisonOf,
    cause: "manager",
    event: null,
    quiet: [],
    insteadOf: [],
  };
  return toPerson(staffId, { tag: "reminder", data });
}

function remindedText(asked: readonly Owing[], staffId: string): { units: string[]; liaison: string | null } {
  const own = asked.filter((it) => it.people.includes(staffId));
  const liaison = own.map((it) => liaisonOfRecord(it.record)).find((it) => it?.staffId === staffId);
  return { units: own.map((it) => calledOf(it.record.unit)), liaison: liaison?.name ?? null };
}
