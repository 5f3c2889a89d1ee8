import { type Campaign, calledOf } from "../campaign/campaign.ts";
import { type Consolidated, consolidate, consolidateWhole, totalOf } from "../campaign/consolidated.ts";
import { latestDocument } from "../campaign/document.ts";
import { pending } from "../campaign/nomination.ts";
import { isRecurring, keptBy } from "../campaign/period.ts";
import { progressOf, unitProgress } from "../campaign/progress.ts";
import { type Row, rowsOf, shortLabel } from "../campaign/row.ts";
import { isOnTime } from "../campaign/submission.ts";
import { allPeriodsOf, inPeriod, liaisonOfRecord, owesForm, type UnitRecord } from "../campaign/unit-record.ts";
import { matchUnit } from "../reader/match.ts";
import { answer, attach, type Facts, type Outcome, outcome, type Reply, type Step, type Turn } from "./flow.ts";
import { momentText } from "./moment.ts";
import { readPeriod } from "./named-period.ts";
import { nominationText } from "./nominate.ts";
import { allOwed } from "./owing.ts";
import { begunPeriods, headed, headedAll, noSuchPeriod, ofPeriods, onePeriod } from "./period.ts";
import { amounts } from "./recording.ts";
import { formText } from "./submit.ts";
import type { Amount } from "./words/figures.ts";
import type { LiaisonText, ProgressText, TotalsText, UnitCommand, WholeProgressText } from "./words/manage.ts";

/** What a manager asks for; nothing here changes anything. */

/** `进度 [期]`. */
export const showProgress: Step<"all"> = ofPeriods("进度", (turn, isWhole) =>
  outcome(turn.state, [progressReply(turn, isWhole)]),
);

/** `汇总 [期]`: totals row by row, by both 口径. */
export const showTotals: Step<"all"> = ofPeriods("汇总", (turn, isWhole) =>
  outcome(turn.state, [totalsReply(turn, isWhole)]),
);

/** `查看 <单位> [期]`. */
export const showUnit: Step<"all"> = (turn) => {
  const found = namedUnit(turn, "show");
  if (!found.ok) return found.refused;
  const { campaign } = turn.facts;
  const said = isRecurring(campaign) ? found.rest : "";
  const named = said === "" ? null : readPeriod(said, turn.facts);
  if (named !== null && named.kind !== "one")
    return noSuchPeriod(turn, { command: `查看 ${calledOf(found.record.unit)}`, said });
  const record = named === null ? found.record : inPeriod(found.record, named.period.key);
  const [waiting] = pending(record.nominations);
  const { statistics, summary } = unitProgress(campaign, record);
  const data = {
    form: formText(turn.facts, record),
    called: calledOf(record.unit),
    liaison: liaisonText(record),
    waiting: waiting === undefined ? null : nominationText(record.unit, waiting),
    returnedReason: statistics.state === "returned" ? (record.submission.returned?.reason ?? null) : null,
    timeliness: statistics.timeliness,
    hasSummary: summary !== "missing",
    hasStamped: latestDocument(record.documents, "stamped") !== undefined,
  };
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "unitShown", data, ...headed(campaign, record.period, { said }) }),
  ]);
};

/** `导出 [期]`: every sheet, names and phones included; so never in a group. */
export const exportSheets: Step<"all"> = ofPeriods("导出", (turn, isWhole) => {
  const { now, campaign, all } = turn.facts;
  const [first] = all;
  const data = { at: momentText(now, campaign) };
  const kept = isWhole ? { period: "whole" } : first === undefined ? {} : keptBy(campaign, first.period);
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "exportFollows", data, ...headedAll(turn.facts, isWhole) }),
    attach(turn.inbound, { file: "export", ...kept }),
  ]);
});

/** `联络员`: annex 1. */
export const showLiaisons: Step<"all"> = (turn) => {
  const { all } = turn.facts;
  const liaisons = all.flatMap((it) => liaisonText(it) ?? []);
  const missing = all.filter((it) => liaisonOfRecord(it) === undefined).map((it) => it.unit.name);
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "liaisonsListed", data: { liaisons, expected: all.length, missing } }),
    attach(turn.inbound, { file: "liaisons" }),
  ]);
};

/** `审核`: everything that waits for a manager, each with its buttons. */
export const showReviewList: Step<"all"> = (turn) => outcome(turn.state, [reviewListReply(turn)]);

export function reviewListReply({ inbound, facts }: Turn<"all">): Reply {
  const { campaign, all } = facts;
  const nominations = all.flatMap((record) => {
    const replaces = liaisonOfRecord(record)?.name ?? null;
    return pending(record.nominations).map((it) => ({ ...nominationText(record.unit, it), replaces }));
  });
  const forms = all.flatMap(allPeriodsOf).flatMap(({ unit, submission, period, moved }) => {
    if (submission.status !== "submitted" || submission.last === null) return [];
    const at = momentText(submission.last.submittedAt, campaign);
    const form = { unit: unit.name, called: calledOf(unit), at, isOnTime: isOnTime(campaign, submission, moved) };
    return [{ ...form, ...(isRecurring(campaign) && { period: onePeriod(period) }) }];
  });
  return answer(inbound, { tag: "reviewListed", data: { nominations, forms } });
}

export function progressReply({ inbound, facts }: Turn<"all">, isWhole: boolean): Reply {
  const isInGroup = inbound.group !== null;
  const heading = headedAll(facts, isWhole);
  if (isWhole) return answer(inbound, { tag: "wholeProgress", data: { ...wholeText(facts), isInGroup }, ...heading });
  const earlier = isRecurring(facts.campaign) ? { earlier: earlierText(facts) } : {};
  return answer(inbound, { tag: "allProgress", data: { ...progressText(facts), ...earlier, isInGroup }, ...heading });
}

export function totalsReply({ inbound, facts }: Turn<"all">, isWhole: boolean): Reply {
  const data = { ...totalsText(facts, isWhole), isInGroup: inbound.group !== null };
  return answer(inbound, { tag: "allTotals", data, ...headedAll(facts, isWhole) });
}

/** Of each period that has begun: who has reported, late, not yet. */
function wholeText(facts: Facts<"all">): Omit<WholeProgressText, "isInGroup"> {
  const { campaign, all, now } = facts;
  const { at, expected, summary, nomination } = progressText(facts);
  const periods = begunPeriods(campaign, now).map((period) => {
    const progress = progressOf(
      campaign,
      all.map((it) => inPeriod(it, period.key)),
    );
    const having = (timeliness: string) =>
      progress.filter((it) => it.statistics.timeliness === timeliness).map((it) => calledOf(it.unit));
    return {
      period: onePeriod(period),
      onTime: having("onTime").length,
      late: having("late"),
      missing: having("missing"),
    };
  });
  return { at, expected, summary, nomination, periods };
}

/** Periods before the one shown whose form some unit still owes. */
function earlierText({ all }: Facts<"all">): NonNullable<ProgressText["earlier"]> {
  const [first] = all;
  const before = first === undefined ? [] : allPeriodsOf(first).filter((it) => it.period.no < first.period.no);
  return before.flatMap(({ period }) => {
    const owing = all.filter((it) => owesForm(inPeriod(it, period.key))).map((it) => calledOf(it.unit));
    return owing.length === 0 ? [] : [{ period: onePeriod(period), owing }];
  });
}

function progressText(facts: Facts<"all">): ProgressText {
  const { campaign, all, now } = facts;
  const progress = progressOf(campaign, all);
  const names = (which: (it: (typeof progress)[number]) => boolean) =>
    progress.filter(which).map((it) => calledOf(it.unit));
  const waiting = all.filter((it) => pending(it.nominations).length > 0).map((it) => calledOf(it.unit));
  return {
    at: momentText(now, campaign),
    expected: all.length,
    statistics: {
      onTime: names((it) => it.statistics.timeliness === "onTime").length,
      late: names((it) => it.statistics.timeliness === "late"),
      drafting: progress
        .filter((it) => it.statistics.state === "drafting")
        .map((it) => ({ unit: calledOf(it.unit), openRows: it.statistics.openRows.length })),
      notStarted: names((it) => it.statistics.state === "notStarted"),
      reopened: names((it) => it.statistics.state === "reopened"),
      returned: names((it) => it.statistics.state === "returned"),
    },
    summary: {
      met: names((it) => it.summary !== "missing").length,
      late: names((it) => it.summary === "late"),
    },
    nomination: {
      met: names((it) => it.liaison !== null).length,
      late: names((it) => it.nomination === "late"),
      missing: names((it) => it.liaison === null).filter((it) => !waiting.includes(it)),
      waiting,
    },
    onPaper: all.filter((it) => it.onPaper !== null && allOwed(facts, it).length > 0).map((it) => calledOf(it.unit)),
  };
}

function totalsText({ campaign, all, now }: Facts<"all">, isWhole: boolean): TotalsText {
  const tableOf = isWhole ? consolidateWhole : consolidate;
  const submitted = tableOf(campaign, all, { basis: "submitted", asOf: now });
  const withDrafts = tableOf(campaign, all, { basis: "withDrafts", asOf: now });
  const counted = (table: Consolidated) => table.units.filter((it) => it.rows !== null).length;
  const rows = rowsOf(campaign);
  return {
    at: momentText(now, campaign),
    expected: all.length,
    submitted: counted(submitted),
    withDrafts: counted(withDrafts),
    sections: campaign.form.sections.map((section) => ({
      title: section.short ?? section.title,
      rows: rows
        .filter((it) => it.section.id === section.id)
        .map((row) => ({
          no: row.no,
          name: shortLabel(row),
          submitted: totalAmounts(submitted, row),
          withDrafts: totalAmounts(withDrafts, row),
        })),
    })),
  };
}

function totalAmounts(table: Consolidated, row: Row): Amount[] {
  const totals = row.indicator.measures.flatMap((it) => {
    const total = totalOf(table, row.indicator, it);
    return total === null ? [] : [[it.id, total] as const];
  });
  return amounts(row, Object.fromEntries(totals));
}

function liaisonText(record: UnitRecord): LiaisonText | null {
  const liaison = liaisonOfRecord(record);
  if (liaison === undefined) return null;
  const { name, post, phone, staffId } = liaison;
  return { unit: record.unit.name, name, post, phone, isFound: staffId !== null };
}

export type NamedUnit = { ok: true; record: UnitRecord; rest: string } | { ok: false; refused: Outcome };

/** The unit that a command names first, and what follows it; or the answer that asks which one is meant. */
export function namedUnit(turn: Turn<"all">, command: UnitCommand): NamedUnit {
  const { campaign, all } = turn.facts;
  const { said, rest } = splitAfterUnit(turn.words, campaign);
  const { sure, candidates } = matchUnit(said, campaign);
  const record = all.find((it) => it.unit.id === sure?.id);
  if (record !== undefined) return { ok: true, record, rest };
  const offered = said === "" ? campaign.units : candidates;
  const data = { command, said, candidates: offered.map((it) => it.name) };
  return { ok: false, refused: outcome(turn.state, [answer(turn.inbound, { tag: "whichUnit", data })]) };
}

/** A unit's name ends at the first space, unless the name itself has one. */
function splitAfterUnit(words: string, { units }: Campaign): { said: string; rest: string } {
  const spoken = words.trim().replace(/\s+/g, " ");
  const spaced = units.flatMap((it) => [it.name, ...it.aliases]).find((it) => `${spoken} `.startsWith(`${it} `));
  const said = spaced ?? spoken.split(" ", 1).join();
  return { said, rest: spoken.slice(said.length).trim() };
}
