import ExcelJS, { type Cell, type Workbook, type Worksheet } from "exceljs";

/** Reads a sheet back the way a person does: by the words that stand in it. */
export async function read(bytes: Buffer): Promise<Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer as ArrayBuffer & Buffer);
  return workbook;
}

export function sheetOf(workbook: Workbook, name: string): Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

export function cellsOf(sheet: Worksheet): Cell[] {
  const cells: Cell[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      cells.push(cell);
    });
  });
  return cells;
}

/** Lines below the header row that has `head` in it, each by header text; a merged cell reads as its first. */
export function linesUnder(sheet: Worksheet, head: string): Record<string, unknown>[] {
  const header = cellsOf(sheet).find((it) => it.value === head);
  if (header === undefined) throw new Error(`no header ${head}`);
  const top = Number(header.row);
  const heads: [column: number, text: string][] = [];
  sheet.getRow(top).eachCell((cell, column) => {
    heads.push([column, String(cell.value)]);
  });
  const lines: Record<string, unknown>[] = [];
  for (let at = top + 1; at <= sheet.rowCount; at += 1) {
    lines.push(Object.fromEntries(heads.map(([column, text]) => [text, sheet.getCell(at, column).value])));
  }
  return lines;
}
