/** Lines that would keep a careless pattern busy for ever, by name; each repeated to the length asked for. */
const pieces: Record<string, string> = {
  digits: "1",
  "full-width digits": "９",
  "digits and commas": "1,",
  "digits and wide commas": "1，",
  "digits and dots": "1.",
  "digits and middle dots": "6·",
  "digits and dashes": "5-",
  "digits and slashes": "6/",
  "digits and colons": "9:",
  "digits and spaces": "1 ",
  一: "一",
  零: "零",
  十百千万: "十百千万",
  一万一万: "一万",
  亿万: "亿万",
  两几多: "两几多",
  每场: "每场",
  每场40人其中大概约近: "每场40人其中大概约近",
  不是不是: "不是",
  不是3场是2场: "不是3场是2场",
  不对改成: "不对改成",
  没有: "没有",
  其余都没有: "其余都没有",
  累计共合计: "累计共合计",
  第第第: "第",
  第1行: "第1行",
  "、": "、",
  "，。；": "，。；",
  "line breaks": "\n",
  spaces: " ",
  "open brackets": "（([【〔",
  "nested brackets": "（（1））",
  "quotation marks": "“”《》",
  演练: "演练",
  演练1场: "演练1场",
  发现整改: "发现8个隐患整改7个均已整改",
  "6月1日至": "6月1日至",
  上周五下周三: "上周五下周三",
  "surrogate pairs": "😀🧯",
  "half a surrogate pair": "\ud83d",
  "zero-width": "\u200b\u200d\ufeff",
  "right to left": "\u202e\u200f\u061c",
  "combining marks": "\u0301\u20e3",
  "control characters": "\u0001\u0007\u001b\u007f",
  "null bytes": "\0",
  letters: "aA",
  pinyin: "yan lian ",
  "markdown and html": "**<b>`#",
  "regular expression": "(a+)+$",
};

export const hostileNames: readonly string[] = Object.keys(pieces);

/** @param length in UTF-16 units, as `String.length` */
export function hostileLine(name: string, length: number): string {
  const piece = pieces[name];
  if (piece === undefined) throw new RangeError(`no hostile line ${name}`);
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}
