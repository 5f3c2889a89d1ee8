import type { Worksheet } from "exceljs";
import type { Campaign, Indicator, Measure, Section } from "../campaign/campaign.ts";
import { columnOf, type Row, rowsOf } from "../campaign/row.ts";
import { dress, formatOf, looks, type SheetFigure, writeFigure, writeText } from "./cells.ts";
import { emsOf, heightOf } from "./heights.ts";

/** Annex 2's official layout: 序号, 活动项目, 主要内容, then the form's own figure columns. */
export interface OfficialTable {
  campaign: Campaign;
  figureOf: (indicator: Indicator, measure: Measure) => SheetFigure;
  /** Thousands separators, for totals. */
  grouped: boolean;
}

type LineCell = { kind: "figure"; measure: Measure; withUnit: boolean } | { kind: "remark"; text: string };

/** A printed line: one for most rows, several where a row's counts share a column. */
interface Line {
  label: string;
  /** By figure column; `null` where the form asks nothing. */
  cells: readonly (LineCell | null)[];
}

const leading = [
  { head: "序号", width: 5 },
  { head: "活动项目", width: 13 },
  { head: "主要内容", width: 39 },
] as const;
const labelColumn = leading.length;
const figuresWidth = 37;
const narrowest = 9;
/** Column units that one Chinese character takes in a remark, and in a header. */
const remarkUnits = 1.72;
const headUnits = 2.05;
const lowestRow = 16;

export function layoutWidths(campaign: Campaign): number[] {
  const { columns } = campaign.form;
  const rows = rowsOf(campaign);
  const needed = columns.map((head, c) => {
    const remarks = rows.flatMap((row) => printedLines(row, columns).map(({ cells }) => cells[c]));
    const longest = Math.max(...remarks.map((it) => (it?.kind === "remark" ? emsOf(it.text) : 0)));
    return Math.max(narrowest, longest * remarkUnits, emsOf(head) * headUnits);
  });
  const spare = figuresWidth - needed.reduce((sum, it) => sum + it, 0);
  return [...leading.map((it) => it.width), ...needed.map((it) => it + Math.max(0, spare) / columns.length)];
}

/** Writes header and table from row `top` on; returns the first row below. */
export function writeOfficialTable(sheet: Worksheet, top: number, table: OfficialTable): number {
  const { columns } = table.campaign.form;
  const widths = layoutWidths(table.campaign);
  [...leading.map((it) => it.head), ...columns].forEach((head, c) => {
    writeText(sheet.getCell(top, c + 1), head, looks.head);
  });
  const headHeights = columns.map((head, c) =>
    heightOf(head, { width: widths[labelColumn + c] ?? 0, size: looks.head.font.size }),
  );
  sheet.getRow(top).height = Math.max(24, ...headHeights);
  const all = rowsOf(table.campaign);
  let next = top + 1;
  for (const section of table.campaign.form.sections) {
    const first = next;
    for (const row of all.filter((it) => it.section === section)) next = writeRow(sheet, next, { row, table, widths });
    closeSection(sheet, { section, first, last: next - 1, width: widths[1] ?? 0 });
  }
  return next;
}

function writeRow(
  sheet: Worksheet,
  top: number,
  { row, table, widths }: { row: Row; table: OfficialTable; widths: readonly number[] },
): number {
  const lines = printedLines(row, table.campaign.form.columns);
  const isOneLabel = new Set(lines.map((it) => it.label)).size === 1;
  lines.forEach((line, l) => {
    const at = top + l;
    writeFigure(sheet.getCell(at, 1), row.no, { look: looks.center, format: "0" });
    dress(sheet.getCell(at, 2), looks.center);
    writeText(sheet.getCell(at, labelColumn), line.label, looks.label);
    line.cells.forEach((cell, c) => {
      writeLineCell(sheet, { at, c, cell, indicator: row.indicator, table });
    });
    const share = isOneLabel ? lines.length : 1;
    sheet.getRow(at).height = Math.max(lowestRow, labelHeight(line, widths) / share, remarkHeight(line, widths));
  });
  const last = top + lines.length - 1;
  if (last > top) {
    sheet.mergeCells(top, 1, last, 1);
    if (isOneLabel) sheet.mergeCells(top, labelColumn, last, labelColumn);
  }
  return last + 1;
}

function writeLineCell(
  sheet: Worksheet,
  it: { at: number; c: number; cell: LineCell | null; indicator: Indicator; table: OfficialTable },
): void {
  const { at, c, cell, indicator, table } = it;
  const target = sheet.getCell(at, labelColumn + 1 + c);
  if (cell === null) dress(target, looks.unused);
  else if (cell.kind === "remark") writeText(target, cell.text, looks.remark);
  else {
    const format = formatOf(cell.measure, { withUnit: cell.withUnit, grouped: table.grouped });
    writeFigure(target, table.figureOf(indicator, cell.measure), { look: looks.center, format });
  }
}

function closeSection(
  sheet: Worksheet,
  { section, first, last, width }: { section: Section; first: number; last: number; width: number },
): void {
  if (last > first) sheet.mergeCells(first, 2, last, 2);
  writeText(sheet.getCell(first, 2), section.title, looks.center);
  const rows = Array.from({ length: last - first + 1 }, (_, r) => sheet.getRow(first + r));
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const lacking = heightOf(section.title, { width, size: looks.center.font.size }) - height;
  if (lacking > 0) for (const row of rows) row.height += lacking / rows.length;
}

/**
 * The lines of a row. Counts that share a column stand under each other, each named in a column the row leaves free
 * (or, where none is free, in the label), so that every number is a cell of its own.
 */
function printedLines({ indicator }: Row, columns: readonly string[]): Line[] {
  const byColumn = columns.map((_, c) =>
    // A form may ask more figures of a row than it has columns: the last column takes what is left over.
    indicator.measures.filter((it) => Math.min(columnOf(indicator, it), columns.length - 1) === c),
  );
  const depth = Math.max(...byColumn.map((it) => it.length));
  const free = byColumn.findIndex((it) => it.length === 0);
  const { note } = indicator;
  return Array.from({ length: depth }, (_, l) => {
    const names = byColumn.flatMap((measures, c) => unheaded(measures[l], columns[c]));
    const aside = depth > 1 ? names.map((it) => `（${it}）`).join("") : (note ?? "");
    const cells = byColumn.map((measures, c): LineCell | null => {
      const measure = measures[l];
      if (measure !== undefined) return { kind: "figure", measure, withUnit: measure.label !== columns[c] };
      return c === free && aside !== "" ? { kind: "remark", text: aside } : null;
    });
    const beside = [
      ...(free === -1 || depth === 1 ? names.map((it) => `（填${it}）`) : []),
      ...(note !== undefined && (free === -1 || depth > 1) ? [note] : []),
    ];
    return { label: `${indicator.label}${beside.join("")}`, cells };
  });
}

/** The name of a figure that its column's header does not say. */
function unheaded(measure: Measure | undefined, head: string | undefined): string[] {
  return measure === undefined || measure.label === "" || measure.label === head ? [] : [measure.label];
}

function labelHeight({ label }: Line, widths: readonly number[]): number {
  return heightOf(label, { width: widths[labelColumn - 1] ?? 0, size: looks.label.font.size });
}

function remarkHeight({ cells }: Line, widths: readonly number[]): number {
  const heights = cells.map((cell, c) =>
    cell?.kind === "remark"
      ? heightOf(cell.text, { width: widths[labelColumn + c] ?? 0, size: looks.remark.font.size })
      : 0,
  );
  return Math.max(...heights);
}
