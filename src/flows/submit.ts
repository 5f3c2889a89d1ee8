import { dayOf } from "../campaign/calendar.ts";
import { blocking, type Finding, findingsOf } from "../campaign/check.ts";
import { deadlineFor } from "../campaign/deadline.ts";
import { latestDocument } from "../campaign/document.ts";
import { isStarted } from "../campaign/form.ts";
import { keptBy } from "../campaign/period.ts";
import { unitProgress } from "../campaign/progress.ts";
import { rowsFor, rowsOf, shortLabel } from "../campaign/row.ts";
import { decideSubmit, effectOfChange, isOnTime } from "../campaign/submission.ts";
import { formOfRecord, owesForm, type UnitRecord } from "../campaign/unit-record.ts";
import { openQuestions } from "./conversation.ts";
import { ownRow, unknownRow } from "./correct.ts";
import { answer, attach, type Change, type Facts, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { dueOf, momentText } from "./moment.ts";
import { headed, onePeriod, periodOfQuestion, rowsListed } from "./period.ts";
import { questionText } from "./question-text.ts";
import { rowText } from "./walk.ts";
import type { OnePeriod } from "./words/period.ts";
import type { FindingText, FormText } from "./words/submit.ts";

/** Longest 说明 that still prints on the annex. */
const longestExplanation = 200;

export const preview: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const findings = findingsOf(campaign, own.unit, formOfRecord(campaign, own));
  const data = { form: formText(turn.facts, own), findings: findings.map((it) => findingText(it, own)) };
  return outcome(turn.state, [answer(turn.inbound, { tag: "previewed", data })]);
};

/** The whole form in words; also what a manager's `查看` shows. */
export function formText({ campaign }: Pick<Facts, "campaign">, record: UnitRecord): FormText {
  const rows = rowsFor(campaign, record.unit);
  const { statistics } = unitProgress(campaign, record);
  return {
    unit: record.unit.name,
    state: statistics.state,
    submittedAt: statistics.submittedAt === null ? null : momentText(statistics.submittedAt, campaign),
    sections: campaign.form.sections
      .map((section) => ({
        title: section.short ?? section.title,
        rows: rows
          .filter((it) => it.section.id === section.id)
          .map((row) => ({
            no: row.no,
            name: shortLabel(row),
            state: rowText(row, record),
            explanation: record.explanations[row.indicator.id] ?? null,
          })),
      }))
      .filter((it) => it.rows.length > 0),
  };
}

/** `提交`: runs the checks, says all that blocks it at once, and freezes the form when nothing does. */
export const submit: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const before = submittedBefore(turn);
  if (before !== undefined) return alreadySubmitted(turn, before, onePeriod(own.period));
  // Handed in when it was said, not when it was got round to: that decides about 按时.
  const at = turn.inbound.at;
  const waiting = openQuestions(turn.state).filter(
    (it) => !leavesFiguresAlone.has(it.question.about) && periodOfQuestion(own, it) === own.period.key,
  );
  const form = formOfRecord(campaign, own);
  const decision = decideSubmit(own.submission, {
    campaign,
    unit: own.unit,
    form,
    at,
    by: turn.inbound.sender.staffId,
  });
  const questions = waiting.map((it) => questionText(turn.facts, it));
  if (!decision.ok) return refuse(turn, decision.refusal, questions);
  if (questions.length > 0) return refuse(turn, { reason: "blocked", findings: [] }, questions);
  const { event } = decision;
  const submission = { ...own.submission, firstSubmittedAt: own.submission.firstSubmittedAt ?? at };
  const version = event.type === "submitted" ? event.form.version : null;
  const states = Object.values(form.rows).map((it) => it.kind);
  const notAsked = rowsOf(campaign).length - states.length;
  const data = {
    at: momentText(at, campaign),
    isOnTime: isOnTime(campaign, submission, own.moved),
    isAgain: own.submission.last !== null,
    filled: states.filter((it) => it === "filled").length,
    zero: states.filter((it) => it === "zero").length,
    notApplicable: notAsked + states.filter((it) => it === "notApplicable").length,
    summaryDue:
      latestDocument(own.documents, "summary") === undefined
        ? dueOf(turn.facts, deadlineFor(campaign, own, "summary"))
        : null,
  };
  return outcome(
    { ...turn.state, rowsListedAt: null, period: null, walkPage: null },
    [
      answer(turn.inbound, { tag: "submitted", data }),
      attach(turn.inbound, { file: "annex2", unitId: own.unit.id, ...keptBy(campaign, own.period), version }),
    ],
    [
      { type: "submissionMoved", unitId: own.unit.id, ...keptBy(campaign, own.period), event },
      { type: "reminderWithdrawn", unitId: own.unit.id, obligation: "statistics", ...keptBy(campaign, own.period) },
    ],
  );
};

/** Questions whose answer can't change a figure. */
const leavesFiguresAlone = new Set(["figures", "date", "restZero", "publish", "document"]);

type Refusal = Extract<ReturnType<typeof decideSubmit>, { ok: false }>["refusal"];

/** `提交` said once more: the next period has begun, but nobody has reported anything in it, nor is it due. */
function submittedBefore({ state, facts }: Turn<"own">): UnitRecord | undefined {
  const { campaign, own, now } = facts;
  const isDue = deadlineFor(campaign, own, "statistics").due <= dayOf(now, campaign);
  if (state.period !== null || isDue || own.submission.last !== null || isStarted(formOfRecord(campaign, own)))
    return undefined;
  return own.others.find((it) => it.period.no === own.period.no - 1 && !owesForm(it));
}

function alreadySubmitted(turn: Turn<"own">, { submission, period }: UnitRecord, next: OnePeriod | null): Outcome {
  const { campaign } = turn.facts;
  const { last } = submission;
  if (last === null) throw new Error("submitted, but without a form");
  const data = { at: momentText(last.submittedAt, campaign), ...(next !== null && { next }) };
  const say = { tag: "alreadySubmitted", data, ...headed(campaign, period) } as const;
  return outcome({ ...turn.state, period: null }, [answer(turn.inbound, say)]);
}

function refuse(turn: Turn<"own">, refusal: Refusal, questions: ReturnType<typeof questionText>[]) {
  const { own } = turn.facts;
  if (refusal.reason === "alreadySubmitted") return alreadySubmitted(turn, own, null);
  const findings = refusal.reason === "blocked" ? refusal.findings : [];
  const isListed = findings.some((it) => it.kind === "unfilled");
  const state = { ...turn.state, ...(isListed ? rowsListed(turn, own) : { rowsListedAt: null }) };
  const data = { findings: findings.map((it) => findingText(it, own)), questions };
  return outcome(state, [answer(turn.inbound, { tag: "submitBlocked", data })]);
}

/** `说明 22 含5月排查、6月整改`: travels with the figure into the annex. */
export const explain: Step<"own"> = (turn) => {
  const [, digits = "", text = ""] = /^第?\s*(\d+)\s*行?[\s:：]*(.*)$/s.exec(turn.words) ?? [];
  const row = ownRow(turn, digits);
  if (row === undefined) return unknownRow(turn, digits);
  if (text === "" || text.length > longestExplanation) {
    const data = { row: row.no, isTooLong: text.length > longestExplanation, max: longestExplanation };
    return outcome(turn.state, [answer(turn.inbound, { tag: "explanationRefused", data })]);
  }
  const { campaign, own } = turn.facts;
  const explained = { ...own, explanations: { ...own.explanations, [row.indicator.id]: text } };
  const form = formOfRecord(campaign, explained);
  const left = blocking(findingsOf(campaign, own.unit, form), form).map((it) => findingText(it, own));
  const event = effectOfChange(own.submission, form, turn.facts.now);
  const data = { row: row.no, name: shortLabel(row), text, left, isReopened: event?.type === "reopened" };
  const changes: Change[] = [
    { type: "explained", unitId: own.unit.id, ...keptBy(campaign, own.period), indicatorId: row.indicator.id, text },
  ];
  if (event !== undefined)
    changes.push({ type: "submissionMoved", unitId: own.unit.id, ...keptBy(campaign, own.period), event });
  return outcome(turn.state, [answer(turn.inbound, { tag: "explained", data })], changes);
};

/** `表格`: the unit's own sheet, as submitted or as it stands. */
export const ownSheet: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const isCurrent = own.submission.status === "submitted" || own.submission.status === "accepted";
  const version = isCurrent ? (own.submission.last?.version ?? null) : null;
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "sheetFollows", data: { isDraft: version === null } }),
    attach(turn.inbound, { file: "annex2", unitId: own.unit.id, ...keptBy(campaign, own.period), version }),
  ]);
};

function findingText(finding: Finding, own: UnitRecord): FindingText {
  const { row } = finding;
  const base = { no: row.no, name: shortLabel(row), explanation: own.explanations[row.indicator.id] ?? null };
  switch (finding.kind) {
    case "unfilled": {
      const isPartial = finding.missing.length < row.indicator.measures.length || rowText(row, own).amounts.length > 0;
      const missing = row.indicator.measures.filter((it) => finding.missing.includes(it.id));
      return { ...base, kind: "unfilled", missing: isPartial ? missing.map((it) => it.label || it.unit) : [] };
    }
    case "atMost": {
      const { other, value, limit } = finding;
      const unit = row.indicator.measures[0]?.unit ?? "";
      return { ...base, kind: "atMost", other: other.no, otherName: shortLabel(other), value, limit, unit };
    }
    case "atLeast":
      return { ...base, kind: "atLeast", value: finding.value, limit: finding.limit, why: finding.why };
    default:
      return finding satisfies never;
  }
}
