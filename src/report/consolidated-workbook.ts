import type { Workbook } from "exceljs";
import type { Campaign, Indicator, Measure } from "../campaign/campaign.ts";
import { type Consolidated, totalOf } from "../campaign/consolidated.ts";
import type { UnitProgress } from "../campaign/progress.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import { writeLiaisons } from "./annex-one.ts";
import { bytesOf, looks, newWorkbook, writeLine } from "./cells.ts";
import { writeEntries } from "./entries-sheet.ts";
import { layoutWidths, writeOfficialTable } from "./layout.ts";
import { setPaper } from "./page.ts";
import { type PeriodProgress, writePeriodProgress } from "./period-progress-sheet.ts";
import { writeProgress } from "./progress-sheet.ts";
import { writeUnits } from "./units-sheet.ts";
import { basisLine, consolidatedTitle, periodSuffix } from "./words.ts";

const headRow = 4;

/**
 * The xlsx of a consolidated table (design §5.5). Without `progress` and `details` it is the group's file: 汇总 and
 * 分单位, and nobody's name or phone. `details` adds who speaks for whom and every entry: for a manager's eyes only.
 */
export async function consolidatedWorkbook(input: {
  campaign: Campaign;
  table: Consolidated;
  progress?: readonly UnitProgress[];
  /** Instead, where the form is owed again and again: of each period that has begun. */
  periods?: readonly PeriodProgress[];
  details?: { records: readonly UnitRecord[] };
}): Promise<Buffer> {
  const { campaign, table, progress, periods, details } = input;
  const workbook = newWorkbook(campaign, new Date(table.asOf));
  writeTotals(workbook, campaign, table);
  writeUnits(workbook, campaign, table);
  if (periods !== undefined) writePeriodProgress(workbook, { campaign, table, periods });
  else if (progress !== undefined) writeProgress(workbook, { campaign, table, progress });
  if (details !== undefined) {
    writeLiaisons(workbook, campaign, details.records);
    writeEntries(workbook, campaign, details.records);
  }
  return bytesOf(workbook);
}

function writeTotals(workbook: Workbook, campaign: Campaign, table: Consolidated): void {
  const sheet = workbook.addWorksheet("汇总");
  const widths = layoutWidths(campaign);
  sheet.columns = widths.map((width) => ({ width }));
  const width = widths.reduce((sum, it) => sum + it, 0);
  const line = { width, columns: widths.length };
  writeLine(sheet, {
    row: 1,
    text: `${consolidatedTitle(campaign.form.title)}${periodSuffix(table.period)}`,
    look: looks.title,
    ...line,
  });
  writeLine(sheet, { row: 2, text: `汇总单位：${campaign.organiser}`, look: looks.line, ...line });
  writeLine(sheet, { row: 3, text: basisLine(table, campaign), look: looks.line, ...line });
  sheet.getRow(1).height += 8;
  const figureOf = (indicator: Indicator, measure: Measure) => totalOf(table, indicator, measure);
  const below = writeOfficialTable(sheet, headRow, { campaign, figureOf, grouped: true });
  writeLine(sheet, { row: below, text: "空白为尚无单位填报数字，0 为零。", look: looks.fine, ...line });
  setPaper(sheet, { orientation: width > 110 ? "landscape" : "portrait", repeatedRows: `${headRow}:${headRow}` });
  sheet.views = [{ state: "frozen", ySplit: headRow }];
}
