import type { Workbook, Worksheet } from "exceljs";
import type { Campaign } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import type { UnitProgress } from "../campaign/progress.ts";
import { rowsFor } from "../campaign/row.ts";
import { looks, writeFigure, writeLine, writeText } from "./cells.ts";
import { heightOf } from "./heights.ts";
import { setPaper } from "./page.ts";
import { momentText, stampText, statisticsWords, timelinessWord } from "./words.ts";

/** 进度: a line per unit, what it has met of its obligations and when. */
const columns = [
  { head: "序号", width: 6 },
  { head: "单位", width: 34 },
  { head: "联络员推荐", width: 12 },
  { head: "统计表", width: 15 },
  { head: "按时/逾期", width: 11 },
  { head: "提交时间", width: 18 },
  { head: "应填行数", width: 10 },
  { head: "差几行", width: 9 },
  { head: "未填行号", width: 30 },
  { head: "活动总结", width: 11 },
] as const;
const headRow = 3;
const totalWidth = columns.reduce((sum, it) => sum + it.width, 0);

export function writeProgress(
  workbook: Workbook,
  { campaign, table, progress }: { campaign: Campaign; table: Consolidated; progress: readonly UnitProgress[] },
): void {
  const sheet = workbook.addWorksheet("进度");
  sheet.columns = columns.map(({ width }) => ({ width }));
  const line = { width: totalWidth, columns: columns.length };
  writeLine(sheet, { row: 1, text: `${campaign.title}报送进度`, look: looks.title, ...line });
  const asOf = momentText(new Date(table.asOf), campaign);
  writeLine(sheet, { row: 2, text: `截至 ${asOf}；${summaryOf(progress)}`, look: looks.line, ...line });
  columns.forEach(({ head }, c) => {
    writeText(sheet.getCell(headRow, c + 1), head, looks.head);
  });
  sheet.getRow(headRow).height = 24;
  progress.forEach((it, u) => {
    writeUnit(sheet, headRow + 1 + u, { no: u + 1, it, campaign });
  });
  setPaper(sheet, { orientation: "landscape", repeatedRows: `${headRow}:${headRow}` });
  sheet.views = [{ state: "frozen", xSplit: 2, ySplit: headRow }];
}

function writeUnit(
  sheet: Worksheet,
  row: number,
  { no, it, campaign }: { no: number; it: UnitProgress; campaign: Campaign },
): void {
  const { unit, nomination, statistics, summary } = it;
  const { submittedAt, openRows } = statistics;
  const number = { look: looks.center, format: "0" };
  const words: [column: number, text: string][] = [
    [3, timelinessWord(nomination, "未推荐")],
    [4, statisticsWords[statistics.state]],
    [5, timelinessWord(statistics.timeliness, "未报")],
    [6, submittedAt === null ? "" : stampText(submittedAt, campaign)],
    [10, timelinessWord(summary, "未交")],
  ];
  for (const [column, text] of words) writeText(sheet.getCell(row, column), text, looks.center);
  writeFigure(sheet.getCell(row, 1), no, number);
  writeText(sheet.getCell(row, 2), unit.name, looks.label);
  writeFigure(sheet.getCell(row, 7), rowsFor(campaign, unit).length, number);
  writeFigure(sheet.getCell(row, 8), openRows.length, number);
  const missing = rangesText(openRows);
  writeText(sheet.getCell(row, 9), missing, looks.label);
  sheet.getRow(row).height = Math.max(
    20,
    heightOf(unit.name, { width: columns[1].width, size: looks.label.font.size }),
    heightOf(missing, { width: columns[8].width, size: looks.label.font.size }),
  );
}

/** `1-16、29-36`: row numbers, runs of three and more drawn together. */
function rangesText(rows: readonly number[]): string {
  const runs: number[][] = [];
  for (const no of rows) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === no - 1) run.push(no);
    else runs.push([no]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join("、"))).join("、");
}

function summaryOf(progress: readonly UnitProgress[]): string {
  const met = (of: (it: UnitProgress) => string) => progress.filter((it) => of(it) !== "missing").length;
  return (
    `应报${progress.length}；已推荐联络员${met((it) => it.nomination)}；` +
    `已报统计表${met((it) => it.statistics.timeliness)}；已交活动总结${met((it) => it.summary)}`
  );
}
