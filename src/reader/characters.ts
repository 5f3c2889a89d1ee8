/**
 * A set of characters to be asked by code: the readers of a message ask for every character of it, and a string for
 * each of them would cost more than the answer.
 */
export function characterSet(characters: Iterable<string>): (code: number) => boolean {
  const has = new Uint8Array(0x10000);
  for (const it of characters) has[it.charCodeAt(0)] = 1;
  return (code) => has[code] === 1;
}
