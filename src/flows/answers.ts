import type { Campaign } from "../campaign/campaign.ts";
import { isRecurring, periodOn, reportingPeriods } from "../campaign/period.ts";
import { rowsOf, shortLabel } from "../campaign/row.ts";
import { readCount } from "../reader/count.ts";
import { readDate } from "../reader/date.ts";
import { read } from "../reader/reading.ts";
import { rowsCalled } from "../reader/suggestions.ts";
import { type Asked, type Conversation, openQuestions, type Question, settle } from "./conversation.ts";
import { nameDocument } from "./documents.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { headed, periodOfQuestion, recordOfEntry, turnIn } from "./period.ts";
import { whichQuestion as whichOf } from "./question-text.ts";
import type { Draft } from "./recording.ts";
import { readContext, report, respondToReading } from "./report.ts";
import { respond, rowById } from "./respond.ts";
import { choicesOf, isChoice } from "./words/choices.ts";

/**
 * Open questions and their answers. A button sends `5 累加`; typed without the number, a word means the one open question
 * that it can answer, and where there are several the person is asked which (design §5.3).
 */

/** What a text is, as an answer to something asked: which question, and what it says. */
export interface AnswerTo {
  no: number;
  said: string;
}

/** `5 累加`, `5 专题学习`: an answer that names its question, however old. */
export function numberedAnswer(text: string, state: Conversation, campaign: Campaign): AnswerTo | null {
  const [, digits, said] = /^(\d{1,6})\s+(\S.*)$/.exec(text) ?? [];
  if (digits === undefined || said === undefined) return null;
  const no = Number(digits);
  if (isChoice(said)) return { no, said };
  const asked = state.asked.find((it) => it.no === no);
  if (asked === undefined) return null;
  const { question, outcome } = asked;
  if (question.about === "row" && optionNamed(said, question.options, campaign) !== undefined) return { no, said };
  // `8 确认` names question 8; only `8 人` may be the number that it asks for.
  return question.about === "count" && outcome === null && !countsSomething.test(said) ? { no, said } : null;
}

const countsSomething = /[人名位场次个座处幢栋户条项件家]/;

export interface AnswerContext {
  campaign: Campaign;
  now: Date;
}

/** What a word, a number, a date or a label typed alone could be an answer to. */
export function bareAnswers(text: string, state: Conversation, context: AnswerContext): AnswerTo[] {
  return openQuestions(state)
    .filter(({ question }) => takes(question, text, context))
    .map(({ no }) => ({ no, said: text }));
}

function takes(question: Question, text: string, context: AnswerContext): boolean {
  const isChosen = choicesOf(question.about).includes(text);
  switch (question.about) {
    case "row":
      return optionNamed(text, question.options, context.campaign) !== undefined;
    case "count":
      return isChosen || readCount(text, measureAsked(question, context.campaign)).kind !== "none";
    case "date":
      return readDate(text, context).kind !== "none";
    default:
      return isChosen;
  }
}

function measureAsked({ indicatorId, measureId }: Extract<Question, { about: "count" }>, campaign: Campaign) {
  const row = rowsOf(campaign).find((it) => it.indicator.id === indicatorId);
  return row?.indicator.measures.find((it) => it.id === measureId);
}

/** By its button, or by any name that only one of them has. */
function optionNamed(label: string, options: readonly string[], campaign: Campaign): string | undefined {
  const rows = rowsOf(campaign).filter((it) => options.includes(it.indicator.id));
  const named = rows.find((it) => shortLabel(it) === label)?.indicator.id;
  if (named !== undefined) return named;
  const [called, another] = rowsCalled(label, campaign).filter((it) => options.includes(it));
  return another === undefined ? called : undefined;
}

export const answerQuestion: Step<"own"> = (turn) => {
  const { no, said } = parseAnswer(turn);
  const asked = turn.state.asked.find((it) => it.no === no);
  if (asked === undefined || asked.outcome !== null) {
    const data = { no, outcome: asked?.outcome ?? null };
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionClosed", data })]);
  }
  // A word that answers some other question: what was asked is said again.
  if (!takes(asked.question, said, contextOf(turn))) return askAgain(turn, [asked]);
  const then = turnIn(turn, periodOfQuestion(turn.facts.own, asked));
  return take({ ...then, state: settle(turn.state, no, "answered") }, asked.question, said);
};

/** Several open questions could be meant. */
export const whichQuestion: Step<"own"> = (turn) => {
  const open = bareAnswers(turn.words, turn.state, contextOf(turn)).flatMap(
    (it) => turn.state.asked.find((asked) => asked.no === it.no) ?? [],
  );
  return askAgain(turn, open);
};

function askAgain(turn: Turn<"own">, open: readonly Asked[]): Outcome {
  return outcome(turn.state, [answer(turn.inbound, whichOf(turn, open))]);
}

function contextOf(turn: Turn<"own">): AnswerContext {
  return { campaign: turn.facts.campaign, now: turn.inbound.at };
}

function parseAnswer(turn: Turn<"own">): AnswerTo {
  const context = contextOf(turn);
  const found =
    numberedAnswer(turn.words, turn.state, context.campaign) ?? bareAnswers(turn.words, turn.state, context)[0];
  if (found === undefined) throw new Error("routed as an answer, but answers nothing");
  return found;
}

function take(turn: Turn<"own">, question: Question, said: string): Outcome {
  switch (question.about) {
    case "row": {
      const chosen = optionNamed(said, question.options, turn.facts.campaign);
      const at = new Date(question.at);
      // Words without a day are of the day they were said on.
      const then = isRecurring(turn.facts.campaign) ? { ...turn, inbound: { ...turn.inbound, at } } : turn;
      return respondToReading(then, read(question.text, { ...readContext(turn, chosen), now: at }));
    }
    case "count":
      return takeCount(turn, question, said);
    case "date":
      return takeDay(turn, question, said);
    case "addOrSet":
    case "nothingToFix": {
      const mode = said === "改为" ? "set" : "add";
      return respond(turn, { drafts: question.entries.map((it): Draft => ({ ...it, mode })) });
    }
    case "own":
      if (said === "不是") return outcome(turn.state, [answer(turn.inbound, { tag: "notOwn", data: {} })]);
      return takeOwn(turn, question);
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

/** What was to correct something is no event of its own: the row's total is asked. */
function takeOwn(turn: Turn<"own">, { entries, corrected }: Extract<Question, { about: "own" }>): Outcome {
  const events = entries.filter((it) => !corrected.includes(it.indicatorId));
  return respond(turn, {
    drafts: events.map((it): Draft => ({ ...it, mode: "add" })),
    questions: corrected.map((indicatorId) => ({ about: "figures", indicatorId })),
  });
}

/** A number for the measure that was asked: it completes the entry recorded before, or makes one. */
function takeCount(turn: Turn<"own">, question: Extract<Question, { about: "count" }>, said: string): Outcome {
  const row = rowById(turn, question.indicatorId);
  const measure = row?.indicator.measures.find((it) => it.id === question.measureId);
  if (row === undefined || measure === undefined) throw new Error("a question about a row that is not the unit's");
  const name = shortLabel(row);
  if (said === "暂不清楚")
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionLeft", data: { row: name } })]);
  const reading = readCount(said, measure);
  const problem = reading.kind === "count" ? (reading.value > measure.max ? "tooLarge" : null) : reading.kind;
  if (reading.kind !== "count" || problem !== null) {
    const reopened = reopen(turn.state, question);
    return outcome(reopened, [
      answer(turn.inbound, {
        tag: "needsCount",
        data: { text: said, row: name, problem: problem ?? "none" },
        ...headed(turn.facts.campaign, turn.facts.own.period),
      }),
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

/** The day of an event that was recorded without one. */
function takeDay(turn: Turn<"own">, question: Extract<Question, { about: "date" }>, said: string): Outcome {
  const { indicatorId, entryNo } = question;
  const row = rowById(turn, indicatorId);
  const reading = readDate(said, contextOf(turn));
  if (reading.kind !== "date") {
    const { start, end } = turn.facts.campaign.period;
    const problem = reading.kind === "none" ? "vague" : reading.kind;
    const data = { text: said, problem, periodStart: start, periodEnd: end, undo: entryNo };
    return outcome(reopen(turn.state, question), [answer(turn.inbound, { tag: "needsDay", data })]);
  }
  if (row === undefined || !isLive(turn, entryNo)) {
    return outcome(turn.state, [answer(turn.inbound, { tag: "questionClosed", data: { no: null, outcome: null } })]);
  }
  const { date, dateFrom } = reading;
  const entry = { indicatorId, figures: {}, isNotApplicable: false, date, dateFrom };
  const period = periodOn(reportingPeriods(turn.facts.campaign), date).key;
  return respond(turn, { drafts: [{ ...entry, mode: "fix", fixes: entryNo, period }] });
}

function isLive(turn: Turn<"own">, no: number): boolean {
  return recordOfEntry(turn.facts.own, no).entries.some((it) => it.no === no && it.withdrawnAt === null);
}

function reopen(state: Conversation, question: Question): Conversation {
  return { ...state, asked: state.asked.map((it) => (it.question === question ? { ...it, outcome: null } : it)) };
}

/** Only figures, while `修改 4` waits for them. */
export const figuresForRow: Step<"own"> = (given) => {
  const waiting = openQuestions(given.state).findLast((it) => it.question.about === "figures");
  if (waiting?.question.about !== "figures") return report(given);
  const turn = turnIn(given, periodOfQuestion(given.facts.own, waiting));
  const named = read(turn.words, readContext(turn));
  const forRow = read(turn.words, readContext(turn, waiting.question.indicatorId));
  // What asks for another row (zhuanti xuexi 1 chang) is no answer for this one
  const isOfOther = named.questions.some((it) => it.about === "row" && it.options.length > 0);
  if (named.entries.length > 0 || isOfOther || forRow.entries.length === 0) return report(given);
  return respondToReading({ ...turn, state: settle(turn.state, waiting.no, "answered") }, forRow, { forced: "set" });
};
