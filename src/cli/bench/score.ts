/**
 * How far a reading is from its label, line by line. Pure, and used by the bench and by the tests of the corpus, so that
 * both mean the same by a silent misread.
 */
export interface ScoredEntry {
  label: string;
  field: string | null;
  date: string | null;
  dateFrom: string | null;
  /** By unit word, or by label where a row has several of one unit. Empty: declared not applicable. */
  measures: Readonly<Record<string, number>>;
  mode: string;
}

/** The rows that something said is about, and which of their measures; no rows: nobody can tell. */
interface About {
  rows: readonly { label: string; field: string | null }[];
  measure: string | null;
}
export interface Outcome {
  entries: readonly ScoredEntry[];
  restZero: boolean;
  questions: readonly (About & { about: string })[];
  rejections: readonly (About & { reason: string })[];
}

export interface Label {
  entries: readonly ScoredEntry[];
  restZero: boolean;
  /** What each question is about, and the reason of each rejection. */
  questions: readonly string[];
  rejections: readonly string[];
}

/** `row`: a row that the label doesn't have, or a rest declared zero. `number`: its row is there, but not with this figure. */
export type MisreadPart = "row" | "number" | "mode" | "date";
export interface Misread {
  part: MisreadPart;
  label: string;
  measure: string;
  value: number;
}
export interface Score {
  /** Recorded, not in the label, and neither asked nor rejected. */
  silentMisreads: Misread[];
  /** One for each question more of its kind than the label has. */
  needlessQuestions: string[];
  missedQuestions: string[];
  /** The label asks a question. */
  hasQuestions: boolean;
  /** The label records something, and neither asks nor rejects. */
  isClear: boolean;
  isExact: boolean;
}

interface Figure extends Omit<ScoredEntry, "measures"> {
  measure: string;
  value: number;
}

export function score(label: Label, outcome: Outcome): Score {
  const asked = outcome.questions.map((it) => it.about);
  const rejected = outcome.rejections.map((it) => it.reason);
  const needlessQuestions = without(asked, label.questions);
  const missedQuestions = without(label.questions, asked);
  const isSame =
    sameMembers(label.entries.map(textOf), outcome.entries.map(textOf)) && label.restZero === outcome.restZero;
  return {
    silentMisreads: misreads(label, outcome).filter((it) => !isTold(it, outcome)),
    needlessQuestions,
    missedQuestions,
    hasQuestions: label.questions.length > 0,
    isClear: (label.entries.length > 0 || label.restZero) && label.questions.length + label.rejections.length === 0,
    isExact: isSame && sameMembers(label.questions, asked) && sameMembers(label.rejections, rejected),
  };
}

type PlacedMisread = Misread & { field: string | null };

function misreads(label: Label, outcome: Outcome): PlacedMisread[] {
  const expected = label.entries.flatMap(figuresOf);
  const unexpected: Figure[] = [];
  // What is right goes first, so that a wrong figure is not set against one that another has already met
  for (const figure of outcome.entries.flatMap(figuresOf)) {
    const at = expected.findIndex((it) => isSameFigure(it, figure));
    if (at >= 0) expected.splice(at, 1);
    else unexpected.push(figure);
  }
  const known = new Set(label.entries.map(rowOf));
  const wrong = unexpected.map((figure) => {
    const { label, field, measure, value } = figure;
    return { part: partOf(figure, expected, known), label, field, measure, value };
  });
  if (outcome.restZero && !label.restZero) {
    wrong.push({ part: "row", label: "其余", field: null, measure: "", value: 0 });
  }
  return wrong;
}

/** What is wrong with a figure; takes the expected one that it stands for away. */
function partOf(figure: Figure, expected: Figure[], known: ReadonlySet<string>): MisreadPart {
  if (!known.has(rowOf(figure))) return "row";
  const at = expected.findIndex((it) => isOfSameMeasure(it, figure) && it.value === figure.value);
  if (at < 0) return "number";
  const [meant] = expected.splice(at, 1);
  return meant?.mode === figure.mode ? "date" : "mode";
}

const kindsAbout: Record<MisreadPart, readonly string[]> = {
  row: ["row", "field"],
  number: ["number", "people", "sessions", "negative", "fraction", "tooLarge"],
  mode: ["addOrReplace"],
  date: ["date", "outsidePeriod", "future"],
};

/** Somebody was asked, or told no, about this very thing of this very row. */
function isTold({ part, label, field, measure }: PlacedMisread, { questions, rejections }: Outcome): boolean {
  const said = [
    ...questions.map((it) => ({ ...it, kind: it.about })),
    ...rejections.map((it) => ({ ...it, kind: it.reason })),
  ];
  return said.some(
    (it) =>
      kindsAbout[part].includes(it.kind) &&
      it.rows.some((row) => row.label === label && row.field === field) &&
      (part !== "number" || it.measure === null || it.measure === measure),
  );
}

function figuresOf({ measures, ...entry }: ScoredEntry): Figure[] {
  const given = Object.entries(measures);
  if (given.length === 0) return [{ ...entry, measure: "不适用", value: 0 }];
  return given.map(([measure, value]) => ({ ...entry, measure, value }));
}

const rowOf = ({ label, field }: Pick<ScoredEntry, "label" | "field">) => JSON.stringify([label, field]);
const isOfSameMeasure = (a: Figure, b: Figure) => rowOf(a) === rowOf(b) && a.measure === b.measure;

function isSameFigure(a: Figure, b: Figure): boolean {
  const isSameEvent = a.mode === b.mode && a.date === b.date && a.dateFrom === b.dateFrom;
  return isOfSameMeasure(a, b) && a.value === b.value && isSameEvent;
}

function textOf({ label, field, date, dateFrom, measures, mode }: ScoredEntry): string {
  return JSON.stringify([label, field, date, dateFrom, mode, Object.entries(measures).toSorted()]);
}

/** Each of `taken` takes one of `all` away. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const rest = [...all];
  for (const it of taken) {
    const at = rest.indexOf(it);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && without(a, b).length === 0;
}
