/** A stretch of the text: from its first character to behind its last. */
export interface Span {
  start: number;
  end: number;
}

/** From the start of the first to the end of the last, wherever they stand. */
export function spanAround(spans: readonly Span[]): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const it of spans) {
    if (it.start < start) start = it.start;
    if (it.end > end) end = it.end;
  }
  return { start, end };
}
