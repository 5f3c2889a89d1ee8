import { expect, test } from "vitest";
import { closesOpenApi, failureOf, isCounted } from "../../src/bot/failure.ts";

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
  ["invalidParameter.robotCode.invalid", 400, "group"],
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
  const closed = ["Forbidden.AccessDenied.ApiCountLimitForOrg", "Forbidden.AccessDenied.AccessTokenPermissionDenied"];
  expect(closed.filter(closesOpenApi)).toEqual(closed);
  const open = ["Forbidden.AccessDenied.QpsLimitForApi", "invalidStaffId", "timeout", "fault", "never.heard.of"];
  expect(open.filter(closesOpenApi)).toEqual([]);
});

test("what never came, or was turned away at the door, is not counted against the month", () => {
  const free = ["Forbidden.AccessDenied.QpsLimitForApi", "88/90018", "unreachable", "InvalidAuthentication", "40014"];
  expect(free.filter(isCounted)).toEqual([]);
  const counted = ["system.error", "timeout", "invalid.openConversationId", "contain.unsafe.url"];
  expect(counted.filter(isCounted)).toEqual(counted);
});
