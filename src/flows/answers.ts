import { shortLabel } from "../campaign/row.ts";
import { readCount } from "../reader/count.ts";
import { read } from "../reader/reading.ts";
import { type Conversation, openQuestions, type Question, settle } from "./conversation.ts";
import { nameDocument } from "./documents.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { questionText } from "./question-text.ts";
import type { Draft } from "./recording.ts";
import { readContext, report, respondToReading } from "./report.ts";
import { labelOf, respond, rowById } from "./respond.ts";

/**
 * Open questions and their answers. A button sends `5 累加`; typed without the number, a word means the one open question
 * that it can answer, and where there are several the person is asked which (design §5.3).
 */

/** The words that answer a question without more. */
const choiceWords = {
  累加: ["addOrSet", "nothingToFix"],
  改为: ["addOrSet"],
  又一场: ["again"],
  重复: ["again"],
  暂不清楚: ["count"],
  盖章件: ["document"],
  总结: ["document"],
} as const satisfies Record<string, readonly Question["about"][]>;
type Choice = keyof typeof choiceWords;

/** What a text is, as an answer to something asked: which question, and what it says. */
export interface AnswerTo {
  no: number;
  said: string;
}

/** `5 累加`, `5 专题学习`: an answer that names its question, however old. */
export function numberedAnswer(text: string, state: Conversation, labels: (id: string) => string): AnswerTo | null {
  const [, digits, said] = /^(\d{1,6})\s+(\S.*)$/.exec(text) ?? [];
  if (digits === undefined || said === undefined) return null;
  const no = Number(digits);
  if (said in choiceWords) return { no, said };
  const asked = state.asked.find((it) => it.no === no)?.question;
  return asked?.about === "row" && asked.options.some((it) => labels(it) === said) ? { no, said } : null;
}

/** A word, a number, a date or a label typed alone, where something open can take it. */
export function bareAnswer(text: string, state: Conversation, labels: (id: string) => string): AnswerTo[] {
  return openQuestions(state)
    .filter(({ question }) => takes(question, text, labels))
    .map(({ no }) => ({ no, said: text }));
}

function takes(question: Question, text: string, labels: (id: string) => string): boolean {
  const words: readonly string[] = text in choiceWords ? choiceWords[text as Choice] : [];
  switch (question.about) {
    case "row":
      return question.options.some((it) => labels(it) === text);
    case "count":
      return words.includes("count") || readCount(text).kind !== "none";
    case "date":
      return readsAsDay(text);
    case "figures":
      return false;
    default:
      return words.includes(question.about);
  }
}

const readsAsDay = (text: string) =>
  /^[\d一二三四五六七八九十廿]{1,3}\s*[日号月./]|^(大?前天|昨天|今天|上?周)/.test(text) && text.length <= 12;

export const answerQuestion: Step<"own"> = (turn) => {
  const { no, said } = parseAnswer(turn);
  const asked = turn.state.asked.find((it) => it.no === no);
  if (asked === undefined || asked.outcome !== null) {
    const data = { no, outcome: asked?.outcome ?? null };
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionClosed", data })]);
  }
  return take({ ...turn, state: settle(turn.state, no, "answered") }, asked.question, said);
};

/** Several open questions could be meant. */
export const whichQuestion: Step<"own"> = (turn) => {
  const labels = labelOf(turn);
  const open = bareAnswer(turn.words, turn.state, labels).flatMap(
    (it) => turn.state.asked.find((asked) => asked.no === it.no) ?? [],
  );
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "whichQuestion", data: { questions: open.map((it) => questionText(turn.facts, it)) } }),
  ]);
};

function parseAnswer(turn: Turn<"own">): AnswerTo {
  const labels = labelOf(turn);
  const found = numberedAnswer(turn.words, turn.state, labels) ?? bareAnswer(turn.words, turn.state, labels)[0];
  if (found === undefined) throw new Error("routed as an answer, but answers nothing");
  return found;
}

function take(turn: Turn<"own">, question: Question, said: string): Outcome {
  switch (question.about) {
    case "row": {
      const chosen = question.options.find((it) => labelOf(turn)(it) === said);
      const context = { ...readContext(turn, chosen), now: new Date(question.at) };
      return respondToReading(turn, read(question.text, context));
    }
    case "count":
      return takeCount(turn, question, said);
    case "date": {
      const context = { ...readContext(turn, question.indicatorId ?? undefined), now: new Date(question.at) };
      return respondToReading(turn, read(question.text, { ...context, date: said }));
    }
    case "addOrSet":
    case "nothingToFix": {
      const mode = said === "改为" ? "set" : "add";
      return respond(turn, { drafts: question.entries.map((it): Draft => ({ ...it, mode })) });
    }
    case "again":
      if (said === "又一场")
        return respond(turn, { drafts: question.entries.map((it): Draft => ({ ...it, mode: "add" })) });
      return outcome(turn.state, [answer(turn.inbound, { tag: "againDropped", data: {} })]);
    case "document":
      return nameDocument(turn, question.fileNo, said === "总结" ? "summary" : "stamped");
    default:
      throw new Error(`a question about ${question.about} is not answered by a word`);
  }
}

/** A number for the measure that was asked: it completes the entry recorded before, or makes one. */
function takeCount(turn: Turn<"own">, question: Extract<Question, { about: "count" }>, said: string): Outcome {
  const row = rowById(turn, question.indicatorId);
  const measure = row?.indicator.measures.find((it) => it.id === question.measureId);
  if (row === undefined || measure === undefined) throw new Error("a question about a row that is not the unit's");
  const name = shortLabel(row);
  if (said === "暂不清楚")
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionLeft", data: { row: name } })]);
  const reading = readCount(said);
  const problem = reading.kind === "count" ? (reading.value > measure.max ? "tooLarge" : null) : reading.kind;
  if (reading.kind !== "count" || problem !== null) {
    const reopened = reopen(turn.state, question);
    return outcome(reopened, [
      answer(turn.inbound, { tag: "needsCount", data: { text: said, row: name, problem: problem ?? "none" } }),
    ]);
  }
  const figures = { [measure.id]: reading.value };
  const entry = {
    indicatorId: question.indicatorId,
    figures,
    isNotApplicable: false,
    date: question.date,
    dateFrom: null,
  };
  const { entryNo } = question;
  const completes = entryNo !== null && isLive(turn, entryNo);
  return respond(turn, { drafts: [completes ? { ...entry, mode: "fix", fixes: entryNo } : { ...entry, mode: "add" }] });
}

function isLive(turn: Turn<"own">, no: number): boolean {
  return turn.facts.own.entries.some((it) => it.no === no && it.withdrawnAt === null);
}

function reopen(state: Conversation, question: Question): Conversation {
  return { ...state, asked: state.asked.map((it) => (it.question === question ? { ...it, outcome: null } : it)) };
}

/** Only figures, while `修改 4` waits for them. */
export const figuresForRow: Step<"own"> = (turn) => {
  const waiting = openQuestions(turn.state).findLast((it) => it.question.about === "figures");
  if (waiting?.question.about !== "figures") return report(turn);
  const named = read(turn.words, readContext(turn));
  const forRow = read(turn.words, readContext(turn, waiting.question.indicatorId));
  if (named.entries.length > 0 || forRow.entries.length === 0) return report(turn);
  return respondToReading({ ...turn, state: settle(turn.state, waiting.no, "answered") }, forRow, "set");
};
