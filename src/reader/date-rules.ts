import {
  absolute,
  type DateContext,
  dayOfMonth,
  type Found,
  type Groups,
  plausible,
  relative,
  vague,
  weekday,
  whole,
  wholeMonth,
} from "./date-mention.ts";

interface Rule {
  /** What a text has that the pattern can match at all. */
  needs: RegExp;
  pattern: RegExp;
  resolve: (groups: Groups, today: string, context: DateContext) => Found | null;
}

const D =
  "(?:[12]\\d|3[01]|0?[1-9]|[一二两]?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])";
const M = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])";
/** Chinese numerals up to ten, for sets of characters. */
const n = "一二三四五六七八九十";
const join = "\\s*(?:至|到|-|~|、|和|及|与)\\s*";
/** What follows a number that counts something, so that `6月5场` is five sessions in June. */
const counted = "\\s*(?:[场次期回人名位个处件项条起例份篇座幢栋户家]|万|千|百|%)";

export const rules: readonly Rule[] = [
  rule(
    /\d{8}/,
    "\\d",
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])(?!\\d|${counted})`,
    absolute,
  ),
  rule(
    /\d{4}[./-]/,
    "\\d",
    `(?<!\\d)(?<y>(?:19|20)\\d\\d)[./-](?<m>1[0-2]|0?[1-9])[./-](?<d>[12]\\d|3[01]|0?[1-9])(?!\\d)`,
    absolute,
  ),
  rule(
    /月/,
    `\\s\\d${n}`,
    `(?:(?<y>(?:19|20)\\d\\d)年)?\\s*(?<!\\d)(?<m>${M})\\s*月份?\\s*(?:(?<d>${D})[日号]?${join}(?:(?<m2>${M})月)?(?<d2>${D})[日号]|(?<d3>${D})(?:[日号]|(?!\\d|\\.|${counted})))`,
    absolute,
  ),
  rule(
    /\d[./]\d/,
    "\\d",
    `(?<![\\d./·:-])(?<m>1[0-2]|0?[1-9])(?<dot>[./])(?<d>[12]\\d|3[01]|0[1-9]|[1-9])[日号]?(?:\\s*(?:-|~|至|到)\\s*(?:(?<m2>1[0-2]|0?[1-9])\\k<dot>)?(?<d2>[12]\\d|3[01]|0?[1-9])[日号]?)?(?![\\d./·:]|${counted})`,
    plausible,
  ),
  rule(
    /\d-\d/,
    "\\d",
    `(?<=^|[\\s，,。；;])(?<m>[1-9]|1[0-2])-(?<d>[12]\\d|3[01]|[1-9])(?=\\s*[一-龥])(?![行项]|${counted})`,
    plausible,
  ),
  rule(
    /\d-\d/,
    "\\d",
    `(?<![\\d./·:-])(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\\d|3[01])(?![\\d./·:-]|${counted})`,
    plausible,
  ),
  rule(
    /[日号]/,
    `\\d两廿${n}`,
    `(?<![第路街道巷弄村幢栋\\d.])(?<d>${D})[日号]?(?:至|到|-|~|、|和|及)(?<d2>${D})[日号](?!之?内|[楼线桥门院路文仓井泵站库船机车令厅馆会罐储厂地标窗码岸人])`,
    dayOfMonth,
  ),
  rule(
    /[日号]/,
    `\\d两廿${n}`,
    `(?<![第路街道巷弄村幢栋\\d.几])(?<d>${D})[日号](?!之?内|[楼线桥门院路文仓井泵站库船机车令厅馆会罐储厂地标窗码岸人\\d])`,
    dayOfMonth,
  ),
  rule(
    /[昨今明]|[前后][天日晚早]/,
    "大前昨今明后",
    "(?<rel>大前|大后|前|昨|今|明|后)(?:天|日|晚|早(?!已))(?!然)|(?<rel2>昨儿|今儿|明儿)个?",
    relative,
  ),
  rule(
    /周|星期|礼拜/,
    "上本这下个周星礼",
    "(?<!每)(?<wk>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天1-6])(?:至|到|-|~)(?:周|星期|礼拜)?(?<w2>[一二三四五六日天1-7])(?!次|场|期|回)",
    weekday,
  ),
  rule(
    /周|星期|礼拜/,
    "上本这下个周星礼",
    "(?<!每)(?<wk>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天1-6])(?!次|场|期|回|个|年|人|名)",
    weekday,
  ),
  rule(/周|星期|礼拜/, "本这", "(?:本|这)个?(?:周|星期|礼拜)(?![末初])", () => whole),
  rule(
    /[月旬周前近日节最阵天季年端]|星期|礼拜/,
    `本这上中下个周前不近端儿最日有某那今年全去月\\d${n}`,
    "(?:本|这个|上个?|\\d{1,2}|[一二三四五六七八九十]{1,2})?月(?:初|中旬?|底|末|上旬|下旬)|(?<=[ ,，]|^)[上中下]旬|上上?个?(?:周|星期|礼拜)末?|(?:本|这|上)?个?周[末初]|前[几两]天|前些天|前一?阵子?|前段时间|前不久|不久前|近日|近期|近几天|这[几两]天|端午节?|儿童节|最近|日前|这阵子|有一天|某天|那天|[一二三四1-4]季度|[上下]半年|今年以来|年初以来|全年|去年以来",
    () => vague,
  ),
  rule(
    /月|[去前]年/,
    `本这当全整上下去前\\d${n}`,
    "(?:(?<y>(?:19|20)\\d\\d)年)?(?<![\\d个一二三四五六七八九十])(?<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|(?<rel>本月|这个?月|当月|全月|整个?月|上个?月|下个?月)份?|(?<past>去年|前年)",
    wholeMonth,
  ),
];

/** @param first the characters that a match may begin with: where there is none of them, nothing else is looked at */
function rule(needs: RegExp, first: string, source: string, resolve: Rule["resolve"]): Rule {
  return { needs, pattern: new RegExp(`(?=[${first}])(?:${source})`, "g"), resolve };
}
