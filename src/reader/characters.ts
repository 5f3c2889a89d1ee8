/**
 * A set of characters to be asked by code: the readers of a message ask for every character of it, and a string for
 * each of them would cost more than the answer.
 */
export function characterSet(characters: Iterable<string>): (code: number) => boolean {
  const has = new Uint8Array(0x10000);
  for (const it of characters) has[it.charCodeAt(0)] = 1;
  // Behind the end of a text the code is not a number, and asking an array for that makes it slow for all others, too
  return (code) => code < 0x10000 && has[code] === 1;
}
