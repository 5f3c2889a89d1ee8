import type { PlannedMessage } from "../../../src/scheduler/plan/moment.ts";
import { type Day, dayMinutes, instantOf, type Minute } from "./almanac.ts";
import { Laws } from "./laws.ts";
import type { Rules } from "./rules.ts";
import { Town } from "./town.ts";

export interface Walked {
  breaches: string[];
  tally: Laws["tally"];
  minutes: number;
  /** When somebody was written to. */
  sentAt: Minute[];
}

/** Whole days, the last among them. */
export function walkDays(rules: Rules, { from, until, seed }: { from: Day; until: Day; seed: number }): Walked {
  return walk(rules, { from: from * dayMinutes, until: (until + 1) * dayMinutes, seed });
}

/** Asks the planner at each minute from `from` to before `until`, in which it is not down, and judges what it says. */
export function walk(rules: Rules, { from, until, seed }: { from: Minute; until: Minute; seed: number }): Walked {
  const town = new Town(rules, seed);
  const laws = new Laws(town);
  const sentAt: Minute[] = [];
  let rewinds: number[] = [];
  town.onMove = () => laws.replan();
  town.onRewind = (minutes) => rewinds.push(minutes);

  const ask = (now: Minute): PlannedMessage[] => {
    town.unreadBefore = town.diary.unread;
    const sent = town.diary.at(instantOf(now));
    if (sent.length > 0) leaveUnread(town, now, sent);
    return sent;
  };
  for (let now = from; now < until; now += 1) {
    town.live(now);
    const expected = laws.expected(now);
    if (now >= town.downUntil) {
      for (const minutes of rewinds)
        for (let back = now - minutes; back < now; back += 1) laws.check(back, ask(back), { isReplay: true });
      if (rewinds.length > 0) town.noteDone();
      rewinds = [];
      const sent = ask(now);
      if (sent.length > 0) sentAt.push(now);
      laws.check(now, sent, { expected });
    }
    laws.passed(now);
  }
  return { breaches: laws.breaches, tally: laws.tally, minutes: until - from, sentAt };
}

function leaveUnread({ diary, leavesUnread }: Town, now: Minute, sent: readonly PlannedMessage[]): void {
  for (const { key, to, content } of sent) {
    if (to.kind !== "person" || content.say.tag !== "reminder" || !leavesUnread()) continue;
    const unitIds = [...new Set(content.say.data.duties.map((it) => it.unitId))];
    if (unitIds.length > 0)
      diary.unread.push({ key, staffId: to.staffId, at: instantOf(now), isPassedOn: false, unitIds });
  }
}
