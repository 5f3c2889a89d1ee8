import type { Alignment, Border, Borders, Cell, Font, Workbook, Worksheet } from "exceljs";
import ExcelJS from "exceljs";
import type { Campaign, Measure } from "../campaign/campaign.ts";
import { heightOf } from "./heights.ts";
import { notApplicableMark } from "./words.ts";

/** A figure of a sheet: blank is 未填, 0 is zero, `/` is 不适用 (design §5.5). */
export type SheetFigure = number | "notApplicable" | null;

export interface Look {
  font: Partial<Font>;
  align: Alignment["horizontal"];
  vertical?: Alignment["vertical"];
  isBoxed?: boolean;
  /** ARGB. */
  fill?: string;
}

const black: Partial<Border> = { style: "thin", color: { argb: "FF000000" } };
const box: Partial<Borders> = { top: black, left: black, bottom: black, right: black };

/** Fonts that every Chinese Windows, WPS and macOS Office has under these names. */
export const looks = {
  annexMark: { font: { name: "黑体", size: 12 }, align: "left" },
  title: { font: { name: "宋体", size: 16, bold: true }, align: "center" },
  line: { font: { name: "仿宋", size: 11 }, align: "left" },
  fine: { font: { name: "仿宋", size: 9 }, align: "left" },
  head: { font: { name: "黑体", size: 10.5 }, align: "center", isBoxed: true, fill: "FFEAEFF5" },
  label: { font: { name: "仿宋", size: 10 }, align: "left", isBoxed: true },
  center: { font: { name: "仿宋", size: 10 }, align: "center", isBoxed: true },
  remark: { font: { name: "仿宋", size: 8.5 }, align: "center", isBoxed: true },
  unused: { font: { name: "仿宋", size: 10 }, align: "center", isBoxed: true, fill: "FFF2F2F2" },
  total: { font: { name: "仿宋", size: 10, bold: true }, align: "center", isBoxed: true, fill: "FFFFF8E5" },
} satisfies Record<string, Look>;

export function newWorkbook(campaign: Campaign, createdAt: Date | null): Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = campaign.organiser;
  workbook.lastModifiedBy = campaign.organiser;
  if (createdAt !== null) {
    workbook.created = createdAt;
    workbook.modified = createdAt;
  }
  return workbook;
}

export async function bytesOf(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Text stays text, also when it looks like a formula and is opened for editing; characters XML forbids are dropped. */
export function writeText(cell: Cell, text: string, look: Look): void {
  dress(cell, look);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into the file
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  cell.value = clean === "" ? null : clean;
  cell.numFmt = "@";
}

export function writeFigure(cell: Cell, figure: SheetFigure, { look, format }: { look: Look; format: string }): void {
  if (figure === "notApplicable") {
    writeText(cell, notApplicableMark, look);
    return;
  }
  dress(cell, look);
  // A number that is too wide would be shown as ####.
  cell.alignment = { horizontal: look.align, vertical: look.vertical ?? "middle", shrinkToFit: true };
  cell.value = figure;
  cell.numFmt = format;
}

/** `0"个"`: the unit is printed, the cell stays a number. */
export function formatOf(measure: Measure, { withUnit, grouped }: { withUnit: boolean; grouped: boolean }): string {
  const whole = grouped ? "#,##0" : "0";
  const digits = measure.decimals > 0 ? `${whole}.${"0".repeat(measure.decimals)}` : whole;
  return withUnit ? `${digits}"${measure.unit.replaceAll('"', "")}"` : digits;
}

/** A text over the whole width of a table, tall enough to show all of it. */
export function writeLine(
  sheet: Worksheet,
  { row, text, look, width, columns }: { row: number; text: string; look: Look; width: number; columns: number },
): void {
  if (columns > 1) sheet.mergeCells(row, 1, row, columns);
  writeText(sheet.getCell(row, 1), text, look);
  sheet.getRow(row).height = Math.max(18, heightOf(text, { width, size: look.font.size ?? 11 }));
}

export function dress(cell: Cell, look: Look): void {
  cell.font = look.font;
  cell.alignment = { horizontal: look.align, vertical: look.vertical ?? "middle", wrapText: true };
  if (look.isBoxed === true) cell.border = box;
  if (look.fill !== undefined) cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: look.fill } };
}
