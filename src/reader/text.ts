import { characterSet } from "./characters.ts";

/**
 * The text as the reader sees it: full-width forms, odd dashes and spaces made plain, letters small. One character for
 * one, so that every position is also a position in what the person wrote.
 */
export function plainText(text: string): string {
  let plain = "";
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const plainCode = plainCodes[code] ?? code;
    if (plainCode === code) continue;
    plain += text.slice(done, i) + String.fromCharCode(plainCode);
    done = i + 1;
  }
  return done === 0 ? text : plain + text.slice(done);
}

const sameAs = new Map<string, string>(
  Object.entries({
    "\u3000": " ",
    "\u00a0": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "\t": " ",
    "\r": "\n",
    "\u2028": "\n",
    "−": "-",
    "–": "-",
    "﹣": "-",
    "‑": "-",
    "—": "~",
    "～": "~",
    "〜": "~",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "．": ".",
    "｡": "。",
    場: "场",
    萬: "万",
    兩: "两",
    個: "个",
    幾: "几",
    棟: "栋",
    戶: "户",
    參: "参",
    餘: "余",
    週: "周",
  }),
);

function plainCharacter(character: string): string {
  const same = sameAs.get(character);
  if (same !== undefined) return same;
  const code = character.charCodeAt(0);
  // The full-width comma stays: it separates clauses far more often than thousands.
  if (code > 0xff00 && code < 0xff5f && character !== "，") {
    return String.fromCharCode(code - 0xfee0).toLowerCase();
  }
  return code > 64 && code < 91 ? String.fromCharCode(code + 32) : character;
}

/** By character code, worked out once: most characters of a message stay as they are. */
const plainCodes = Uint16Array.from({ length: 0x10000 }, (_, code) =>
  plainCharacter(String.fromCharCode(code)).charCodeAt(0),
);

/** By character code: 一 to 龥. */
export function isChinese(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fa5;
}

const spaces = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((it) => it.trim() === "");

/** Whether a character stands for nothing when names are compared: quotation marks, brackets, spaces, 了 and 的. */
export const isSkippedInNames = characterSet([..."\"'“”‘’「」『』《》〈〉()[]【】〔〕{}·*#_`~-/了的", ...spaces]);

const isPointInNames = characterSet(",，.。:;");

/** A name in the form in which names are compared; numbers with a middle dot (`6·16`) are dropped as in texts. */
export function foldName(name: string): string {
  let folded = "";
  for (const character of plainText(name).replace(/\d+·\d+/g, "")) {
    const code = character.charCodeAt(0);
    if (!isSkippedInNames(code) && !isPointInNames(code)) folded += character;
  }
  return folded;
}
