import type { Campaign } from "../campaign/campaign.ts";
import { isRecurring } from "../campaign/period.ts";
import { rowsFor, shortLabel } from "../campaign/row.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { Asked, DraftedEntry, Question } from "./conversation.ts";
import type { Turn } from "./flow.ts";
import { headed, onePeriod, periodOfQuestion, turnIn } from "./period.ts";
import { amounts, figuresOf, measureTexts, stateOf } from "./recording.ts";
import type { QuestionText } from "./words/questions.ts";
import type { Say } from "./words/words.ts";

type AskedOf = Pick<Asked, "no" | "question" | "period">;

/**
 * Questions with what their words need, each seen in its own period; those of another than `heading`, which the answer
 * is about, say which.
 */
export function questionTexts(turn: Turn<"own">, asked: readonly AskedOf[], heading?: string): QuestionText[] {
  const { campaign, own } = turn.facts;
  return asked.map((it) => {
    const key = periodOfQuestion(own, it);
    const seen = turnIn(turn, key).facts.own;
    const isNamed = isRecurring(campaign) && key !== heading && isOfForm(it.question);
    return { ...questionText({ campaign, own: seen }, it), ...(isNamed && { period: onePeriod(seen.period) }) };
  });
}

function isOfForm({ about }: Question): boolean {
  return about !== "document" && about !== "publish";
}

/** Asks again what is open. */
export function whichQuestion(turn: Turn<"own">, asked: readonly AskedOf[]): Say {
  const { campaign, own } = turn.facts;
  const [key, ...others] = new Set(asked.map((it) => periodOfQuestion(own, it)));
  const shared = others.length === 0 ? key : undefined;
  const data = { questions: questionTexts(turn, asked, shared) };
  return {
    tag: "whichQuestion",
    data,
    ...(shared !== undefined && headed(campaign, turnIn(turn, shared).facts.own.period)),
  };
}

/** A question with what its words need: labels instead of ids, figures with their units. */
export function questionText(
  { campaign, own }: { campaign: Campaign; own: UnitRecord | null },
  { no, question }: { no: number; question: Question },
): QuestionText {
  const rows = own === null ? [] : rowsFor(campaign, own.unit);
  const rowById = (id: string) => {
    const row = rows.find((it) => it.indicator.id === id);
    if (row === undefined) throw new Error(`a question about ${id}, which is not the unit's`);
    return row;
  };
  const drafted = (entry: DraftedEntry) => {
    const row = rowById(entry.indicatorId);
    return { no: row.no, name: shortLabel(row), date: entry.date, said: amounts(row, entry.figures) };
  };
  switch (question.about) {
    case "row":
      return { no, about: "row", text: question.text, options: question.options.map((it) => shortLabel(rowById(it))) };
    case "count": {
      const row = rowById(question.indicatorId);
      const unit = row.indicator.measures.find((it) => it.id === question.measureId)?.unit ?? "";
      const isVague = question.text !== "";
      return { no, about: "count", row: shortLabel(row), unit, text: question.text, isVague };
    }
    case "date":
      return { no, about: "date", text: question.text };
    case "figures": {
      const row = rowById(question.indicatorId);
      return { no, about: "figures", row: row.no, name: shortLabel(row), measures: measureTexts(row) };
    }
    case "addOrSet": {
      const before = (id: string) => (own === null ? [] : amounts(rowById(id), figuresOf(stateOf(rowById(id), own))));
      const entries = question.entries.map((it) => ({ ...drafted(it), before: before(it.indicatorId) }));
      return { no, about: "addOrSet", rows: entries };
    }
    case "again":
      return { no, about: "again", rows: question.entries.map(drafted) };
    case "own":
      return { no, about: "own", unit: question.unit, rows: question.entries.map(drafted) };
    case "nothingToFix":
      return { no, about: "nothingToFix", rows: question.entries.map(drafted) };
    case "restZero": {
      const open = question.indicatorIds.map(rowById).map((row) => ({ no: row.no, name: shortLabel(row) }));
      return { no, about: "restZero", rows: open };
    }
    case "publish":
      return { no, about: "publish" };
    case "remind":
      return { no, about: "remind", unit: campaign.units.find((it) => it.id === question.unitId)?.name ?? null };
    case "document":
      return { no, about: "document", fileName: question.fileName };
    default:
      return question satisfies never;
  }
}
