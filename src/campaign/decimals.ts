/** Adds in whole steps of the last decimal, so that 0.1 + 0.2 is 0.3. */
export function sumDecimals(numbers: readonly number[], decimals: number): number {
  const scale = 10 ** decimals;
  return numbers.reduce((sum, it) => sum + Math.round(it * scale), 0) / scale;
}
