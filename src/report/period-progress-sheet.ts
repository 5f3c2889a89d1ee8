import type { Workbook, Worksheet } from "exceljs";
import type { Campaign } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { ReportingPeriod } from "../campaign/period.ts";
import type { UnitProgress } from "../campaign/progress.ts";
import { looks, writeFigure, writeLine, writeText } from "./cells.ts";
import { heightOf } from "./heights.ts";
import { setPaper } from "./page.ts";
import { momentText, periodName, stampText, statisticsWords, timelinessWord } from "./words.ts";

/** How far all units are with the form of one period, in the campaign file's order. */
export interface PeriodProgress {
  period: ReportingPeriod;
  progress: readonly UnitProgress[];
}

/** 进度 where the form is owed again and again: a line per unit, a block of columns per period. */
const leading = [
  { head: "序号", width: 6 },
  { head: "单位", width: 34 },
  { head: "联络员推荐", width: 12 },
  { head: "活动总结", width: 11 },
] as const;
const block = [
  { head: "统计表", width: 15 },
  { head: "按时/逾期", width: 11 },
  { head: "提交时间", width: 18 },
  { head: "差几行", width: 9 },
] as const;
const headRow = 3;
const firstRow = headRow + 2;

interface Sheet {
  campaign: Campaign;
  table: Consolidated;
  periods: readonly PeriodProgress[];
}

export function writePeriodProgress(workbook: Workbook, { campaign, table, periods }: Sheet): void {
  const sheet = workbook.addWorksheet("进度");
  const columns = [...leading, ...periods.flatMap(() => block)];
  sheet.columns = columns.map(({ width }) => ({ width }));
  const line = { width: columns.reduce((sum, it) => sum + it.width, 0), columns: columns.length };
  writeLine(sheet, { row: 1, text: `${campaign.title}报送进度`, look: looks.title, ...line });
  const asOf = momentText(new Date(table.asOf), campaign);
  writeLine(sheet, { row: 2, text: `截至 ${asOf}；已开始的 ${periods.length} 期`, look: looks.line, ...line });
  writeHeads(sheet, periods);
  const [first] = periods;
  first?.progress.forEach((unit, u) => {
    writeUnit(sheet, firstRow + u, { no: u + 1, unit });
    periods.forEach(({ progress }, p) => {
      const own = progress[u];
      if (own !== undefined) writeBlock(sheet, { row: firstRow + u, column: columnOf(p) }, { own, campaign });
    });
  });
  setPaper(sheet, { orientation: "landscape", repeatedRows: `${headRow}:${headRow + 1}`, repeatedColumns: "A:B" });
  sheet.views = [{ state: "frozen", xSplit: 2, ySplit: headRow + 1 }];
}

function columnOf(period: number): number {
  return leading.length + 1 + period * block.length;
}

function writeHeads(sheet: Worksheet, periods: readonly PeriodProgress[]): void {
  leading.forEach(({ head }, c) => {
    writeText(sheet.getCell(headRow, c + 1), head, looks.head);
    writeText(sheet.getCell(headRow + 1, c + 1), "", looks.head);
    sheet.mergeCells(headRow, c + 1, headRow + 1, c + 1);
  });
  periods.forEach(({ period }, p) => {
    const column = columnOf(p);
    block.forEach(({ head }, c) => {
      writeText(sheet.getCell(headRow, column + c), c === 0 ? periodName(period) : "", looks.head);
      writeText(sheet.getCell(headRow + 1, column + c), head, looks.head);
    });
    sheet.mergeCells(headRow, column, headRow, column + block.length - 1);
  });
  sheet.getRow(headRow).height = 24;
  sheet.getRow(headRow + 1).height = 24;
}

function writeUnit(sheet: Worksheet, row: number, { no, unit: it }: { no: number; unit: UnitProgress }): void {
  writeFigure(sheet.getCell(row, 1), no, { look: looks.center, format: "0" });
  writeText(sheet.getCell(row, 2), it.unit.name, looks.label);
  writeText(sheet.getCell(row, 3), timelinessWord(it.nomination, "未推荐"), looks.center);
  writeText(sheet.getCell(row, 4), timelinessWord(it.summary, "未交"), looks.center);
  const height = heightOf(it.unit.name, { width: leading[1].width, size: looks.label.font.size });
  sheet.getRow(row).height = Math.max(20, height);
}

function writeBlock(
  sheet: Worksheet,
  { row, column }: { row: number; column: number },
  { own, campaign }: { own: UnitProgress; campaign: Campaign },
): void {
  const { state, timeliness, submittedAt, openRows } = own.statistics;
  const texts = [
    statisticsWords[state],
    timelinessWord(timeliness, "未报"),
    submittedAt === null ? "" : stampText(submittedAt, campaign),
  ];
  texts.forEach((text, c) => {
    writeText(sheet.getCell(row, column + c), text, looks.center);
  });
  writeFigure(sheet.getCell(row, column + texts.length), openRows.length, { look: looks.center, format: "0" });
}
