import type { Worksheet } from "exceljs";
import { columnPx } from "./heights.ts";

/** A4 as all sheets are printed: one page wide, with page numbers, the header repeated on every page. */
const marginInches = 0.55;
const a4Inches = { short: 8.27, long: 11.69 };

export interface Paper {
  orientation: "portrait" | "landscape";
  /** Rows repeated on each page, like `4:4`. */
  repeatedRows: string;
  /** Columns repeated on each page, like `A:F`. */
  repeatedColumns?: string;
  pagesWide?: number;
}

export function setPaper(sheet: Worksheet, { orientation, repeatedRows, repeatedColumns, pagesWide = 1 }: Paper): void {
  const margins = { left: marginInches, right: marginInches, top: marginInches, bottom: marginInches };
  sheet.pageSetup = {
    paperSize: 9,
    orientation,
    fitToPage: true,
    fitToWidth: pagesWide,
    fitToHeight: isNearlyOnePage(sheet, orientation) && pagesWide === 1 ? 1 : 0,
    horizontalCentered: true,
    margins: { ...margins, header: 0.3, footer: 0.3 },
    printTitlesRow: repeatedRows,
    ...(repeatedColumns === undefined ? {} : { printTitlesColumn: repeatedColumns }),
  };
  sheet.headerFooter.oddFooter = "&C&9第 &P 页，共 &N 页";
}

/** Printable width in pixels, for choosing column widths. */
export function printablePx(orientation: Paper["orientation"]): number {
  return ((orientation === "portrait" ? a4Inches.short : a4Inches.long) - 2 * marginInches) * 96;
}

/** A last page with two lines on it helps nobody: up to a quarter too much is shrunk to fit, 10 points to 8. */
function isNearlyOnePage(sheet: Worksheet, orientation: Paper["orientation"]): boolean {
  const pageHeight = ((orientation === "portrait" ? a4Inches.long : a4Inches.short) - 2 * marginInches) * 72;
  const widthPx = sheet.columns.reduce((sum, it) => sum + columnPx(it.width ?? 9), 0);
  const scale = Math.min(1, printablePx(orientation) / widthPx);
  let height = 0;
  sheet.eachRow((row) => {
    height += row.height ?? 15;
  });
  return height * scale <= pageHeight * 1.25;
}
