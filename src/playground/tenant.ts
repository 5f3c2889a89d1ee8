import { randomUUID } from "node:crypto";
import { apiError } from "./api-errors.ts";

/** What the organisation has bought and allowed the application; all of it unless said otherwise. */
export interface Tenant {
  /** Whether the robot may DING: the application lacks the permission, the edition has none, or what was bought is used up. */
  ding?: "allowed" | "notPermitted" | "notInEdition" | "usedUp";
  /** Whether it may write people's to-dos. */
  todo?: "allowed" | "notPermitted";
}

/** The scope is named in a field of its own, all in lower case (dingtalk.md §4.0). */
export function scopeMissing(scope: string): Response {
  const body = {
    code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    requestid: randomUUID().toUpperCase(),
    message: "应用尚未开通所需的权限",
    accessdenieddetail: { requiredScopes: [scope] },
  };
  return Response.json(body, { status: 403 });
}

/** What an edition without DING answers is documented nowhere: this is the code that other paid APIs give (dingtalk.md §4.0). */
export function dingRefusal(ding: Tenant["ding"] = "allowed"): Response | undefined {
  switch (ding) {
    case "allowed":
      return undefined;
    case "notPermitted":
      return scopeMissing("Premium.Ding.Write");
    case "notInEdition":
      return apiError(403, "orgAuthLevelNotEnough", "auth level of org is not enough");
    case "usedUp":
      return apiError(400, "ding.serverquota.insufficient", "ding server quota insufficient");
    default:
      return ding satisfies never;
  }
}
