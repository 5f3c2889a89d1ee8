import type { Entry } from "../campaign/entry.ts";
import { isRecurring, keptBy } from "../campaign/period.ts";
import { type Row, rowsFor, rowsOf, shortLabel } from "../campaign/row.ts";
import { entriesOf } from "../campaign/unit-record.ts";
import { read } from "../reader/reading.ts";
import { withdrawByPeriod } from "./by-period.ts";
import { ask, type Conversation, openQuestions, type Question, settle, settleAll } from "./conversation.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { momentText } from "./moment.ts";
import { onePeriod, periodOfQuestion, recordOfEntry, turnIn } from "./period.ts";
import { whichQuestion } from "./question-text.ts";
import { amounts, type Draft, declaredNotApplicable, declaredZero, zeroDraft } from "./recording.ts";
import { readContext, respondToReading, restDrafts } from "./report.ts";
import { respond, rowById } from "./respond.ts";
import { shortNumber } from "./short-number.ts";
import { openRowsOf, pageRows } from "./walk.ts";
import type { Say } from "./words/words.ts";

/** How many of the latest reports `撤销` without a number offers. */
const offeredWithdrawals = 5;

/** `修改 22 5`: the row's total is what is said now. Without figures the bot asks for them. */
export const changeRow: Step<"own"> = (turn) => {
  const [, digits = "", figures = ""] = /^第?\s*(\d+)\s*行?[\s:：]*(.*)$/s.exec(turn.words) ?? [];
  const row = ownRow(turn, digits);
  if (row === undefined) return unknownRow(turn, digits);
  const reading = read(figures, readContext(turn, row.indicator.id));
  if (reading.entries.length + reading.rejections.length > 0) return respondToReading(turn, reading, { forced: "set" });
  const question = { about: "figures", indicatorId: row.indicator.id } as const;
  const no = turn.facts.next.question;
  const kept = keptBy(turn.facts.campaign, turn.facts.own.period);
  const state = ask(
    settleAll(turn.state, "replaced", (it) => it.about === "figures"),
    no,
    { ...question, ...kept },
  );
  return outcome(state, [answer(turn.inbound, whichQuestion(turn, [{ no, question, ...kept }]))]);
};

/** `撤销 37` takes back all that one message recorded; `撤销` alone only where that is beyond doubt. */
export const undo: Step<"own"> = (turn) => {
  const { own, campaign } = turn.facts;
  const no = shortNumber(turn.words);
  if (no === null) return undoLatest(turn);
  const entry = recordOfEntry(own, no).entries.find((it) => it.no === no);
  if (entry === undefined) return outcome(turn.state, [answer(turn.inbound, { tag: "noSuchEntry", data: { no } })]);
  if (entry.withdrawnAt !== null) {
    const data = { no, at: momentText(entry.withdrawnAt, campaign) };
    return outcome(turn.state, [answer(turn.inbound, { tag: "withdrawnBefore", data })]);
  }
  return undoTurn(turn, entry);
};

function undoLatest(turn: Turn<"own">): Outcome {
  const { own, campaign } = turn.facts;
  const live = entriesOf(own).filter((it) => it.withdrawnAt === null && it.recordedBy === turn.inbound.sender.staffId);
  const byTurn = [...new Set(live.map((it) => it.turnKey))].map((key) => live.filter((it) => it.turnKey === key));
  const [only] = byTurn;
  if (only?.[0] === undefined)
    return outcome(turn.state, [answer(turn.inbound, { tag: "nothingToWithdraw", data: {} })]);
  if (byTurn.length === 1) return undoTurn(turn, only[0]);
  const rows = rowsOf(campaign);
  const recent = byTurn
    .slice(-offeredWithdrawals)
    .toReversed()
    .map((entries) => ({
      no: entries[0]?.no ?? 0,
      ...(isRecurring(campaign) && {
        periods: [...new Set(entries.map((it) => recordOfEntry(own, it.no).period.no))].toSorted((a, b) => a - b),
      }),
      rows: entries.flatMap((entry) => {
        const row = rows.find((it) => it.indicator.id === entry.indicatorId);
        if (row === undefined) return [];
        const kind = entry.isNotApplicable ? "notApplicable" : "filled";
        const { date, dateFrom, figures } = entry;
        const said = { kind, amounts: amounts(row, figures) } as const;
        return [{ no: row.no, name: shortLabel(row), date, dateFrom, said }];
      }),
    }));
  return outcome(turn.state, [answer(turn.inbound, { tag: "whichToWithdraw", data: { recent } })]);
}

function undoTurn(turn: Turn<"own">, entry: Entry): Outcome {
  const { rows, effects, changes, periods } = withdrawByPeriod(turn, entry.turnKey);
  const [period, ...furtherPeriods] = periods;
  const gone = new Set(
    entriesOf(turn.facts.own)
      .filter((it) => it.turnKey === entry.turnKey)
      .map((it) => it.no),
  );
  const state = settleAll(
    turn.state,
    "replaced",
    (it) => (it.about === "count" || it.about === "date") && gone.has(it.entryNo ?? -1),
  );
  const heading = period !== undefined && furtherPeriods.length === 0 ? { period: onePeriod(period) } : {};
  const withdrawn: Say = { tag: "withdrawn", data: { rows, effects }, ...heading };
  return outcome(state, [answer(turn.inbound, withdrawn)], changes);
}

export const declareZero: Step<"own"> = (turn) => declare(turn, "无");
export const declareNotApplicable: Step<"own"> = (turn) => declare(turn, "不适用");

/** `无`, `不适用`: for the named rows, or for what is being asked; alone they change nothing. */
function declare(turn: Turn<"own">, word: "无" | "不适用"): Outcome {
  const draft = word === "无" ? declaredZero : declaredNotApplicable;
  if (turn.words !== "") {
    const numbers = turn.words.match(/\d+/g) ?? [];
    const rows = numbers.map((it) => ownRow(turn, it));
    const unknown = numbers.filter((_, n) => rows[n] === undefined);
    if (unknown.length > 0) return unknownRow(turn, unknown.join("、"));
    return respond(turn, { drafts: rows.flatMap((it) => (it === undefined ? [] : draft(it))) });
  }
  const asked = openQuestions(turn.state).findLast((it) => asksForFigures(it.question));
  if (asked !== undefined && asksForFigures(asked.question)) {
    const then = turnIn(turn, periodOfQuestion(turn.facts.own, asked));
    const answered = zeroForQuestion(then, asked.question, word);
    const state = settle(turn.state, asked.no, "answered");
    if (answered !== null) return respond({ ...then, state }, { drafts: [answered] });
  }
  const open = openRowsOf(turn.facts.campaign, turn.facts.own).map((it) => ({ no: it.no, name: shortLabel(it) }));
  return outcome(turn.state, [answer(turn.inbound, { tag: "noOpenQuestion", data: { word, open } })]);
}

type FigureQuestion = Extract<Question, { about: "figures" | "count" }>;

function asksForFigures(question: Question): question is FigureQuestion {
  return question.about === "figures" || question.about === "count";
}

/** `无` for a figure that completes an entry is that figure; for anything else it is the whole row. */
function zeroForQuestion(turn: Turn<"own">, question: FigureQuestion, word: "无" | "不适用"): Draft | null {
  const row = rowById(turn, question.indicatorId);
  if (row === undefined) return null;
  if (question.about === "figures" || question.entryNo === null) {
    return word === "无" ? declaredZero(row) : declaredNotApplicable(row);
  }
  if (word === "不适用") return null;
  const { indicatorId, measureId, entryNo, date } = question;
  const figures = { [measureId]: 0 };
  return { indicatorId, figures, isNotApplicable: false, date, dateFrom: null, mode: "fix", fixes: entryNo };
}

/** `其余无`. */
export const declareRestZero: Step<"own"> = (turn) => {
  const rest = restDrafts(turn);
  if (rest.drafts.length + rest.questions.length === 0) {
    // A 场次 whose 人次 is still owed is open, but no zero.
    const { walkPage } = turn.state;
    const onPage = walkPage === null ? null : new Set(pageRows(turn, walkPage).map((it) => it.no));
    const open = openRowsOf(turn.facts.campaign, turn.facts.own)
      .filter((it) => onPage?.has(it.no) ?? true)
      .map((it) => ({ no: it.no, name: shortLabel(it) }));
    return outcome(turn.state, [answer(turn.inbound, { tag: "nothingToZero", data: { open } })]);
  }
  return respond(turn, rest);
};

/** `确认 8` for `其余无`: the rows that were listed, less whatever got figures meanwhile. */
export function confirmRestZero(turn: Turn<"own">, indicatorIds: readonly string[]): Outcome {
  const { campaign, own } = turn.facts;
  const listed = rowsFor(campaign, own.unit).filter((it) => indicatorIds.includes(it.indicator.id));
  return respond(turn, { drafts: listed.flatMap((it) => zeroDraft(it, own) ?? []) });
}

/** `取消`: leaves the walk, the nomination and every open question; what is recorded stays. */
export function cancel(turn: Turn): Outcome {
  const { state, inbound } = turn;
  const isOpen =
    state.walkPage !== null || state.nominating !== null || state.awaitsSummary || openQuestions(state).length > 0;
  const cleared: Conversation = {
    ...settleAll(state, "cancelled"),
    period: null,
    walkPage: null,
    nominating: null,
    awaitsSummary: false,
    rowsListedAt: null,
    rowsListedIn: null,
  };
  return outcome(cleared, [
    answer(inbound, {
      tag: "cancelled",
      data: { wasAnything: isOpen, isLiaison: turn.facts.standing.liaisonOf !== null },
    }),
  ]);
}

export function ownRow(turn: Turn<"own">, digits: string): Row | undefined {
  return rowsFor(turn.facts.campaign, turn.facts.own.unit).find((it) => it.no === Number(digits));
}

export function unknownRow(turn: Turn<"own">, rows: string): Outcome {
  const data = { rows, max: rowsOf(turn.facts.campaign).length };
  return outcome(turn.state, [answer(turn.inbound, { tag: "unknownRow", data })]);
}
