import type { Worksheet } from "exceljs";
import { dayOf } from "../campaign/calendar.ts";
import type { Campaign, Indicator, Measure, Unit } from "../campaign/campaign.ts";
import { type Form, rowOf } from "../campaign/form.ts";
import { isRecurring, type ReportingPeriod } from "../campaign/period.ts";
import { appliesTo, rowsOf } from "../campaign/row.ts";
import { bytesOf, looks, newWorkbook, type SheetFigure, writeLine, writeText } from "./cells.ts";
import { layoutWidths, writeOfficialTable } from "./layout.ts";
import { setPaper } from "./page.ts";
import { blankLegend, dayText, periodSuffix } from "./words.ts";

export interface Annex {
  campaign: Campaign;
  unit: Unit;
  /** Named where the form is owed again and again. */
  period?: ReportingPeriod;
  form: Form;
  liaison: { name: string; phone: string } | null;
  /** `null` while it is only a draft, which the sheet then says. */
  submittedAt: Date | null;
}

const headRow = 5;

/** A unit's own annex 2 in the official layout, on A4, to print, stamp and photograph. */
export async function annexWorkbook(annex: Annex): Promise<Buffer> {
  const { campaign, unit, period, form, liaison, submittedAt } = annex;
  const workbook = newWorkbook(campaign, submittedAt);
  const sheet = workbook.addWorksheet("统计表");
  const widths = layoutWidths(campaign);
  sheet.columns = widths.map((width) => ({ width }));
  const width = widths.reduce((sum, it) => sum + it, 0);
  const line = { width, columns: widths.length };
  writeLine(sheet, { row: 1, text: "附件2", look: looks.annexMark, ...line });
  const suffix = period !== undefined && isRecurring(campaign) ? periodSuffix(period) : "";
  writeLine(sheet, { row: 2, text: `${campaign.form.title}${suffix}`, look: looks.title, ...line });
  writeLine(sheet, { row: 3, text: `填报单位（盖章）：${unit.name}`, look: looks.line, ...line });
  const contact = `联系人：${liaison?.name ?? "　　　　　　"}　　　　联系电话：${liaison?.phone ?? ""}`;
  writeLine(sheet, { row: 4, text: contact, look: looks.line, ...line });
  sheet.getRow(2).height += 8;

  const figureOf = (indicator: Indicator, measure: Measure) => figureOfForm(annex, indicator, measure);
  const below = writeOfficialTable(sheet, headRow, { campaign, figureOf, grouped: false });
  const explained = writeExplanations(sheet, below, { campaign, form, ...line });
  writeFoot(sheet, explained, { campaign, submittedAt, columns: widths.length });
  setPaper(sheet, { orientation: width > 110 ? "landscape" : "portrait", repeatedRows: `${headRow}:${headRow}` });
  sheet.views = [{ state: "frozen", ySplit: headRow }];
  return bytesOf(workbook);
}

function figureOfForm({ unit, form }: Annex, indicator: Indicator, measure: Measure): SheetFigure {
  if (!appliesTo(indicator, unit.fields)) return "notApplicable";
  const state = rowOf(form, indicator);
  return state.kind === "notApplicable" ? state.kind : (state.figures[measure.id] ?? null);
}

/** 说明 travel with the figures they explain (design §2, Check). */
function writeExplanations(
  sheet: Worksheet,
  top: number,
  { campaign, form, width, columns }: { campaign: Campaign; form: Form; width: number; columns: number },
): number {
  const lines = rowsOf(campaign).flatMap(({ no, indicator }) => {
    const text = form.explanations[indicator.id];
    return text === undefined ? [] : [`第 ${no} 行 ${indicator.label}：${text}`];
  });
  const all = lines.length === 0 ? [] : ["说明：", ...lines];
  all.forEach((text, l) => {
    writeLine(sheet, { row: top + l, text, look: looks.line, width, columns });
  });
  return top + all.length;
}

function writeFoot(
  sheet: Worksheet,
  row: number,
  { campaign, submittedAt, columns }: { campaign: Campaign; submittedAt: Date | null; columns: number },
): void {
  const date = submittedAt === null ? "　　　　年　　月　　日" : dayText(dayOf(submittedAt, campaign));
  const state = submittedAt === null ? "本表尚未提交，仅供核对。" : "";
  sheet.mergeCells(row, 1, row, 3);
  if (columns > 4) sheet.mergeCells(row, 4, row, columns);
  writeText(sheet.getCell(row, 1), `${state}${blankLegend}`, looks.fine);
  writeText(sheet.getCell(row, 4), `填报日期：${date}`, { ...looks.line, align: "right" });
  sheet.getRow(row).height = 22;
}
