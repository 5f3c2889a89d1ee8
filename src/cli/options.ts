/** A whole number from the command line. Throws what the person who typed it can read. */
export function wholeNumber(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max)) throw new Error(`${name} “${text}” 应为 ${min} 到 ${max} 的整数`);
  return number;
}
