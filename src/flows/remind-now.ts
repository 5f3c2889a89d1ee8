import { clockOf, dayOf } from "../campaign/calendar.ts";
import { calledOf } from "../campaign/campaign.ts";
import type { PersonalReminder } from "../campaign/reminder.ts";
import { liaisonOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { ask, settleAll } from "./conversation.ts";
import {
  answer,
  type Change,
  type Facts,
  type Outcome,
  outcome,
  type Reply,
  type Step,
  type Turn,
  toPerson,
} from "./flow.ts";
import { namedUnit } from "./manage.ts";
import { isStilled, type Owing, owingOf } from "./owing.ts";
import { owedText } from "./words/duty.ts";
import type { LeftOutText, UrgedText } from "./words/urging.ts";

type Needs = "all" | "remindedToday";

/** Whom a manager's word would remind now, and who is left out, each for a reason. */
interface Urging {
  /** What each of the people is asked for. */
  asked: Owing[];
  people: string[];
  leftOut: LeftOutText;
}

/** Who was reminded so short a while ago is reminded again only where a manager names the unit. */
const againAfterMs = 60 * 60_000;

/** `催报 [单位]`: shows who would be reminded of what, and asks; nothing is sent yet. */
export const previewReminders: Step<Needs> = (turn) => {
  const named = turn.words.trim() === "" ? null : namedUnit(turn, "remind");
  if (named?.ok === false) return named.refused;
  const record = named === null ? null : named.record;
  const { asked, people, leftOut } = urgingOf(turn.facts, record);
  const unit = record?.unit.name ?? null;
  const state = settleAll(turn.state, "replaced", (it) => it.about === "remind");
  if (people.length === 0)
    return outcome(state, [answer(turn.inbound, { tag: "remindedNow", data: { unit, reminded: [], ...leftOut } })]);
  const no = turn.facts.next.question;
  const urged = people.map((it) => ({ ...urgedText(asked, it), today: remindedAt(turn.facts, it) }));
  const data = { no, unit, people: urged, ...leftOut };
  return outcome(ask(state, no, { about: "remind", unitId: record?.unit.id ?? null }), [
    answer(turn.inbound, { tag: "urgingPreview", data }),
  ]);
};

/** Confirmed: who owes something at this moment is reminded, each in one message. */
export function sendReminders(turn: Turn<Needs>, unitId: string | null): Outcome {
  const record = unitId === null ? null : (turn.facts.all.find((it) => it.unit.id === unitId) ?? null);
  // A unit that the campaign file has lost meanwhile owes nothing.
  const isGone = unitId !== null && record === null;
  const facts = isGone ? { ...turn.facts, all: [] } : turn.facts;
  const { asked, people, leftOut } = urgingOf(facts, record);
  const reminded = people.map((it) => urgedText(asked, it));
  const data = { unit: record?.unit.name ?? null, reminded, ...leftOut };
  // Who is to be a unit's liaison is asked for all the while; only its name lifts what it said of its papers.
  const again = unitId === null ? [] : asked.filter((it) => it.record.onPaper !== null).map((it) => it.record.unit.id);
  const changes: Change[] = again.length === 0 ? [] : [{ type: "askedAgain", unitIds: again }];
  const reminders = people.map((it) => reminderFor(facts, asked, it));
  return outcome(turn.state, [answer(turn.inbound, { tag: "remindedNow", data }), ...reminders], changes);
}

function urgingOf(facts: Facts<Needs>, named: UnitRecord | null): Urging {
  const owing = (named === null ? facts.all : [named]).flatMap((it) => owingOf(facts, it));
  const waiting = owing.filter((it) => it.duties.some((duty) => duty.isWaiting));
  const onPaper = named === null ? owing.filter((it) => isStilled(it) && !waiting.includes(it)) : [];
  const asked = owing.filter((it) => !waiting.includes(it) && !onPaper.includes(it));
  const all = [...new Set(asked.flatMap((it) => it.people))];
  const spared = named === null ? all.filter((it) => wasJustReminded(facts, it)) : [];
  const isSpared = (it: Owing) => it.people.length > 0 && it.people.every((person) => spared.includes(person));
  return {
    asked,
    people: all.filter((it) => !spared.includes(it)),
    leftOut: {
      unreachable: asked
        .filter((it) => it.people.length === 0)
        .map(({ record }) => ({ unit: record.unit.name, liaison: liaisonOfRecord(record)?.name ?? null })),
      waiting: waiting.map((it) => it.record.unit.name),
      onPaper: onPaper.map((it) => calledOf(it.record.unit)),
      justReminded: asked.filter(isSpared).map((it) => calledOf(it.record.unit)),
    },
  };
}

function wasJustReminded({ remindedToday, now }: Facts<Needs>, staffId: string): boolean {
  return remindedToday.some(
    (it) => it.staffId === staffId && it.delivery !== "refused" && now.getTime() - it.at.getTime() < againAfterMs,
  );
}

/** The clock time of today's latest reminder. */
function remindedAt({ campaign, remindedToday, now }: Facts<Needs>, staffId: string): string | null {
  const today = dayOf(now, campaign);
  const latest = remindedToday.findLast(
    (it) => it.staffId === staffId && it.delivery !== "refused" && dayOf(it.at, campaign) === today,
  );
  return latest === undefined ? null : clockOf(latest.at, campaign);
}

function reminderFor({ campaign, all, now }: Facts<Needs>, asked: readonly Owing[], staffId: string): Reply {
  const liaison = all.map(liaisonOfRecord).find((it) => it?.staffId === staffId);
  const { name = null, unitId: liaisonOf = null } = liaison ?? {};
  const data: PersonalReminder = {
    day: dayOf(now, campaign),
    clock: clockOf(now, campaign),
    duties: partOf(staffId, asked).flatMap((it) => it.duties),
    name,
    liaisonOf,
    cause: "manager",
    event: null,
    quiet: [],
    insteadOf: [],
  };
  return toPerson(staffId, { tag: "reminder", data });
}

function urgedText(asked: readonly Owing[], staffId: string): UrgedText {
  const own = partOf(staffId, asked);
  const liaison = own.map((it) => liaisonOfRecord(it.record)).find((it) => it?.staffId === staffId);
  return {
    units: own.map((it) => calledOf(it.record.unit)),
    liaison: liaison?.name ?? null,
    owed: [...new Set(own.flatMap((it) => it.duties).map(owedText))],
  };
}

function partOf(staffId: string, asked: readonly Owing[]): Owing[] {
  return asked.filter((it) => it.people.includes(staffId));
}
