import type { DocumentKind } from "../campaign/document.ts";

/** A summary is written, a stamped copy photographed or scanned; of what it is not yet known, either will do. */
export function suits(extension: string, kind: DocumentKind | null): boolean {
  if (kind === "summary") return documents.includes(extension);
  return kind === null || extension === ".pdf" || !documents.includes(extension);
}

const documents = [".pdf", ".docx", ".doc"];

/** What may be kept of what people send, told by its bytes and never by its name. The extension it gets, or `null`. */
export function extensionByContent(bytes: Buffer): string | null {
  for (const { extension, matches } of types) if (matches(bytes)) return extension;
  return null;
}

const types: readonly { extension: string; matches: (bytes: Buffer) => boolean }[] = [
  // Readers accept a PDF whose header comes a little late.
  { extension: ".pdf", matches: (it) => it.subarray(0, 1024).includes("%PDF-") },
  { extension: ".docx", matches: (it) => startsWith(it, "504b0304") && it.includes("word/document.xml") },
  // WPS writes the same container.
  {
    extension: ".doc",
    matches: (it) => startsWith(it, "d0cf11e0a1b11ae1") && it.includes("WordDocument", 0, "utf16le"),
  },
  { extension: ".jpg", matches: (it) => startsWith(it, "ffd8ff") },
  { extension: ".png", matches: (it) => startsWith(it, "89504e470d0a1a0a") },
  { extension: ".gif", matches: (it) => startsWith(it, "474946383761") || startsWith(it, "474946383961") },
  { extension: ".bmp", matches: (it) => startsWith(it, "424d") },
  { extension: ".webp", matches: (it) => startsWith(it, "52494646") && it.toString("latin1", 8, 12) === "WEBP" },
  { extension: ".heic", matches: (it) => /^ftyp(heic|heix|mif1)$/.test(it.toString("latin1", 4, 12)) },
];

function startsWith(bytes: Buffer, hex: string): boolean {
  return bytes.subarray(0, hex.length / 2).equals(Buffer.from(hex, "hex"));
}
