import type { Measure } from "../campaign/campaign.ts";

/**
 * Counting words of the language, by kind. Which of them a measure takes follows from its `unit` in the campaign file;
 * a kind says what else people say for it.
 */
const sessionWords = ["场次", "场", "次", "期", "回", "轮", "堂", "节", "批次", "趟"];
const personWords = ["人次", "号人", "口人", "余人", "个人", "人员", "人", "名", "位", "员工", "职工", "群众"];
/** Words for things without a shape of their own: people swap them freely, and 个 fits them all. */
const thingWords = ["个", "处", "件", "项", "起", "例", "条", "份", "宗", "篇", "则", "部", "幅"];
const placeWords = ["座次", "座", "站", "处", "个", "家", "条", "段"];

const kinds: readonly { units: readonly string[]; words: readonly string[] }[] = [
  { units: ["场次", "场", "期", "批次"], words: sessionWords },
  { units: ["次", "次数"], words: sessionWords },
  { units: ["人次", "人", "人数"], words: personWords },
  { units: ["名", "位"], words: [...personWords, "个"] },
  { units: ["个", "处", "件", "项", "起", "例", "条", "份", "宗", "篇", "则", "部", "幅"], words: thingWords },
  { units: ["座次", "座"], words: placeWords },
  { units: ["幢", "栋"], words: ["幢", "栋", "座"] },
  { units: ["户"], words: ["户", "家"] },
  { units: ["家"], words: ["家", "户", "个"] },
  { units: ["%", "％", "百分点"], words: ["%"] },
];

/** The same unit in other letters. */
const sameUnit = new Map<string, string>([
  ["km", "公里"],
  ["千米", "公里"],
]);

/** A thing that is clearly not another: 条 are not 份, though both are 个. */
const notForEachOther = new Map<string, readonly string[]>([
  ["份", ["份", "个", "件"]],
  ["篇", ["篇", "个", "条", "则", "件"]],
  ["部", ["部", "个", "件"]],
  ["幅", ["幅", "个", "件"]],
]);

/** Heard or typed wrongly, after a number only. */
const misheard = new Map<string, string>([
  ["厂", "场"],
  ["长", "场"],
  ["常", "场"],
  ["厂次", "场次"],
  ["人刺", "人次"],
  ["人此", "人次"],
  ["人词", "人次"],
  ["人慈", "人次"],
  ["坐次", "座次"],
  ["坐", "座"],
  ["做次", "座次"],
  ["作次", "座次"],
  ["调", "条"],
  ["向", "项"],
  ["象", "项"],
  ["护", "户"],
  ["沪", "户"],
  ["互", "户"],
  ["撞", "幢"],
  ["各", "个"],
]);

/** Words that count what no form asks unless a measure has them as its unit: durations, money, sizes. */
const otherWords = [
  ..."段|个小时|小时|个钟头|分钟|个月|个工作日|个学时|学时|课时|工作日|天|周|年|秒|岁|元|万元|米|平方米|平方公里|公里|公斤|吨|升|度|级|台套|台|辆|艘|架|套|只|本|页|张|块|把|盏|支|箱|袋|瓶|盒|根|棵|间|层|楼|室|号|队|组|班|桌|面|点|种|类|批|步|倍|成|版|集|段|秒钟|人天|工时|平方|立方|千瓦|股|扇|口|具|副|顶|条次|件次|户次|家次|项次".split(
    "|",
  ),
];

export interface Counters {
  words: readonly string[];
  /** Matches one counting word at `lastIndex`. */
  pattern: RegExp;
  canonical: (word: string) => string;
  isMisheard: (word: string) => boolean;
  isCampaignUnit: (word: string) => boolean;
}

export function countersOf(units: Iterable<string>): Counters {
  const own = new Set(units);
  const words = [...sessionWords, ...personWords, ...thingWords, ...placeWords, "幢", "栋", "户", "家", "%"];
  const bases = [...own].map(baseOfWan).filter((it) => it !== null);
  const all = new Set([...own, ...bases, ...words, ...misheard.keys(), ...sameUnit.keys(), ...otherWords]);
  const canonicalOf = (it: string) => (own.has(it) ? it : (misheard.get(it) ?? sameUnit.get(it) ?? it));
  const canonical = new Map([...all].map((it) => [it, canonicalOf(it)]));
  const source = [...all]
    .sort((a, b) => b.length - a.length)
    .map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  return {
    words: [...all],
    pattern: new RegExp(source, "y"),
    canonical: (word) => canonical.get(word) ?? word,
    isMisheard: (word) => misheard.has(word) && !own.has(word),
    isCampaignUnit: (word) => own.has(word),
  };
}

/** The counting word behind a number, spaces between them or not. */
export function counterAt(plain: string, at: number, { pattern }: Counters): { word: string; end: number } | null {
  let start = at;
  while (start < at + 4 && plain.charAt(start) === " ") start++;
  pattern.lastIndex = start;
  // 2 人数 is no count of persons but the heading of the next figure
  if (!pattern.test(plain) || plain.charAt(pattern.lastIndex) === "数") return null;
  return { word: plain.slice(start, pattern.lastIndex), end: pattern.lastIndex };
}

/** Whether a figure counted in `word` can be the measure's. */
export function canCount({ unit }: Pick<Measure, "unit">, word: string): boolean {
  let words = known.get(unit);
  if (words === undefined) {
    words = new Map();
    known.set(unit, words);
  }
  let can = words.get(word);
  if (can === undefined) {
    can = counts(unit, word);
    words.set(word, can);
  }
  return can;
}

/** By unit and word: asked for every figure and every row it may be of. */
const known = new Map<string, Map<string, boolean>>();

function counts(unit: string, word: string): boolean {
  if (word === unit || word === baseOfWan(unit)) return true;
  const narrow = notForEachOther.get(unit);
  if (narrow) return narrow.includes(word);
  return kinds.some((it) => it.units.includes(unit) && it.words.includes(word));
}

/** People belong to any row; a word for things in a clause of other words points elsewhere. */
export function isPersonWord(word: string): boolean {
  return personWords.includes(word);
}

/** 元 of 万元, 次 of 万次: what such a measure counts ten thousand of. */
export function baseOfWan(unit: string): string | null {
  return /^万./.test(unit) ? unit.slice(1) : null;
}

export function isSessions(measure: Measure): boolean {
  return canCount(measure, "场");
}

export function isPeople(measure: Measure): boolean {
  return canCount(measure, "人");
}
