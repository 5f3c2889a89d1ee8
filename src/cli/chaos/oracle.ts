import type { Entry } from "../../campaign/entry.ts";
import { repeatLine } from "../../flows/words/delivery.ts";
import type { Ledger, ReceivedMessage } from "../../playground/ledger.ts";
import type { Death } from "./bots.ts";
import type { Report } from "./crowd.ts";

/** All that is known at the end, from both sides of the wire. */
export interface Evidence {
  reports: readonly Report[];
  /** What people said and received, from DingTalk's own account. */
  ledger: Pick<Ledger, "said" | "received">;
  /** What the bot has recorded, of all units. */
  entries: readonly Entry[];
  deaths: readonly Death[];
  /** Who was to be reminded during the run, each once. */
  reminded: readonly string[];
}

export interface Verdict {
  said: number;
  acknowledged: number;
  recorded: number;
  answered: number;
  /** Answers that came twice because nobody could know that the first had arrived. */
  repeated: number;
  /** Of one answer: one more for each send in a row of which that is so. */
  mostCopies: number;
  faults: string[];
}

/** `已记 ✓ 12 应急救援演练（6月13日）：1 场、123 人次`: by its number of people an answer tells which report it is about. */
const confirmation = /已记 ✓[^\n]*?1 场、([\d,]+) 人次/;

/** `张三，您好！统计表还没有开始填…`, alone or after the line that says it may be a repeat. */
const reminder = /您好！[\s\S]*统计表/;

/** Every acknowledged message counted once, every reply delivered, none twice without a reason, all in order. */
export function judge(evidence: Evidence): Verdict {
  const { reports, ledger, entries } = evidence;
  const faults: string[] = [];
  const acknowledged = new Set(ledger.said.filter((it) => it.isAcked).map((it) => it.msgId));
  const byMessage = groupBy(entries, (it) => it.turnKey);
  const answers = groupBy(ledger.received, answerKey);
  let repeated = 0;
  let mostCopies = 0;
  for (const report of reports) {
    const recorded = byMessage.get(report.msgId) ?? [];
    const copies = answers.get(`${report.staffId} ${report.people}`) ?? [];
    const what = `${report.staffId} ${report.people} (${report.msgId})`;
    if (recorded.length > 1) faults.push(`counted ${recorded.length} times: ${what}`);
    if (recorded.length === 0 && acknowledged.has(report.msgId)) faults.push(`acknowledged and lost: ${what}`);
    if (!acknowledged.has(report.msgId)) faults.push(`never acknowledged: ${what}`);
    if (recorded.length === 0 && copies.length > 0) faults.push(`answered and not recorded: ${what}`);
    if (recorded.length > 0 && copies.length === 0) faults.push(`recorded and not answered: ${what}`);
    if (recorded[0] !== undefined && !isWhatWasSaid(recorded[0], report)) faults.push(`recorded wrongly: ${what}`);
    if (!mayRepeat(copies, evidence.deaths)) faults.push(`answered ${copies.length} times without doubt: ${what}`);
    if (copies.slice(1).some((it) => !it.text.includes(repeatLine))) faults.push(`repeated without saying so: ${what}`);
    if (copies.length > 1) repeated += 1;
    mostCopies = Math.max(mostCopies, copies.length);
  }
  const known = new Set(reports.map((it) => it.msgId));
  for (const { turnKey, no } of entries) if (!known.has(turnKey)) faults.push(`entry ${no} from nowhere: ${turnKey}`);
  faults.push(...disorder(evidence, answers), ...remindersAmiss(evidence));
  return {
    said: reports.length,
    acknowledged: reports.filter((it) => acknowledged.has(it.msgId)).length,
    recorded: reports.filter((it) => byMessage.has(it.msgId)).length,
    answered: reports.filter((it) => answers.has(`${it.staffId} ${it.people}`)).length,
    repeated,
    mostCopies,
    faults,
  };
}

function isWhatWasSaid({ indicatorId, figures }: Entry, report: Report): boolean {
  // Which measure stands first is the database's to choose.
  const values = Object.values(figures).toSorted((a, b) => a - b);
  return indicatorId === report.indicatorId && values.join() === `1,${report.people}`;
}

/** A copy follows another only where the bot could not know that it had arrived: a falsified answer, or its own death. */
function mayRepeat(copies: readonly ReceivedMessage[], deaths: readonly Death[]): boolean {
  return copies.every((copy, n) => {
    const next = copies[n + 1];
    if (next === undefined || copy.answer !== "told") return true;
    // One that was asked to stop has finished what it was sending.
    const violent = deaths.filter((it) => it.at !== "asked");
    return violent.some(({ calendar }) => calendar >= copy.at && calendar <= next.at);
  });
}

/** Each person's answers come in the order in which their messages were recorded. */
function disorder({ reports, entries }: Evidence, answers: Map<string, ReceivedMessage[]>): string[] {
  const noOf = new Map(entries.map((it) => [it.turnKey, it.no]));
  return [...groupBy(reports, (it) => it.staffId)].flatMap(([staffId, own]) => {
    const answered = own.flatMap((it) => {
      const [first] = answers.get(`${staffId} ${it.people}`) ?? [];
      const no = noOf.get(it.msgId);
      return first === undefined || no === undefined ? [] : [{ no, call: first.call, people: it.people }];
    });
    const inOrder = answered.toSorted((a, b) => a.no - b.no);
    return inOrder.flatMap((it, n) => {
      const next = inOrder[n + 1];
      return next === undefined || it.call < next.call
        ? []
        : [`answered out of order: ${staffId} ${it.people} after ${next.people}`];
    });
  });
}

function remindersAmiss({ ledger, reminded, deaths }: Evidence): string[] {
  const reminders = groupBy(
    ledger.received.filter((it) => reminder.test(it.text)),
    personOf,
  );
  return reminded.flatMap((staffId) => {
    const own = reminders.get(staffId) ?? [];
    if (own.length === 0) return [`not reminded: ${staffId}`];
    if (!mayRepeat(own, deaths)) return [`reminded ${own.length} times: ${staffId}`];
    return [];
  });
}

function answerKey(message: ReceivedMessage): string | null {
  const [, people] = confirmation.exec(message.text) ?? [];
  return people === undefined ? null : `${personOf(message)} ${people.replaceAll(",", "")}`;
}

function personOf({ conversation }: ReceivedMessage): string {
  return "staffId" in conversation ? conversation.staffId : conversation.conversationId;
}

function groupBy<T>(all: readonly T[], keyOf: (it: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const key = keyOf(it);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return groups;
}
