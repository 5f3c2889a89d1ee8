import { formDue, instant, shift } from "./days.ts";
import { fill } from "./filling.ts";
import {
  answerReturn,
  askAsManager,
  bindGroup,
  correctAfterDeadline,
  correctAfterSubmission,
  publish,
  returnForm,
  submitAgain,
} from "./managing.ts";
import { nominateEarly, nominateLate, nominateWhereNobodyIsKnown } from "./nominating.ts";
import type { Play } from "./play.ts";
import { lookBeforeFirstReminder, lookBeforeLastReminder, reportBeforeNudge, reportEvent } from "./reminding.ts";
import { report } from "./reporting.ts";

/** A name for the progress bar, and what happens. */
export type Scene = [string, () => Promise<void>];

/** One whole campaign, from the first nomination to the last reminder. */
export function scenesOf(play: Play): Scene[] {
  const { nomination } = play.stage.campaign.obligations;
  const statistics = formDue(play.stage.campaign);
  const { start, end } = play.stage.campaign.period;
  const at = (day: string, clock: string) => () => play.stage.moveTo(instant(day, clock));
  const reports = Array.from({ length: 4 }, (_, n): Scene => {
    const day = shift(start, 4 + n * 6);
    return [`${day} 随时报送`, () => report(play, day)];
  });
  return [
    ["推荐联络员", () => nominateEarly(play)],
    ["群", () => bindGroup(play)],
    ["没有联系人的单位", () => nominateWhereNobodyIsKnown(play)],
    ["截止前的提醒", at(nomination.due, "16:00")],
    ["截止后的提醒", at(shift(nomination.due, 4), "10:00")],
    ["迟到的推荐", () => nominateLate(play)],
    ...reports.slice(0, 2),
    ["提醒前正在用", () => lookBeforeFirstReminder(play)],
    ["宣传咨询日", () => reportEvent(play)],
    ...reports.slice(2, 3),
    ["一周没有报送", () => reportBeforeNudge(play, shift(start, 22))],
    ...reports.slice(3),
    ["提前提醒", at(shift(end, -3), "10:00")],
    ["逐页填报", () => fill(play, ["early", "twoFields", "byContact", "talkative", "brief", "noFields"])],
    ["提交后更正", () => correctAfterSubmission(play)],
    ["更正时发布", () => publish(play)],
    ["重新提交", () => submitAgain(play)],
    ["最后一个工作日", at(end, "10:00")],
    ["被提醒后才报", () => fill(play, ["declined", "late"])],
    ["退回", () => returnForm(play)],
    ["退回时发布", () => publish(play)],
    ["最后一次提醒前正在用", () => lookBeforeLastReminder(play)],
    ["退回后重新提交", () => answerReturn(play)],
    ["管理员查看", () => askAsManager(play)],
    ["截止", at(statistics.due, "18:00")],
    ["逾期提醒", at(shift(statistics.due, 2), "10:00")],
    ["逾期补报", () => fill(play, ["overdue"])],
    ["截止后更正", () => correctAfterDeadline(play)],
    ["再次发布", () => publish(play)],
    ["收尾", at(shift(statistics.due, 2), "18:00")],
  ];
}
