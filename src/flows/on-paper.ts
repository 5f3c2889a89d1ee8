import { dayOf } from "../campaign/calendar.ts";
import { type Campaign, calledOf } from "../campaign/campaign.ts";
import { liaisonOfRecord } from "../campaign/unit-record.ts";
import { matchUnit } from "../reader/match.ts";
import { answer, type Change, outcome, type Step, type Turn, toManagers } from "./flow.ts";
import { momentText } from "./moment.ts";
import { allOwed, askedOfPerson, type Owing } from "./owing.ts";
import { owedText } from "./words/duty.ts";
import type { OnPaperText } from "./words/on-paper.ts";

/** 已线下报送, 纸质版已交了, 已报纸质 …, and perhaps the unit. */
const onPaper =
  /^(?:我们|我单位|本单位|我|材料|表|统计表|报表)?(?:(?:已经?|都)?(?:线下|纸质版?|纸版|书面)(?:都|也)?(?:已经?)?(?:报送|报|交|提交|上交|递交)(?:过|完)?了?|已经?(?:报送|报|交|提交|上交|递交)(?:过|了)?(?:纸质版?|纸版|书面)(?:的|材料|件|表)?了?)(?: (?<unit>\S.*))?$/;
/** 线下报送 alone is a question, or a plan. */
const isDone = /已|过|完|了/;

/** Whether the text says that a unit handed in its papers outside the bot, and nothing else. */
export function saysOnPaper(text: string, campaign: Campaign): boolean {
  const found = onPaper.exec(text);
  if (found === null || !isDone.test(text)) return false;
  const unit = found.groups?.unit;
  return unit === undefined || matchUnit(unit, campaign).candidates.length > 0;
}

/** `已线下报送`: stills the unit's reminders until a manager asks again; the figures are still wanted. */
export const fileOnPaper: Step<"all"> = (turn) => {
  const { campaign, now, standing } = turn.facts;
  const { staffId, nick } = turn.inbound.sender;
  const said = onPaper.exec(turn.words)?.groups?.unit;
  const meant = said === undefined ? null : matchUnit(said, campaign).candidates.map((it) => it.id);
  const owing = askedOfPerson(turn.facts, staffId)
    // A liaison who names no unit speaks of their own.
    .filter(({ record: { unit } }) => meant?.includes(unit.id) ?? unit.id === (standing.liaisonOf ?? unit.id));
  const [one, ...others] = owing;
  if (one === undefined) return say(turn, { kind: "owesNothing" });
  if (others.length > 0) return say(turn, { kind: "whichUnit", units: owing.map((it) => calledOf(it.record.unit)) });
  const { unit } = one.record;
  const missing = missingOf(turn, one);
  const isLiaison = standing.liaisonOf === unit.id;
  const liaison = liaisonOfRecord(one.record)?.name ?? null;
  const noted = { unit: unit.name, called: calledOf(unit), missing, isLiaison, liaison };
  if (one.record.onPaper !== null) {
    const since = momentText(one.record.onPaper.at, campaign);
    return say(turn, { kind: "already", since, ...noted });
  }
  const name = isLiaison ? (liaison ?? nick) : nick;
  const data = { unit: unit.name, called: calledOf(unit), name, isLiaison, missing };
  // A nomination on paper must not still what comes after it: without a liaison nobody could report.
  const hasBegun = dayOf(now, campaign) >= campaign.period.start;
  const changes: Change[] = hasBegun
    ? [{ type: "filedOnPaper", unitId: unit.id, by: staffId, at: now }, ...withdrawn(turn, one)]
    : [];
  const reply: OnPaperText = hasBegun ? { kind: "noted", ...noted } : { kind: "nominate", called: calledOf(unit) };
  return outcome(
    turn.state,
    [
      answer(turn.inbound, { tag: "onPaper", data: reply }),
      toManagers({ tag: "unitFiledOnPaper", data: { ...data, isStilled: hasBegun } }),
    ],
    changes,
  );
};

function say(turn: Turn<"all">, data: OnPaperText) {
  return outcome(turn.state, [answer(turn.inbound, { tag: "onPaper", data })]);
}

function missingOf({ facts }: Turn<"all">, { record }: Owing): string[] {
  return allOwed(facts, record).map(owedText);
}

/** What waits to be said must not ask for it any more. */
function withdrawn({ facts }: Turn<"all">, { record }: Owing): Change[] {
  const stilled = allOwed(facts, record).filter((it) => it.obligation !== "nomination");
  return stilled.map(({ unitId, obligation, period }) => {
    return { type: "reminderWithdrawn", unitId, obligation, ...(period && { period: period.key }) };
  });
}
