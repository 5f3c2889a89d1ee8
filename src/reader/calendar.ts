/** `null` for a day that no calendar has (June 31). */
export function realDay(year: number, month: number, day: number): string | null {
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isReal ? `${year}-${twoDigits(month)}-${twoDigits(day)}` : null;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
