import { type Campaign, calledOf } from "../campaign/campaign.ts";
import { type Consolidated, consolidate, totalOf } from "../campaign/consolidated.ts";
import { latestDocument } from "../campaign/document.ts";
import { pending } from "../campaign/nomination.ts";
import { progressOf, unitProgress } from "../campaign/progress.ts";
import { type Row, rowsOf, shortLabel } from "../campaign/row.ts";
import { isOnTime } from "../campaign/submission.ts";
import { liaisonOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { matchUnit } from "../reader/match.ts";
import { answer, attach, type Facts, type Outcome, outcome, type Reply, type Step, type Turn } from "./flow.ts";
import { momentText } from "./moment.ts";
import { nominationText } from "./nominate.ts";
import { amounts } from "./recording.ts";
import { formText } from "./submit.ts";
import type { Amount } from "./words/figures.ts";
import type { LiaisonText, ProgressText, TotalsText, UnitCommand } from "./words/manage.ts";

/** What a manager asks for; nothing here changes anything. */

/** `进度`. */
export const showProgress: Step<"all"> = (turn) => outcome(turn.state, [progressReply(turn)]);

/** `汇总`: totals row by row, by both 口径. */
export const showTotals: Step<"all"> = (turn) => outcome(turn.state, [totalsReply(turn)]);

/** `查看 <单位>`. */
export const showUnit: Step<"all"> = (turn) => {
  const found = namedUnit(turn, "show");
  if (!found.ok) return found.refused;
  const { record } = found;
  const { campaign } = turn.facts;
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
  return outcome(turn.state, [answer(turn.inbound, { tag: "unitShown", data })]);
};

/** `导出`: every sheet, names and phones included; so never in a group. */
export const exportSheets: Step = (turn) => {
  const data = { at: momentText(turn.facts.now, turn.facts.campaign) };
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "exportFollows", data }),
    attach(turn.inbound, { file: "export" }),
  ]);
};

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
  const forms = all.flatMap(({ unit, submission }) => {
    if (submission.status !== "submitted" || submission.last === null) return [];
    const at = momentText(submission.last.submittedAt, campaign);
    return [{ unit: unit.name, called: calledOf(unit), at, isOnTime: isOnTime(campaign, submission) }];
  });
  return answer(inbound, { tag: "reviewListed", data: { nominations, forms } });
}

export function progressReply({ inbound, facts }: Turn<"all">): Reply {
  const data = { ...progressText(facts), isInGroup: inbound.group !== null };
  return answer(inbound, { tag: "allProgress", data });
}

export function totalsReply({ inbound, facts }: Turn<"all">): Reply {
  return answer(inbound, { tag: "allTotals", data: { ...totalsText(facts), isInGroup: inbound.group !== null } });
}

function progressText({ campaign, all, now }: Facts<"all">): ProgressText {
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
  };
}

function totalsText({ campaign, all, now }: Facts<"all">): TotalsText {
  const submitted = consolidate(campaign, all, { basis: "submitted", asOf: now });
  const withDrafts = consolidate(campaign, all, { basis: "withDrafts", asOf: now });
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
