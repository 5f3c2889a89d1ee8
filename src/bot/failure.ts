import type { UndeliveredCause } from "../flows/words/delivery.ts";

/** What became of a call that failed. Only a `doubtful` one may have been carried out all the same. */
export type Failure =
  | { kind: "notDone"; afterMs: number }
  | { kind: "doubtful"; afterMs: number }
  | { kind: "refused"; cause: UndeliveredCause };

const second = 1000;
const minute = 60 * second;
const busyAfterMs = 2 * second;
/** The ban for too many calls answers with a page and lasts five minutes (dingtalk.md §4.0). */
const banAfterMs = 5 * minute;

const tooFast = /Qps|^send\.too\.fast$|^send\.byToken\.tooFast$|^88\/(90018|90002)$|^http429$/;
const usedUp = /ApiCountLimit|^88\/90020$|^90020$/;
const robotCodeFault = /^invalidParameter\.robotCode\.(empty|invalid|notExsit|auth)$/;

/**
 * The one table of codes (dingtalk.md §4.0, §4.3, §4.4, §4.5, §4.9, §4.13): DingTalk's own, and for what came instead of an answer
 * `unreachable`, `network`, `timeout`, `banned`, `notJson`, `unexpected`, `http<status>`. What it doesn't list is refused.
 */
const table: readonly [RegExp, Failure][] = [
  // Turned away at the door, or never got there: nothing was done.
  [tooFast, { kind: "notDone", afterMs: second }],
  [/Qpm|^130101$|^410100$|^toomuch\.msg$/, { kind: "notDone", afterMs: minute }],
  // Too many to-dos for one person or the organisation; another call has the same one in hand.
  [/^todo\.\w+\.flowControlError$/, { kind: "notDone", afterMs: minute }],
  [/^todo\.\w+\.lockError$/, { kind: "notDone", afterMs: busyAfterMs }],
  [/^flowControlled$/, { kind: "notDone", afterMs: 5 * second }],
  [/^unreachable$/, { kind: "notDone", afterMs: busyAfterMs }],
  [/^banned$/, { kind: "notDone", afterMs: banAfterMs }],
  // The month's allowance is used up: hardly before an administrator acts.
  [usedUp, { kind: "notDone", afterMs: 60 * minute }],
  // Passed on and not answered in time, or answered with something else.
  [/^system\.|^-1$|^15$|^88\/$|^88\/isp\.|^unknown\.send\.result$/, { kind: "doubtful", afterMs: busyAfterMs }],
  [/^send\.ding\.exception$/, { kind: "doubtful", afterMs: busyAfterMs }],
  [/^(network|timeout|notJson|unexpected|http5\d\d|http408)$/, { kind: "doubtful", afterMs: busyAfterMs }],
  [/^invalidStaffId$|^staffId\.notExisted$|^illegal\.receivers$|^miss\.staffId$/, { kind: "refused", cause: "person" }],
  [/^robot\.oto\.notExist$|^chatbotId\.notAllow\.sendOTO$/, { kind: "refused", cause: "chat" }],
  [/^invalid\.openConversationId$|^group\.disbanded$|^bot\.stopped$/, { kind: "refused", cause: "group" }],
  [/^conversation\.org\.notMatch$|^resource\.unavailable$/, { kind: "refused", cause: "group" }],
  [/^400(102|106|013)$/, { kind: "refused", cause: "group" }],
  // A faulty setting, as far as a single call can tell: see `robot-code.ts`.
  [robotCodeFault, { kind: "notDone", afterMs: minute }],
  [/AccessDenied|^unauthorized$|^auth\.error$/, { kind: "refused", cause: "permission" }],
  [/^send\.forbidden$|^bot\.forbidden\.sendMessage$|^88\/60011$/, { kind: "refused", cause: "permission" }],
  [/^43010[1-4]$|^460101$|^40040[23]$/, { kind: "refused", cause: "content" }],
  [/^contain\.|tooLong$|^invalidParameter\.msg|^miss\.param\./, { kind: "refused", cause: "content" }],
];

/** `status` of 500 and more means that the call was passed on, whatever the code says. */
export function failureOf(code: string, status = 400): Failure {
  const [, failure = { kind: "refused", cause: "other" } as const] = table.find(([it]) => it.test(code)) ?? [];
  return status >= 500 && failure.kind === "refused" ? { kind: "doubtful", afterMs: busyAfterMs } : failure;
}

/** Whether there were too many calls within a second, by all who share what is allowed. */
export function isTooFast(code: string): boolean {
  return tooFast.test(code);
}

/** Whether the month's allowance is what a call was refused for. */
export function isAllowanceUsedUp(code: string): boolean {
  return usedUp.test(code);
}

/** Whether DingTalk does not know the robot that a call named (dingtalk.md §4.4, §4.5). */
export function isOfRobotCode(code: string): boolean {
  return robotCodeFault.test(code);
}

/** Keeps apart that a DING did not go out from that somebody can't be written to. */
export function dingProblem(code: string): string {
  return `${dingMark}${code}`;
}
const dingMark = "ding:";

/** Why a message was given up, from its code; of a person nothing is said by what says that a group has lost its robot. */
export function causeOf(code: string, to: "person" | "group"): UndeliveredCause {
  if (code.startsWith(dingMark)) return "ding";
  if (to === "group" && isOfRobotCode(code)) return "group";
  const failure = failureOf(code);
  if (failure.kind !== "refused") return "other";
  return failure.cause === "group" && to === "person" ? "other" : failure.cause;
}

/**
 * Whether another way to the same person may be open: the OpenAPI's allowance is used up, a permission is missing, or it
 * does not know the robot.
 */
export function closesOpenApi(code: string): boolean {
  const failure = failureOf(code);
  if (/ApiCountLimit/.test(code) || isOfRobotCode(code)) return true;
  return failure.kind === "refused" && failure.cause === "permission";
}

/** Whether DingTalk counts the call against the month: not what never came, or was turned away for its rate or token. */
export function isCounted(code: string): boolean {
  const isRefusedToken = /InvalidAuthentication|^invalidParameter\.token\.invalid$|^4(0014|2001)$/.test(code);
  const failure = failureOf(code);
  const isFromBehind = /^flowControlled$|^toomuch\.msg$|^todo\./.test(code) || isOfRobotCode(code);
  const isTurnedAway = failure.kind === "notDone" && !isFromBehind;
  return !isRefusedToken && !isTurnedAway;
}
