import { addDays, clockOf, dayOf } from "../campaign/calendar.ts";
import { calledOf } from "../campaign/campaign.ts";
import { nextOfficeTime } from "../campaign/office-hours.ts";
import { deadlineOf } from "../campaign/period.ts";
import { readRemindAt } from "../reader/remind-at.ts";
import { answer, type Change, type Facts, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { dayText } from "./moment.ts";
import { askedOfPerson, isStilled, type Owing } from "./owing.ts";
import { owedText } from "./words/duty.ts";
import type { PutOffText } from "./words/put-off.ts";

/** Nobody who owes something is to be silent for longer, least of all where every deadline has passed. */
const mostDays = 7;

/** `明天提醒`, `今天17点提醒`: until then its sender is not reminded of what they owe, and then once. */
export const putOff: Step<"all"> = (turn) => {
  const { campaign, now } = turn.facts;
  const { staffId } = turn.inbound.sender;
  const asked = askedOfPerson(turn.facts, staffId);
  const owing = asked.filter((it) => !isStilled(it));
  if (owing.length === 0) return say(turn, { kind: asked.length > 0 ? "onPaper" : "owesNothing" });
  const wanted = readRemindAt(turn.words, { now: turn.inbound.at, zone: campaign });
  if (wanted === null) return say(turn, { kind: "noSuchTime" });
  if (wanted.at <= now) return say(turn, { kind: "past", at: momentNamed(wanted.at, turn.facts) });
  const until = nextOfficeTime(wanted.at, campaign);
  const isMoved = wanted.isExact
    ? until.getTime() !== wanted.at.getTime()
    : dayOf(until, campaign) !== dayOf(wanted.at, campaign);
  const put = {
    at: momentNamed(until, turn.facts),
    movedFrom: isMoved ? momentNamed(wanted.at, turn.facts) : null,
    windows: campaign.reminders.windows.map((it) => `${it.from}–${it.until}`),
    owed: owedBy(owing),
  };
  const deadline = nextDeadlineOf(turn.facts, owing);
  if (deadline !== null && until >= deadline)
    return say(turn, { kind: "tooLate", deadline: momentNamed(deadline, turn.facts), ...put });
  const last = addDays(dayOf(turn.inbound.at, campaign), mostDays);
  if (dayOf(wanted.at, campaign) > last) return say(turn, { kind: "tooFar", mostDays, last: dayText(last), ...put });
  return say(turn, { kind: "until", ...put }, [{ type: "reminderPutOff", staffId, until }]);
};

function say(turn: Turn<"all">, data: PutOffText, changes: Change[] = []): Outcome {
  return outcome(turn.state, [answer(turn.inbound, { tag: "putOff", data })], changes);
}

/** Of what is owed the deadline that comes next; `null` where all have passed. */
function nextDeadlineOf({ campaign }: Facts, owing: readonly Owing[]): Date | null {
  const ahead = owing.flatMap((it) => it.duties).filter((it) => !it.isOverdue);
  const [next] = ahead.map((it) => deadlineOf(campaign, it)).toSorted((a, b) => a.getTime() - b.getTime());
  return next ?? null;
}

function owedBy(owing: readonly Owing[]): string[] {
  const namesUnits = owing.length > 1;
  return owing.flatMap(({ record, duties }) =>
    duties.map((it) => `${namesUnits ? `${calledOf(record.unit)} ` : ""}${owedText(it)}`),
  );
}

function momentNamed(instant: Date, { campaign }: Pick<Facts, "campaign">): string {
  return `${dayText(dayOf(instant, campaign))}${clockOf(instant, campaign)}`;
}
