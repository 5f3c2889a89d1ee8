/** Pieces that are at most so many bytes as JSON; cut between paragraphs, else between lines, else anywhere. */
export function split(text: string, maxBytes: number, separators: readonly string[] = ["\n\n", "\n", ""]): string[] {
  if (jsonBytes(text) <= maxBytes) return [text];
  const [separator = "", ...finer] = separators;
  const parts: string[] = [];
  let part = "";
  let size = 0;
  const pieces = separator === "" ? [...text] : text.split(separator);
  for (const piece of pieces.flatMap((it) => (separator === "" ? it : split(it, maxBytes, finer)))) {
    const added = jsonBytes(piece) + (size === 0 ? 0 : jsonBytes(separator));
    const fits = size + added <= maxBytes;
    if (!fits) parts.push(part);
    part = fits && size > 0 ? part + separator + piece : piece;
    size = fits ? size + added : jsonBytes(piece);
  }
  return [...parts, part];
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
