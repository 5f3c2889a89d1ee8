import type { Workbook, Worksheet } from "exceljs";
import type { Campaign, Measure } from "../campaign/campaign.ts";
import type { Entry, EntryMode } from "../campaign/entry.ts";
import { isRecurring } from "../campaign/period.ts";
import { type Row, rowsOf, shortLabel } from "../campaign/row.ts";
import { allPeriodsOf, type UnitRecord } from "../campaign/unit-record.ts";
import { formatOf, looks, type SheetFigure, writeFigure, writeLine, writeText } from "./cells.ts";
import { heightOf } from "./heights.ts";
import { setPaper } from "./page.ts";
import { type Standing, standingOf } from "./standing.ts";
import { measureName, periodName, stampText } from "./words.ts";

/** 填报记录: a line per figure of every entry, also of those that no longer count. */
const columns = [
  { head: "编号", width: 7 },
  { head: "状态", width: 10 },
  { head: "单位", width: 24 },
  { head: "行号", width: 6 },
  { head: "主要内容", width: 20 },
  { head: "指标", width: 21 },
  { head: "数值", width: 11 },
  { head: "方式", width: 13 },
  { head: "活动日期", width: 16 },
  { head: "填报人", width: 14 },
  { head: "填报时间", width: 18 },
  { head: "撤销时间", width: 18 },
  { head: "说明", width: 30 },
] as const;
/** Beside them where the form is owed again and again. */
const periodColumn = { head: "报送期", width: 22 } as const;
const headRow = 3;

const standings: Readonly<Record<Standing, string>> = {
  live: "有效",
  superseded: "已被替代",
  withdrawn: "已撤销",
  orphaned: "随原条撤销",
};
const modes: Readonly<Record<EntryMode, string>> = { add: "累加", set: "改为", fix: "更正" };

interface Line {
  entry: Entry;
  row: Row;
  /** `null` where the entry declares the row not applicable. */
  measure: Measure | null;
  record: UnitRecord;
}

export function writeEntries(workbook: Workbook, campaign: Campaign, records: readonly UnitRecord[]): void {
  const sheet = workbook.addWorksheet("填报记录");
  const shown = isRecurring(campaign) ? [...columns, periodColumn] : columns;
  sheet.columns = shown.map(({ width }) => ({ width }));
  const line = { width: shown.reduce((sum, it) => sum + it.width, 0), columns: shown.length };
  writeLine(sheet, { row: 1, text: `${campaign.title}填报记录`, look: looks.title, ...line });
  const legend = "每个数一行；同一编号是一条报送。有效的数相加即为该单位该行的累计。含填报中未提交的。";
  writeLine(sheet, { row: 2, text: legend, look: looks.line, ...line });
  shown.forEach(({ head }, c) => {
    writeText(sheet.getCell(headRow, c + 1), head, looks.head);
  });
  sheet.getRow(headRow).height = 24;
  const names = namesOf(records);
  const lines = linesOf(campaign, records);
  lines.forEach((it, l) => {
    writeEntryLine(sheet, headRow + 1 + l, { line: it, campaign, names });
  });
  sheet.autoFilter = { from: { row: headRow, column: 1 }, to: { row: headRow + lines.length, column: shown.length } };
  setPaper(sheet, { orientation: "landscape", repeatedRows: `${headRow}:${headRow}` });
  sheet.views = [{ state: "frozen", ySplit: headRow }];
}

function linesOf(campaign: Campaign, records: readonly UnitRecord[]): Line[] {
  const rows = new Map(rowsOf(campaign).map((it) => [it.indicator.id, it]));
  const lines = records.flatMap(allPeriodsOf).flatMap((record) =>
    record.entries.flatMap((entry): Line[] => {
      const row = rows.get(entry.indicatorId);
      if (row === undefined) return [];
      if (entry.isNotApplicable) return [{ entry, row, measure: null, record }];
      const measures = row.indicator.measures.filter((it) => entry.figures[it.id] !== undefined);
      return measures.map((measure) => ({ entry, row, measure, record }));
    }),
  );
  return lines.toSorted((a, b) => a.entry.no - b.entry.no);
}

function writeEntryLine(
  sheet: Worksheet,
  at: number,
  { line, campaign, names }: { line: Line; campaign: Campaign; names: ReadonlyMap<string, string> },
): void {
  const { entry, row, measure, record } = line;
  const { indicator } = row;
  const standing = standingOf(entry, measure?.id ?? null, { indicator, entries: record.entries });
  const texts: [column: number, text: string][] = [
    [2, standings[standing]],
    [3, record.unit.name],
    [5, shortLabel(row)],
    [6, measure === null ? "" : measureName(measure)],
    [8, modeText(entry)],
    [9, dateText(entry, campaign)],
    [10, names.get(entry.recordedBy) ?? entry.recordedBy],
    [11, stampText(entry.recordedAt, campaign)],
    [12, entry.withdrawnAt === null ? "" : stampText(entry.withdrawnAt, campaign)],
    [13, record.explanations[indicator.id] ?? ""],
    ...(isRecurring(campaign) ? [[14, periodName(record.period)] as [number, string]] : []),
  ];
  const grey = { font: { name: "仿宋", size: 10, color: { argb: "FF808080" } } };
  const faded = standing === "live" ? {} : grey;
  for (const [column, text] of texts) {
    const look = column === 3 || column === 5 || column === 13 ? looks.label : looks.center;
    writeText(sheet.getCell(at, column), text, { ...look, ...faded });
  }
  const look = { ...looks.center, ...faded };
  const figure: SheetFigure = measure === null ? "notApplicable" : (entry.figures[measure.id] ?? null);
  const format = measure === null ? "0" : formatOf(measure, { withUnit: false, grouped: true });
  writeFigure(sheet.getCell(at, 1), entry.no, { look, format: "0" });
  writeFigure(sheet.getCell(at, 4), row.no, { look, format: "0" });
  writeFigure(sheet.getCell(at, 7), figure, { look, format });
  const heights = texts.map(([column, text]) =>
    heightOf(text, { width: columns[column - 1]?.width ?? periodColumn.width, size: 10 }),
  );
  sheet.getRow(at).height = Math.max(18, ...heights);
}

function modeText(entry: Entry): string {
  if (entry.isNotApplicable) return "不适用";
  return entry.fixes === null ? modes[entry.mode] : `${modes[entry.mode]} ${entry.fixes} 号`;
}

function dateText({ date, dateFrom, fixes }: Entry, campaign: Campaign): string {
  if (date === null) return fixes !== null ? "" : isRecurring(campaign) ? "整期" : "整个活动期";
  return dateFrom === null || dateFrom === date ? date : `${dateFrom}\n至 ${date}`;
}

/** Staff ids to the names that annex 1 knows. */
function namesOf(records: readonly UnitRecord[]): Map<string, string> {
  const nominations = records.flatMap((it) => it.nominations);
  return new Map(nominations.flatMap((it) => (it.staffId === null ? [] : [[it.staffId, it.name] as const])));
}
