import type { Campaign, Section } from "../campaign/campaign.ts";
import { openRows } from "../campaign/form.ts";
import { type Row, rowsFor, shortLabel } from "../campaign/row.ts";
import { formOfRecord, inPeriod, type UnitRecord } from "../campaign/unit-record.ts";
import type { Conversation } from "./conversation.ts";
import { answer, type Outcome, outcome, type Step, type Turn } from "./flow.ts";
import { chosen, onePeriod, rowsListed } from "./period.ts";
import { amounts, figuresOf, measureTexts, stateOf } from "./recording.ts";
import type { StateText } from "./words/figures.ts";
import type { OnePeriod } from "./words/period.ts";
import type { PageText } from "./words/walk.ts";

/** The walk: one section a page, only rows that apply to the unit, any number of them answered in one message. */

/** `报送`, `继续`: starts at the first page with open rows, or resumes where it stopped, even days later. */
export const startWalk: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const pages = pagesOf(campaign, own);
  const resumed = turn.state.walkPage !== null;
  const firstOpen = pages.findIndex((_, page) => openOnPage(turn, own, page).length > 0);
  if (pages.length === 0)
    return outcome(turn.state, [answer(turn.inbound, { tag: "walkDone", data: { leftOpen: [] } })]);
  const page = Math.min(turn.state.walkPage ?? Math.max(firstOpen, 0), pages.length - 1);
  const state = { ...turn.state, walkPage: page, ...chosen(turn) };
  return outcome(state, [
    answer(turn.inbound, { tag: "walkPage", data: { page: pageText(turn, own, page), resumed } }),
  ]);
};

export const skipPage: Step<"own"> = (turn) => turnPage(turn, 1);
export const previousPage: Step<"own"> = (turn) => turnPage(turn, -1);

function turnPage(turn: Turn<"own">, by: 1 | -1): Outcome {
  const { campaign, own } = turn.facts;
  if (turn.state.walkPage === null) return startWalk(turn);
  const page = Math.max(turn.state.walkPage + by, 0);
  if (page >= pagesOf(campaign, own).length) {
    const leftOpen = openRowsOf(campaign, own).map((it) => it.no);
    const state = { ...turn.state, walkPage: null, ...rowsListed(turn, own) };
    return outcome(state, [answer(turn.inbound, { tag: "walkDone", data: { leftOpen } })]);
  }
  const data = { page: pageText(turn, own, page), resumed: false };
  return outcome({ ...turn.state, walkPage: page }, [answer(turn.inbound, { tag: "walkPage", data })]);
}

/** What the walk shows after an answer: the same page while it has open rows, then the next; `null`s outside the walk. */
export function pageAfter(
  turn: Turn<"own">,
  after: UnitRecord,
  isAnswered: boolean,
): { state: Conversation; page: PageText | null; leftOpen: number[] | null; period: OnePeriod } {
  const { campaign } = turn.facts;
  const current = turn.state.walkPage;
  const record = atWalk(turn.state, after);
  const period = onePeriod(record.period);
  if (current === null || !isAnswered) return { state: turn.state, page: null, leftOpen: null, period };
  const pages = pagesOf(campaign, record);
  const isOpen = (_: unknown, page: number) => openOnPage(turn, record, page).length > 0;
  const next =
    openOnPage(turn, record, current).length > 0
      ? current
      : pages.findIndex((it, page) => page > current && isOpen(it, page));
  if (next === -1) {
    const leftOpen = openRowsOf(campaign, record).map((it) => it.no);
    return {
      state: { ...turn.state, walkPage: null, ...rowsListed(turn, record) },
      page: null,
      leftOpen,
      period,
    };
  }
  return { state: { ...turn.state, walkPage: next }, page: pageText(turn, record, next), leftOpen: null, period };
}

/** The period that is being walked through; what was recorded meanwhile may be of another one. */
function atWalk({ period }: Conversation, record: UnitRecord): UnitRecord {
  return period !== null && record.others.some((it) => it.period.key === period) ? inPeriod(record, period) : record;
}

/** The turn is about the form that is being walked through. */
export function isWalked({ state, facts }: Turn<"own">): boolean {
  return state.walkPage !== null && (state.period === null || state.period === facts.own.period.key);
}

/** Sections with rows that apply to the unit, in form order. */
function pagesOf(campaign: Campaign, record: UnitRecord): { section: Section; rows: Row[] }[] {
  const rows = rowsFor(campaign, record.unit);
  return campaign.form.sections
    .map((section) => ({ section, rows: rows.filter((it) => it.section.id === section.id) }))
    .filter((it) => it.rows.length > 0);
}

export function pageRows(turn: Turn<"own">, page: number): Row[] {
  return pagesOf(turn.facts.campaign, turn.facts.own)[page]?.rows ?? [];
}

export function openRowsOf(campaign: Campaign, record: UnitRecord): Row[] {
  return openRows(campaign, record.unit, formOfRecord(campaign, record));
}

function openOnPage(turn: Turn<"own">, record: UnitRecord, page: number): Row[] {
  const open = new Set(openRowsOf(turn.facts.campaign, record).map((it) => it.no));
  return pageRows(turn, page).filter((it) => open.has(it.no));
}

function pageText(turn: Turn<"own">, record: UnitRecord, page: number): PageText {
  const pages = pagesOf(turn.facts.campaign, record);
  const { section, rows } = pages[page] ?? { section: { title: "" }, rows: [] };
  return {
    index: page,
    total: pages.length,
    title: section.short ?? section.title,
    rows: rows.map((row) => ({
      no: row.no,
      name: shortLabel(row),
      measures: measureTexts(row),
      state: rowText(row, record),
    })),
  };
}

export function rowText(row: Row, record: UnitRecord): StateText {
  const state = stateOf(row, record);
  return { kind: state.kind, amounts: amounts(row, figuresOf(state)) };
}
