import { z } from "zod";

/**
 * What one person's chat with the bot remembers between messages: explicit, versioned data (design §3). The walk's page
 * and the open questions stand side by side, so an interruption never loses either.
 */
const draftSchema = z.strictObject({
  unitId: z.string().nullable(),
  name: z.string().nullable(),
  post: z.string().nullable(),
  phone: z.string().nullable(),
  /** A local number that still lacks its area code. */
  localPhone: z.string().nullable(),
});

const draftedEntrySchema = z.strictObject({
  indicatorId: z.string(),
  figures: z.record(z.string(), z.number()),
  isNotApplicable: z.boolean(),
  date: z.string().nullable(),
  dateFrom: z.string().nullable(),
});

const questionSchema = z.discriminatedUnion("about", [
  /** Which row is meant: the words are read again with the row known. */
  z.strictObject({ about: z.literal("row"), text: z.string(), at: z.iso.datetime(), options: z.array(z.string()) }),
  /** A number that is missing beside an entry, or was too vague to record. */
  z.strictObject({
    about: z.literal("count"),
    text: z.string(),
    indicatorId: z.string(),
    measureId: z.string(),
    entryNo: z.number().nullable(),
    date: z.string().nullable(),
  }),
  z.strictObject({ about: z.literal("date"), text: z.string(), indicatorId: z.string(), entryNo: z.number() }),
  /** `修改 4` without figures: the next message that is only figures is for this row. */
  z.strictObject({ about: z.literal("figures"), indicatorId: z.string() }),
  /** A row of the walk that has figures already: add to them, or replace them? */
  z.strictObject({ about: z.literal("addOrSet"), entries: z.array(draftedEntrySchema) }),
  /** Same row, day and figures as an entry already there. */
  z.strictObject({ about: z.literal("again"), entries: z.array(draftedEntrySchema) }),
  /** The message names another unit: is the event the own unit's? `corrected`: rows that it was to correct. */
  z.strictObject({
    about: z.literal("own"),
    entries: z.array(draftedEntrySchema),
    unit: z.string(),
    corrected: z.array(z.string()).default([]),
  }),
  /** A correction of a row that has no report to correct. */
  z.strictObject({ about: z.literal("nothingToFix"), entries: z.array(draftedEntrySchema) }),
  z.strictObject({ about: z.literal("restZero"), indicatorIds: z.array(z.string()) }),
  z.strictObject({ about: z.literal("publish") }),
  /** `催报` of one unit, or of all. */
  z.strictObject({ about: z.literal("remind"), unitId: z.string().nullable() }),
  z.strictObject({ about: z.literal("document"), fileNo: z.number(), fileName: z.string() }),
]);

const askedSchema = z.strictObject({
  no: z.number(),
  question: questionSchema,
  /** Key of the reporting period it is about, where there are several. */
  period: z.string().optional(),
  /** What became of it; `null` while open. */
  outcome: z.enum(["answered", "left", "cancelled", "replaced"]).nullable(),
});

const conversationSchema = z.strictObject({
  version: z.literal(1),
  /** The unit that its questions and its walk are about. */
  unitId: z.string().nullable(),
  nominating: draftSchema.nullable(),
  /** Key of the reporting period that the person chose to work on; `null`: whichever is at hand. */
  period: z.string().nullable().default(null),
  /** The day on which it was chosen; see `forDay`. */
  periodOn: z.iso.date().nullable().default(null),
  /** Page of the walk, from 0; `null` outside it. */
  walkPage: z.number().int().min(0).nullable(),
  /** Said `总结`: the next file is the summary report. */
  awaitsSummary: z.boolean(),
  /** When the open rows were last listed (by a refused `提交`, or at the walk's end); see `hasJustListed`. */
  rowsListedAt: z.iso.datetime().nullable(),
  /** Key of the reporting period whose rows they were, where there are several. */
  rowsListedIn: z.string().nullable().default(null),
  asked: z.array(askedSchema),
});

export type Conversation = z.infer<typeof conversationSchema>;
export type NominationDraft = z.infer<typeof draftSchema>;
export type DraftedEntry = z.infer<typeof draftedEntrySchema>;
export type Question = z.infer<typeof questionSchema>;
export type QuestionOutcome = NonNullable<Asked["outcome"]>;
export type Asked = z.infer<typeof askedSchema>;

const rememberedQuestions = 30;

export function newConversation(): Conversation {
  return {
    version: 1,
    unitId: null,
    nominating: null,
    period: null,
    periodOn: null,
    walkPage: null,
    awaitsSummary: false,
    rowsListedAt: null,
    rowsListedIn: null,
    asked: [],
  };
}

/** Who begins to speak for a unit, or for another one, has no open question and no page of it yet. */
export function forUnit(state: Conversation, unitId: string | null): Conversation {
  if (state.unitId === unitId) return state;
  return { ...newConversation(), unitId, nominating: state.nominating };
}

/**
 * A period that was chosen on an earlier day and is over by now is chosen no more, nor is its form walked through: what is
 * said without a date today is of today.
 */
export function forDay(state: Conversation, today: string): Conversation {
  const end = state.period?.split("/")[1] ?? today;
  return state.periodOn === today || end >= today ? state : { ...state, period: null, periodOn: null, walkPage: null };
}

const listIsFreshMs = 2 * 60 * 60_000;

/**
 * The open rows were listed a short while ago: what comes now answers that list, so rows may be named by number, an undated
 * figure is the row's total, and `其余无` needs no second look. `period` is what is worked on: another one's list is no help.
 */
export function hasJustListed({ rowsListedAt, rowsListedIn }: Conversation, now: Date, period: string): boolean {
  const isOfPeriod = rowsListedIn === null || rowsListedIn === period;
  return rowsListedAt !== null && isOfPeriod && now.getTime() - Date.parse(rowsListedAt) < listIsFreshMs;
}

/** Stored text → state; an unknown version starts afresh, and `isFresh` lets the bot say so. */
export function loadConversation(stored: string | null): { state: Conversation; isFresh: boolean } {
  if (stored === null) return { state: newConversation(), isFresh: false };
  const parsed = conversationSchema.safeParse(JSON.parse(stored));
  return parsed.success ? { state: parsed.data, isFresh: false } : { state: newConversation(), isFresh: true };
}

export function openQuestions(state: Conversation): Asked[] {
  return state.asked.filter((it) => it.outcome === null);
}

/** Adds a question under its short number, with the key of the period that it is about; the oldest are forgotten. */
export function ask(
  state: Conversation,
  no: number,
  { period, ...question }: Question & { period?: string },
): Conversation {
  const asked: Asked = { no, question, ...(period !== undefined && { period }), outcome: null };
  return { ...state, asked: [...state.asked, asked].slice(-rememberedQuestions) };
}

export function settle(state: Conversation, no: number, outcome: QuestionOutcome): Conversation {
  return { ...state, asked: state.asked.map((it) => (it.no === no ? { ...it, outcome } : it)) };
}

/** Closes whatever is open, as a command or a new question does that makes the old one pointless. */
export function settleAll(
  state: Conversation,
  outcome: QuestionOutcome,
  which: (question: Question, asked: Asked) => boolean = () => true,
): Conversation {
  const asked = state.asked.map((it) => (it.outcome === null && which(it.question, it) ? { ...it, outcome } : it));
  return { ...state, asked };
}
