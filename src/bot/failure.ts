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

/**
 * The one table of codes (dingtalk.md §4.0, §4.4, §4.5): DingTalk's own, and for what came instead of an answer
 * `unreachable`, `network`, `timeout`, `banned`, `notJson`, `unexpected`, `http<status>`. What it doesn't list is refused.
 */
const table: readonly [RegExp, Failure][] = [
  // Turned away at the door, or never got there: nothing was done.
  [
    /Qps|^send\.too\.fast$|^send\.byToken\.tooFast$|^88\/(90018|90002)$|^http429$/,
    { kind: "notDone", afterMs: second },
  ],
  [/Qpm/, { kind: "notDone", afterMs: minute }],
  [/^flowControlled$/, { kind: "notDone", afterMs: 5 * second }],
  [/^unreachable$/, { kind: "notDone", afterMs: busyAfterMs }],
  [/^banned$/, { kind: "notDone", afterMs: banAfterMs }],
  // The month's allowance is used up: hardly before an administrator acts.
  [/ApiCountLimit|^88\/90020$|^90020$/, { kind: "notDone", afterMs: 60 * minute }],
  // Passed on and not answered in time, or answered with something else.
  [/^system\.|^-1$|^15$|^88\/$|^88\/isp\.|^unknown\.send\.result$/, { kind: "doubtful", afterMs: busyAfterMs }],
  [/^(network|timeout|notJson|unexpected|http5\d\d|http408)$/, { kind: "doubtful", afterMs: busyAfterMs }],
  [/^invalidStaffId$|^staffId\.notExisted$|^illegal\.receivers$/, { kind: "refused", cause: "person" }],
  [/^robot\.oto\.notExist$|^chatbotId\.notAllow\.sendOTO$/, { kind: "refused", cause: "chat" }],
  [/^invalid\.openConversationId$|^group\.disbanded$|^bot\.stopped$/, { kind: "refused", cause: "group" }],
  [/^conversation\.org\.notMatch$|^resource\.unavailable$/, { kind: "refused", cause: "group" }],
  // Told of a robot that was removed from its group; of one that was never right, too (dingtalk.md §4.4).
  [/^invalidParameter\.robotCode\.(invalid|notExsit)$/, { kind: "refused", cause: "group" }],
  [/AccessDenied|^unauthorized$|^auth\.error$/, { kind: "refused", cause: "permission" }],
  [/^send\.forbidden$|^bot\.forbidden\.sendMessage$|^88\/60011$/, { kind: "refused", cause: "permission" }],
  [/^contain\.|tooLong$|^invalidParameter\.msg|^miss\.param\./, { kind: "refused", cause: "content" }],
];

/** `status` of 500 and more means that the call was passed on, whatever the code says. */
export function failureOf(code: string, status = 400): Failure {
  const [, failure = { kind: "refused", cause: "other" } as const] = table.find(([it]) => it.test(code)) ?? [];
  return status >= 500 && failure.kind === "refused" ? { kind: "doubtful", afterMs: busyAfterMs } : failure;
}

/** Whether another way to the same person may be open: the OpenAPI's allowance is used up, or a permission is missing. */
export function closesOpenApi(code: string): boolean {
  const failure = failureOf(code);
  return /ApiCountLimit/.test(code) || (failure.kind === "refused" && failure.cause === "permission");
}

/** Whether DingTalk counts the call against the month: not what never came, or was turned away for its rate or token. */
export function isCounted(code: string): boolean {
  const isRefusedToken = /InvalidAuthentication|^invalidParameter\.token\.invalid$|^4(0014|2001)$/.test(code);
  const failure = failureOf(code);
  return !isRefusedToken && !(failure.kind === "notDone" && code !== "flowControlled");
}
