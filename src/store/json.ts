import type { Prisma } from "./generated/sqlite/client.ts";

/** Domain values as a JSON column takes them: plain data, instants as ISO text. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value));
}
