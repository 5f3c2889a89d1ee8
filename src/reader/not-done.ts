import type { NoisePattern } from "./noise-patterns.ts";

/** Figures of what was not done, or not by those who report: planned, expected, compared, of the whole staff or city. */
const number = "[\\d,，零〇一二两三四五六七八九十百千万几]+";
const counted = `${number}\\s*(?:余|多)?(?:场次?|期|次|人次|人|名|位|个人?|座次?|处|项|条|户|幢|家|张)`;
const clause = "[^，,。；;\\n]";
/** 有员工35人参加: whoever came is counted. */
const cameAll =
  "(?!\\s*(?:[，,]\\s*(?=[全都均]))?(?:全部|全都|全员|都|均)?\\s*(?:参加|参与|到场|到会|出席|来|听|观看|接受|受训|参训|学习))";

/** Nothing of these is the unit's own figure, nor tells the row. */
export const notDone: readonly NoisePattern[] = [
  // whom one expected: 应到45人, 报名60人
  [
    /[应报]/,
    new RegExp(
      `(?:应到|应参加|应参会|应出席|报名)(?:人数|人员)?\\s*[:：]?\\s*(?:了|的|有|共)?\\s*${number}\\s*(?:余|多)?(?:[人名个位](?!\\s*(?:全部|全都|全员|都|均))|(?![\\d人名个位]))`,
      "g",
    ),
  ],
  // 演练2场，比上次多1场; with no figure before it, it is the only one told, and asked
  [
    /[比较]/,
    new RegExp(
      `(?<=[场次期人名位个座处项条户幢家张][，,、(\\s]{0,2}${clause}{0,4})(?:同比|环比|(?:比|较)(?:上|去|前|往|同|以|之|昨|原|计划))${clause}{0,6}?(?:增加|减少|增长|多|少|增|减)(?:来|到|开展|搞)?了?${clause}{0,6}?${counted}(?:${counted})?`,
      "g",
    ),
  ],
  // the whole staff, everybody who lives there
  [
    /[编册职员住]/,
    new RegExp(
      `(?:在编|在册|在职|编制|(?:共有|一共有|总共有|现有)(?:员工|职工|干部职工|工作人员|从业人员)|(?:员工|职工)总数|常住|户籍)(?:人口|人员|居民)?\\s*(?:共|有|:)?\\s*${number}\\s*(?:余|多)?[人名户]${cameAll}`,
      "g",
    ),
  ],
  [/[座椅额]/, new RegExp(`(?:座位|椅子|名额)${clause}{0,5}?${number}\\s*[个张把]`, "g")],
  [/[标务]/, new RegExp(`(?:年度|全年|月度|本月)?(?:目标|指标|任务)(?:数|是|为|:)*\\s*${counted}`, "g")],
  [/[格过证]/, new RegExp(`(?:考核|考试|测试)(?:合格|通过|及格|优秀)\\s*(?:的|有|了)?\\s*${number}\\s*[人名]`, "g")],
  // whom it reached, where nobody counts them so: 惠及居民500户
  [/[惠受]/, new RegExp(`(?:惠及|受益)${clause}{0,6}?${number}\\s*(?:余|多)?户`, "g")],
  [/零/, /[多少](?:写|打|输|加|填)了?[一两]个零/g],
  // what others are asked for, by when or how much: 请各单位于6月30日前完成不少于2场演练
  [
    /各/,
    /(?<![一-龥])请各(?:单位|县|区|局|科室|部门|企业|街道|乡镇)[^。；;\n]*?(?:日前|之前|不少于|至少|务必|尽快|及时)[^。；;\n]*/g,
  ],
  [/原/, /原(?:定|计划)(?:于|在)?\s*\d{1,2}月\d{1,2}[日号]/g],
];

/** Only the number is none: the words around it may still tell the row. */
const actual = "(?:实际|实到|最后|结果|只(?=[搞开办来到做])|合并|来了|到了)";
export const notDoneNumbers: readonly NoisePattern[] = [
  // 计划20座次，实际18座次; 原定2场合并成1场
  [
    /计划|[原预]|本来|打算/,
    new RegExp(
      `(?:原?计划|原定|原本|本来|预计|打算)${clause}{0,12}?${counted}(?:${counted})?(?=[^。；;\\n]{0,14}?${actual})`,
      "g",
    ),
  ],
  // 3场演练里取消了1场，实际2场
  [/取消/, new RegExp(`(?:${counted}${clause}{0,8})?取消了?\\s*${counted}(?=[^。；;\\n]{0,8}?${actual})`, "g")],
  [/[至不最]/, new RegExp(`(?:通知|文件|要求|规定)${clause}{0,8}?(?:至少|不少于|最少)\\s*${counted}`, "g")],
];
