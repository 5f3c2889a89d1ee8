import type { Workbook, Worksheet } from "exceljs";
import type { Campaign, Measure } from "../campaign/campaign.ts";
import { type Consolidated, cellOf, totalOf } from "../campaign/consolidated.ts";
import { type Row, rowsOf } from "../campaign/row.ts";
import { formatOf, type Look, looks, writeFigure, writeLine, writeText } from "./cells.ts";
import { columnPx, heightOf } from "./heights.ts";
import { printablePx, setPaper } from "./page.ts";
import { basisLine, blankLegend, consolidatedTitle, measureName, periodSuffix } from "./words.ts";

/** 分单位: a line per figure, a column per unit, the sum beside them. */
const leading = [
  { head: "行号", width: 5 },
  { head: "活动项目", width: 13 },
  { head: "主要内容", width: 34 },
  { head: "领域", width: 14 },
  { head: "指标", width: 21 },
  { head: "合计", width: 10 },
] as const;
const unitWidth = 9.5;
const headRow = 3;
const lowestRow = 16;
/** Below half size a printed sheet is no longer read. */
const smallestScale = 0.55;

const cellLook: Look = { font: { name: "宋体", size: 10 }, align: "center", isBoxed: true };
const labelLook: Look = { ...cellLook, align: "left" };
const totalLook: Look = { ...looks.total, font: { name: "宋体", size: 10, bold: true } };

export function writeUnits(workbook: Workbook, campaign: Campaign, table: Consolidated): void {
  const sheet = workbook.addWorksheet("分单位");
  const widths = [...leading.map((it) => it.width), ...table.units.map(() => unitWidth)];
  sheet.columns = widths.map((width) => ({ width }));
  const width = widths.reduce((sum, it) => sum + it, 0);
  const line = { width, columns: widths.length };
  const title = `${consolidatedTitle(campaign.form.title)}（分单位）${periodSuffix(table.period)}`;
  writeLine(sheet, { row: 1, text: title, look: looks.title, ...line });
  writeLine(sheet, { row: 2, text: `${basisLine(table, campaign)}。${blankLegend}`, look: looks.line, ...line });
  writeHead(sheet, table);
  let next = headRow + 1;
  for (const section of campaign.form.sections) {
    const first = next;
    for (const row of rowsOf(campaign).filter((it) => it.section === section)) next = writeRow(sheet, next, row, table);
    mergeDown(sheet, { column: 2, first, last: next - 1, text: section.title, look: cellLook });
  }
  const pagesWide = Math.ceil((width / sheetCapacity()) * smallestScale);
  setPaper(sheet, {
    orientation: "landscape",
    repeatedRows: `${headRow}:${headRow}`,
    repeatedColumns: "A:F",
    pagesWide,
  });
  sheet.views = [{ state: "frozen", xSplit: leading.length, ySplit: headRow }];
}

function writeHead(sheet: Worksheet, table: Consolidated): void {
  const heads = [...leading.map((it) => it.head), ...table.units.map((it) => it.name)];
  heads.forEach((head, c) => {
    writeText(sheet.getCell(headRow, c + 1), head, looks.head);
  });
  const heights = heads.map((it) => heightOf(it, { width: unitWidth, size: looks.head.font.size }));
  sheet.getRow(headRow).height = Math.max(...heights);
}

function writeRow(sheet: Worksheet, top: number, row: Row, table: Consolidated): number {
  const { measures } = row.indicator;
  measures.forEach((measure, m) => {
    writeMeasure(sheet, top + m, { row, measure, table });
  });
  const last = top + measures.length - 1;
  const merged = { first: top, last };
  mergeDown(sheet, { ...merged, column: 3, text: row.indicator.label, look: labelLook });
  mergeDown(sheet, { ...merged, column: 4, text: row.indicator.field ?? "", look: cellLook });
  if (last > top) sheet.mergeCells(top, 1, last, 1);
  writeFigure(sheet.getCell(top, 1), row.no, { look: cellLook, format: "0" });
  const height = Math.max(
    heightOf(row.indicator.label, { width: leading[2].width, size: 10 }),
    heightOf(row.indicator.field ?? "", { width: leading[3].width, size: 10 }),
  );
  measures.forEach((measure, m) => {
    const own = heightOf(measureName(measure), { width: leading[4].width, size: 10 });
    sheet.getRow(top + m).height = Math.max(lowestRow, own, height / measures.length);
  });
  return last + 1;
}

function writeMeasure(
  sheet: Worksheet,
  at: number,
  { row, measure, table }: { row: Row; measure: Measure; table: Consolidated },
): void {
  const { indicator } = row;
  const format = formatOf(measure, { withUnit: false, grouped: true });
  const name = measureName(measure);
  writeText(sheet.getCell(at, 5), name, cellLook);
  writeFigure(sheet.getCell(at, 6), totalOf(table, indicator, measure), { look: totalLook, format });
  table.units.forEach((unit, u) => {
    const figure = cellOf(unit, indicator, measure);
    writeFigure(sheet.getCell(at, leading.length + 1 + u), figure, { look: cellLook, format });
  });
}

function mergeDown(
  sheet: Worksheet,
  { column, first, last, text, look }: { column: number; first: number; last: number; text: string; look: Look },
): void {
  // All cells first: once merged, they have one value between them.
  for (let at = first; at <= last; at += 1) writeText(sheet.getCell(at, column), at === first ? text : "", look);
  if (last > first) sheet.mergeCells(first, column, last, column);
}

/** Width of one landscape page in Excel's column units. */
function sheetCapacity(): number {
  return printablePx("landscape") / (columnPx(10) / 10);
}
