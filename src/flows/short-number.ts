/** The number of a nomination, entry or question as people write it: `37`, `37号`. `null` where the words are something else. */
export function shortNumber(words: string): number | null {
  const [, digits] = /^(\d{1,6})\s*号?$/.exec(words.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}
