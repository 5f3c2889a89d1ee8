import { isWorkday, workdayAfter } from "../../campaign/calendar.ts";
import type { Duty } from "../../campaign/duty.ts";
import type { PersonalReminder, Reminder } from "../../campaign/reminder.ts";
import { byDeadline, deadlineText, dutyText, missedLines, obligationsText, severalMissed } from "./duty.ts";
import { eventLines, quietLines } from "./event.ts";
import { type Message, message, plain } from "./format.ts";

export const reminderWords = {
  reminder(data: PersonalReminder): Message {
    const { name, liaisonOf, duties, insteadOf } = data;
    const others = duties.filter((it) => it.unitId !== liaisonOf);
    const greeting = name === null ? "您好！" : `${plain(name)}，您好！`;
    const things = [...eventLines(data.event, data), ...dutyLines(data), ...quietLines(data)];
    const [first = "", ...rest] = things;
    const lines =
      duties.length > 1 || insteadOf.length > 0
        ? [`${greeting}${passedOnText(insteadOf)}`, ...things]
        : [`${greeting}${first}`, ...rest];
    const own = duties.filter((it) => it.unitId === liaisonOf);
    return message(
      [...lines, ...howToSendSummary(own), ...howToNominate(others, insteadOf)],
      [...helpButton(data), ...putOffButton(data)],
    );
  },

  /** Units that nobody can be reminded of, and nominations that wait for the managers themselves. */
  reminderForManagers(data: Reminder): Message {
    const waiting = data.duties.filter((it) => it.isWaiting);
    const nobody = data.duties.filter((it) => it.obligation === "nomination" && !it.isWaiting);
    const unreachable = data.duties.filter((it) => it.obligation !== "nomination");
    return message(
      [
        unitsLine(nobody, data, "还没有推荐联络员，我也没有可以提醒的联系人，请电话联系"),
        unitsLine(waiting, data, "推荐的联络员等您审核"),
        ...byDeadline(unreachable).map((group) =>
          unitsLine(group, data, `的${obligationsText(group)}还没有报齐，我找不到可以提醒的人，请电话联系`),
        ),
      ],
      waiting.length === 0 ? [] : ["审核"],
    );
  },
};

function passedOnText(insteadOf: readonly string[]): string {
  if (insteadOf.length === 0) return "";
  return `联络员${insteadOf.map(plain).join("、")}还没有看到我的提醒，请您转告本人，或帮忙催一下：`;
}

/** What is owed, most urgent first; what was missed more than once is said in one line. */
function dutyLines(data: PersonalReminder): string[] {
  const { duties, liaisonOf } = data;
  const namesUnits = duties.some((it) => it.unitId !== liaisonOf);
  const missed = severalMissed(duties);
  const things = byDeadline(duties.filter((it) => !missed.includes(it))).flatMap((group) => {
    const items = group.map((it) => `${namesUnits ? plain(it.unit) : ""}${dutyText(it)}`);
    const when = deadlineText(group, data);
    return items.length === 1 ? [`${items.join()}（${when}）。`] : [...items.map((it) => `· ${it}`), `${when}。`];
  });
  return [...missedLines(missed, namesUnits), ...things];
}

/** A contact can't fill in the form: somebody has to become the unit's liaison, or to be told. */
function howToNominate(duties: readonly Duty[], insteadOf: readonly string[]): string[] {
  const units = [...new Map(duties.map((it) => [it.unitId, it])).values()];
  return units.flatMap(({ unit, called, liaison, isReachable, isWaiting, obligation }) => {
    if (liaison !== null) {
      if (insteadOf.includes(liaison)) return [];
      return [
        `${isReachable ? "由" : ""}联络员${plain(liaison)}${isReachable ? "填报" : "还没有在钉钉里找到"}，请转告本人。`,
      ];
    }
    if (isWaiting) return [`${plain(unit)}推荐的联络员正等管理员同意，同意后即可填报。`];
    const first = obligation === "nomination" ? "" : "填报前需要先登记联络员。";
    return [`${first}请回复：联络员 ${plain(called)} 姓名 职务 电话`];
  });
}

function howToSendSummary(duties: readonly Duty[]): string[] {
  const isOwed = duties.some((it) => it.obligation === "summary");
  return isOwed ? ["总结报告请先回复“总结”，再把 Word 或 PDF 文件发给我。"] : [];
}

/** The one that takes the most urgent thing further. */
function helpButton({ duties, liaisonOf, quiet, event }: PersonalReminder): string[] {
  const [own] = byDeadline(duties.filter((it) => it.unitId === liaisonOf)).flat();
  if (own !== undefined) return [buttonFor(own)];
  if (duties.some((it) => it.unitId !== liaisonOf && it.liaison === null && !it.isWaiting)) return ["报名"];
  const isQuietOwn = quiet.some((it) => it.unitId === liaisonOf);
  return liaisonOf !== null && (isQuietOwn || event?.stage === "report") ? ["报送"] : [];
}

function buttonFor({ obligation, period, state, openRows, lacksStamped }: Duty): string {
  if (obligation === "summary") return "总结";
  if (obligation === "nomination") return "报名";
  // To be printed and stamped.
  if (lacksStamped) return "表格";
  const which = period === undefined ? "" : ` 第${period.no}期`;
  if (state === "notStarted") return `报送${which}`;
  return `${state === "drafting" && openRows.length === 0 ? "提交" : "继续"}${which}`;
}

const lateClock = "16:00";
const todayClock = "17:00";

/** Later today while that is before the deadline, else tomorrow; none where tomorrow's would come too late. */
function putOffButton({ day, clock = "09:00", duties }: PersonalReminder): string[] {
  if (duties.length === 0) return [];
  const [[next] = []] = byDeadline(duties.filter((it) => !it.isOverdue));
  if (next !== undefined && isWorkday(day) && clock < lateClock) {
    if (next.due > day || next.dueTime > todayClock) return ["今天17点提醒"];
  }
  return next === undefined || workdayAfter(day, 1) <= next.due ? ["明天提醒"] : [];
}

function unitsLine(duties: readonly Duty[], moment: Reminder, said: string): string | null {
  if (duties.length === 0) return null;
  const units = [...new Set(duties.map((it) => plain(it.unit)))];
  return `${units.length} 个单位${said}：${units.join("、")}（${deadlineText(duties, moment)}）。`;
}
