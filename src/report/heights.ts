/**
 * Row heights: neither Excel nor LibreOffice grows a row for wrapped text in a merged cell, and a workbook that is
 * written by a program has no measured heights at all, so they are estimated here, rather too tall than cut off.
 */

/** Pixels of one unit of column width, and of a column's padding, in Excel's default font. */
const widthUnitPx = 7;
const columnPaddingPx = 5;
/** Left free on both sides of wrapped text: printers' fonts are a little wider than screens'. */
const sparePx = 8;
const pointPx = 96 / 72;

export function columnPx(width: number): number {
  return width * widthUnitPx + columnPaddingPx;
}

/** Width of a text in ems: Chinese characters and full-width marks count 1, the rest about half. */
export function emsOf(text: string): number {
  return [...text].reduce((sum, char) => sum + emOf(char), 0);
}

/** How many lines a text takes in columns of this width (Excel's units; of a merged cell, their sum). */
export function linesOf(text: string, { width, size }: { width: number; size: number }): number {
  const capacity = Math.max(1, (columnPx(width) - sparePx) / (size * pointPx));
  return text.split("\n").reduce((lines, line) => lines + wrappedLines(line, capacity), 0);
}

/** Height in points of a text in a cell. */
export function heightOf(text: string, cell: { width: number; size: number }): number {
  return Math.ceil(linesOf(text, cell) * cell.size * 1.3 + 4);
}

function wrappedLines(line: string, capacity: number): number {
  let lines = 1;
  let used = 0;
  for (const char of line) {
    const width = emOf(char);
    if (used > 0 && used + width > capacity) {
      lines += 1;
      used = 0;
    }
    used += width;
  }
  return lines;
}

function emOf(char: string): number {
  return /[\u2010-\u203b\u2e80-\uffff·×°]/.test(char) || char.length > 1 ? 1 : 0.56;
}
