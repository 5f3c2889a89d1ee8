import type { Workbook } from "exceljs";
import type { Campaign } from "../campaign/campaign.ts";
import { liaisonOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { bytesOf, looks, newWorkbook, writeLine, writeText } from "./cells.ts";
import { heightOf } from "./heights.ts";
import { setPaper } from "./page.ts";

/** Annex 1 as the notice prints it. Names and phones in full: for managers only. */
const columns = [
  { head: "单位", width: 40 },
  { head: "姓名", width: 14 },
  { head: "职务", width: 20 },
  { head: "电话", width: 18 },
] as const;
const headRow = 3;
const totalWidth = columns.reduce((sum, it) => sum + it.width, 0);

export async function liaisonsWorkbook(input: { campaign: Campaign; records: readonly UnitRecord[] }): Promise<Buffer> {
  const workbook = newWorkbook(input.campaign, null);
  writeLiaisons(workbook, input.campaign, input.records);
  return bytesOf(workbook);
}

export function writeLiaisons(workbook: Workbook, campaign: Campaign, records: readonly UnitRecord[]): void {
  const sheet = workbook.addWorksheet("联络员");
  sheet.columns = columns.map(({ width }) => ({ width }));
  const line = { width: totalWidth, columns: columns.length };
  writeLine(sheet, { row: 1, text: "附件1", look: looks.annexMark, ...line });
  const title = `${campaign.title.replace(/活动$/, "")}活动联络员推荐表`;
  writeLine(sheet, { row: 2, text: title, look: looks.title, ...line });
  sheet.getRow(2).height += 8;
  columns.forEach(({ head }, c) => {
    writeText(sheet.getCell(headRow, c + 1), head, looks.head);
  });
  sheet.getRow(headRow).height = 26;
  records.forEach((record, u) => {
    const liaison = liaisonOfRecord(record);
    const texts = [record.unit.name, liaison?.name ?? "", liaison?.post ?? "", liaison?.phone ?? ""];
    texts.forEach((text, c) => {
      writeText(sheet.getCell(headRow + 1 + u, c + 1), text, c === 0 ? looks.label : looks.center);
    });
    const heights = columns.map(({ width }, c) => heightOf(texts[c] ?? "", { width, size: looks.label.font.size }));
    sheet.getRow(headRow + 1 + u).height = Math.max(26, ...heights);
  });
  const named = records.filter((it) => liaisonOfRecord(it) !== undefined).length;
  const foot = `应推荐 ${records.length} 个单位，已推荐 ${named} 个，未推荐 ${records.length - named} 个。`;
  writeLine(sheet, { row: headRow + 1 + records.length, text: foot, look: looks.fine, ...line });
  setPaper(sheet, { orientation: "portrait", repeatedRows: `${headRow}:${headRow}` });
  sheet.views = [{ state: "frozen", ySplit: headRow }];
}
