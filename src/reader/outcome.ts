/** The shapes of a reading: what goes in, and what comes out. */
import type { Campaign, Indicator } from "../campaign/campaign.ts";
import type { EntryMode } from "../campaign/entry.ts";
import type { Span } from "./span.ts";

/** What a message is read against. */
export interface ReadContext {
  /** All that the own unit is called: where it is named, it is not another of the campaign's units. */
  ownNames?: readonly string[];
  campaign: Campaign;
  /** The unit's fields of work: rows of other fields never match. */
  fields: readonly string[];
  /** The message's own moment. */
  now: Date;
  /** Rows that may be named by number at a clause's start (`1 2场80人`, `3、4无`). */
  rowNumbers?: readonly number[];
  /** The row is known already (an answer, or `修改 12 …`): the text holds only figures. */
  row?: Indicator["id"];
}

/** One report for one row, certain from the words and the form alone. */
export interface ReadEntry {
  indicatorId: string;
  /** By measure id. What was not said is not there, which is not zero. */
  figures: Record<string, number>;
  /** By measure id, what it is said not to be (不是3场是2场): it tells which earlier report is corrected. */
  denied: Record<string, number>;
  mode: EntryMode;
  /** Words said it (又 另, 累计 改为, 不对 更正); false for the default, and for a declared zero. */
  isModeStated: boolean;
  isNotApplicable: boolean;
  /** A zero of what was done that day (检查4座，没发现隐患): it adds nothing, and takes no other day's figures away. */
  isOfDay: boolean;
  /** `YYYY-MM-DD`; of a range the last day. `null`: of the whole period, or still to be asked. */
  date: string | null;
  dateFrom: string | null;
  isDateStated: boolean;
  /** Places in the text as it was written: of all that it was read from, and of each figure that was said, by measure id. */
  span: Span;
  spans: Record<string, Span>;
}

export interface ReadQuestion {
  about: "row" | "field" | "number" | "people" | "sessions" | "date" | "addOrReplace";
  /** The clause it is about, as written; readable again with the answer as `row`. */
  text: string;
  /** Rows it may be (indicator ids); may be empty. */
  options: string[];
  indicatorId: string | null;
  measureId: string | null;
  /** A figure was said, but too roughly to record (大概一百来人). */
  isVague: boolean;
  /** The day that an answer would belong to, as an entry's. */
  date: string | null;
  isDateStated: boolean;
  /** Index of the entry recorded beside it. */
  entry: number | null;
}

export interface ReadRejection {
  reason: "negative" | "fraction" | "tooLarge" | "outsidePeriod" | "future";
  text: string;
  indicatorId: string | null;
}

export interface Reading {
  /** What was read; the spans of entries are places in it. */
  text: string;
  entries: ReadEntry[];
  /** 其余都没有: zero for every row still open. */
  restZero: boolean;
  questions: ReadQuestion[];
  rejections: ReadRejection[];
  intent: "report" | "none";
}

/** Which row is meant: everything else comes with the answer, when the text is read again. */
export function rowQuestion(text: string, options: string[]): ReadQuestion {
  return {
    about: "row",
    text,
    options,
    indicatorId: null,
    measureId: null,
    isVague: false,
    date: null,
    isDateStated: false,
    entry: null,
  };
}
