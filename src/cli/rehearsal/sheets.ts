import ExcelJS from "exceljs";
import type { Ledger, LedgerRow } from "./ledger.ts";

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
    const wanted = own.includes(row) ? row.measures.map((it) => ledger.submitted(unit.id, row.id, it.id) ?? null) : [];
    return difference(`${unit.name} ${row.no}`, figuresOf(cells, row), wanted);
  });
}

function totalsFaults(cells: Cells, ledger: Ledger): string[] {
  return ledger.rows.flatMap((row) => {
    const wanted = row.measures.map((it) => ledger.total(row.id, it.id));
    return difference(`汇总 ${row.no}`, figuresOf(cells, row), wanted);
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
    const total = difference(`${place} 合计`, numbers([line[heading.indexOf("合计")]]), [
      ledger.total(row.id, measure.id),
    ]);
    const each = units.flatMap((unit) => {
      const cell = line[heading.indexOf(unit.name)];
      const isOwn = row.field === null || unit.fields.includes(row.field);
      if (!isOwn) return cell === "/" ? [] : [`${place} ${unit.name}: ${cell}, not /`];
      return difference(`${place} ${unit.name}`, numbers([cell]), [
        ledger.submitted(unit.id, row.id, measure.id) ?? null,
      ]);
    });
    return [...total, ...each];
  });
}

/** The numbers of a form row, left to right and top to bottom; the first column holds the row's number. */
function figuresOf(cells: Cells, row: LedgerRow): number[] {
  return cells.filter((it) => it[0] === row.no).flatMap((it) => numbers(it.slice(3)));
}

function numbers(cells: readonly (string | number | null | undefined)[]): number[] {
  return cells.filter((it): it is number => typeof it === "number");
}

function difference(place: string, got: readonly number[], wanted: readonly (number | null)[]): string[] {
  const figures = wanted.filter((it) => it !== null);
  return got.join() === figures.join()
    ? []
    : [`${place}: the sheet says ${got.join("、") || "nothing"}, people said ${figures.join("、") || "nothing"}`];
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
