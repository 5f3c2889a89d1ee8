import ExcelJS from "exceljs";
import type { Ledger, LedgerFigure, LedgerRow } from "./ledger.ts";

/** Reads the sheets back as anybody with Excel would, and compares every figure with the ledger. Returns the differences. */
type Cells = (string | number | null)[][];

export async function consolidatedFaults(
  bytes: Uint8Array,
  ledger: Ledger,
  units: readonly { id: string; name: string; fields: readonly string[] }[],
): Promise<string[]> {
  const workbook = await open(bytes);
  const names = workbook.worksheets.map((it) => it.name);
  const faults = names.join() === "汇总,分单位" ? [] : [`the group's file has the sheets ${names.join("、")}`];
  return [
    ...faults,
    ...totalsFaults(cellsOf(workbook, "汇总"), ledger),
    ...unitsFaults(cellsOf(workbook, "分单位"), ledger, units),
  ];
}

/** One unit's annex 2 against what it has submitted. */
export async function annexFaults(
  bytes: Uint8Array,
  ledger: Ledger,
  unit: { id: string; name: string; fields: readonly string[] },
): Promise<string[]> {
  const workbook = await open(bytes);
  const cells = cellsOf(workbook, workbook.worksheets[0]?.name ?? "");
  const own = ledger.rowsOf(unit.fields);
  return ledger.rows.flatMap((row) => {
    const wanted = row.measures.map((it) =>
      own.includes(row) ? (ledger.submitted(unit.id, row.id, it.id) ?? null) : "/",
    );
    return rowFaults(`${unit.name} ${row.no}`, cells, { row, wanted });
  });
}

function totalsFaults(cells: Cells, ledger: Ledger): string[] {
  return ledger.rows.flatMap((row) => {
    const wanted = row.measures.map((it) => ledger.total(row.id, it.id));
    return rowFaults(`汇总 ${row.no}`, cells, { row, wanted });
  });
}

/** 分单位 has a line for each number, in the form's order, and a column for each unit. */
function unitsFaults(
  cells: Cells,
  ledger: Ledger,
  units: readonly { id: string; name: string; fields: readonly string[] }[],
): string[] {
  const header = cells.findIndex((it) => it.includes("行号") && it.includes("合计"));
  const heading = cells[header] ?? [];
  const lines = cells.slice(header + 1).filter((it) => typeof it[0] === "number");
  const measures = ledger.rows.flatMap((row) => row.measures.map((measure) => ({ row, measure })));
  if (lines.length !== measures.length)
    return [`分单位 has ${lines.length} lines, the form ${measures.length} numbers`];
  return measures.flatMap(({ row, measure }, n) => {
    const line = lines[n] ?? [];
    const place = `分单位 ${row.no} ${measure.id}`;
    const cell = (head: string) => line[heading.indexOf(head)] ?? null;
    const each = units.flatMap((unit) => {
      const isOwn = row.field === null || unit.fields.includes(row.field);
      const wanted = isOwn ? (ledger.submitted(unit.id, row.id, measure.id) ?? null) : "/";
      return difference(`${place} ${unit.name}`, [cell(unit.name)], [wanted]);
    });
    return [...difference(`${place} 合计`, [cell("合计")], [ledger.total(row.id, measure.id)]), ...each];
  });
}

type Cell = string | number | null;

/** A form row in the official layout: each number stands in the column that the form gives it, and no other number does. */
function rowFaults(
  place: string,
  cells: Cells,
  { row, wanted }: { row: LedgerRow; wanted: readonly (LedgerFigure | null)[] },
): string[] {
  const lines = cells.filter((it) => it[0] === row.no).map((it) => it.slice(leadingColumns));
  const columns = row.measures.map((_, n) => columnOf(row, n));
  const got = columns.map((column, n) => {
    const line = columns.slice(0, n).filter((it) => it === column).length;
    return lines[line]?.[column] ?? null;
  });
  const numbersWanted = wanted.filter((it) => typeof it === "number").length;
  const numbersShown = lines.flat().filter((it) => typeof it === "number").length;
  const surplus = numbersShown > numbersWanted ? [`${place}: ${numbersShown} numbers, not ${numbersWanted}`] : [];
  return [...difference(place, got, wanted), ...surplus];
}

/** 序号, 活动项目, 主要内容. */
const leadingColumns = 3;

/** Counts of one unit (一案双罚, 行刑衔接 …) stand under each other in the first column. */
function columnOf({ measures }: LedgerRow, n: number): number {
  const isAlike = measures.length > 1 && new Set(measures.map((it) => it.unit)).size === 1;
  return measures[n]?.column ?? (isAlike ? 0 : n);
}

function difference(place: string, got: readonly Cell[], wanted: readonly (LedgerFigure | null)[]): string[] {
  const shown = (list: readonly Cell[]) => list.map((it) => it ?? "nothing").join("、");
  return got.every((it, n) => it === wanted[n])
    ? []
    : [`${place}: the sheet says ${shown(got)}, people said ${shown(wanted)}`];
}

/** Everything that is written in any cell of any sheet. */
export async function textsOf(bytes: Uint8Array): Promise<string[]> {
  const workbook = await open(bytes);
  return workbook.worksheets.flatMap((it) =>
    cellsOf(workbook, it.name)
      .flat()
      .flatMap((cell) => (cell === null ? [] : String(cell))),
  );
}

async function open(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const buffer = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  await workbook.xlsx.load(buffer);
  return workbook;
}

function cellsOf(workbook: ExcelJS.Workbook, name: string): Cells {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) return [];
  return Array.from({ length: sheet.rowCount }, (_, r) =>
    Array.from({ length: sheet.columnCount }, (_, c) => plainValue(sheet.getCell(r + 1, c + 1).value)),
  );
}

function plainValue(value: ExcelJS.CellValue): string | number | null {
  if (typeof value === "number" || typeof value === "string") return value;
  return value === null || value === undefined ? null : String(value);
}
