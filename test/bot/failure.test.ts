import { expect, test } from "vitest";
import { causeOf, closesOpenApi, failureOf, isCounted } from "../../src/bot/failure.ts";

test.each([
  ["Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, "notDone"],
  ["Forbidden.AccessDenied.QpsLimitForApi", 403, "notDone"],
  ["Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 403, "notDone"],
  ["Forbidden.AccessDenied.ApiCountLimitForOrg", 403, "notDone"],
  ["send.too.fast", 400, "notDone"],
  ["flowControlled", 200, "notDone"],
  ["unreachable", 400, "notDone"],
  ["banned", 400, "notDone"],
  ["88/90018", 400, "notDone"],
  ["toomuch.msg", 400, "notDone"],
  ["todo.taskCreate.lockError", 400, "notDone"],
  ["todo.taskCreate.flowControlError", 400, "notDone"],
  ["send.ding.exception", 400, "doubtful"],
  ["todo.taskCreate.systemError", 500, "doubtful"],
  ["miss.staffId", 400, "person"],
  ["todo.taskCreate.paramError", 400, "other"],
  ["system.error", 500, "doubtful"],
  ["anything.else", 500, "doubtful"],
  ["http504", 504, "doubtful"],
  ["timeout", 400, "doubtful"],
  ["network", 400, "doubtful"],
  ["unknown.send.result", 400, "doubtful"],
  ["invalidStaffId", 200, "person"],
  ["robot.oto.notExist", 400, "chat"],
  ["group.disbanded", 400, "group"],
  ["invalid.openConversationId", 400, "group"],
  ["invalidParameter.robotCode.invalid", 400, "notDone"],
  ["invalidParameter.robotCode.notExsit", 400, "notDone"],
  ["invalidParameter.robotCode.auth", 400, "notDone"],
  ["Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, "permission"],
  ["Forbidden.AccessDenied.IpNotInWhiteList", 403, "permission"],
  ["invalidParameter.msgParam.tooLong", 400, "content"],
  ["contain.notAllowed.text", 400, "content"],
  ["never.heard.of", 400, "other"],
])("%s (%i) is %s", (code, status, expected) => {
  const failure = failureOf(code, status);
  expect(failure.kind === "refused" ? failure.cause : failure.kind).toBe(expected);
});

test("another way is looked for where allowance or permission is missing, and nowhere else", () => {
  const closed = [
    "Forbidden.AccessDenied.ApiCountLimitForOrg",
    "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    "invalidParameter.robotCode.notExsit",
  ];
  expect(closed.filter(closesOpenApi)).toEqual(closed);
  const open = ["Forbidden.AccessDenied.QpsLimitForApi", "invalidStaffId", "timeout", "fault", "never.heard.of"];
  expect(open.filter(closesOpenApi)).toEqual([]);
});

test("a group that does not know the robot has lost it; a person who does not, hasn't", () => {
  expect(causeOf("invalidParameter.robotCode.invalid", "group")).toBe("group");
  expect(causeOf("group.disbanded", "person")).toBe("other");
  expect(causeOf("invalidStaffId", "person")).toBe("person");
});

test("what never came, or was turned away at the door, is not counted against the month", () => {
  const free = ["Forbidden.AccessDenied.QpsLimitForApi", "88/90018", "unreachable", "InvalidAuthentication", "40014"];
  expect(free.filter(isCounted)).toEqual([]);
  const behind = ["toomuch.msg", "todo.taskCreate.lockError", "todo.taskCreate.flowControlError"];
  expect(behind.filter(isCounted)).toEqual(behind);
  const counted = ["system.error", "timeout", "invalid.openConversationId", "invalidParameter.robotCode.invalid"];
  expect(counted.filter(isCounted)).toEqual(counted);
});
