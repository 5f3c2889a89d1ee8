import { pinyin } from "pinyin-pro";
import { isChinese } from "./text.ts";

const known = new Map<string, readonly string[]>();

/** How a character may be read, as syllables without tones, the ones people mix up made the same (zh/z, ang/an, n/l). */
function soundsOf(character: string): readonly string[] {
  let sounds = known.get(character);
  if (sounds === undefined) {
    const read = isChinese(character.charCodeAt(0))
      ? pinyin(character, { toneType: "none", multiple: true, type: "array" })
      : [];
    sounds = [...new Set(read.map(loose))];
    known.set(character, sounds);
  }
  return sounds;
}

function loose(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, "$1")
    .replace(/([aei])ng$/, "$1n")
    .replace(/^l/, "n");
}

/** Whether two characters may be heard, or typed by their sound, one for the other (场 厂, 演 眼). */
export function soundsAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const theirs = soundsOf(other);
  return soundsOf(one).some((it) => theirs.includes(it));
}

const typed = new Map<string, string>();

/** A name as it is typed in letters: 专题学习 → `zhuantixuexi`. */
export function typedName(name: string): string {
  let letters = typed.get(name);
  if (letters === undefined) {
    letters = pinyin(name, { toneType: "none", type: "array", v: true }).join("").toLowerCase();
    typed.set(name, letters);
  }
  return letters;
}
