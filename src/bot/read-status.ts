import { z } from "zod";
import { ApiError } from "./api-call.ts";
import type { ApiCalls } from "./api-calls.ts";

/** Who has read a message of the robot, by staff id. */
export type ReadStatus =
  | { kind: "known"; read: readonly string[]; unread: readonly string[] }
  /** DingTalk has not finished sending: to be asked again later. */
  | { kind: "processing" }
  /** DingTalk forgets after 24 hours. */
  | { kind: "expired" };

const path = "/v1.0/robot/oToMessages/readStatus";
const expiredCode = "processQueryKey.expireTime";

const reader = z.looseObject({ userId: z.string().min(1), readStatus: z.string() });
/** The status of the sending is misspelt in the documentation's own sample: only the one that matters is looked for. */
const answerSchema = z.looseObject({ sendStatus: z.string(), messageReadInfoList: z.array(reader).nullish() });

/**
 * Asks who of those that one `sendToPeople` reached has read it; `receipt` is its `processQueryKey` (dingtalk.md §4.7,
 * kb/0720). For a moment after the sending DingTalk is said to answer `expired` as well, as long as it has no record yet
 * (seen in the field, unverified): only of a message that is minutes old is it final. Counts as a call.
 *
 * Not watched for the robot's code (`robot-code.ts`): a fault of this call must not stop the messages.
 */
export async function readStatus(calls: ApiCalls, receipt: string): Promise<ReadStatus> {
  const query = { robotCode: calls.robotCode, processQueryKey: receipt };
  try {
    const { sendStatus, messageReadInfoList } = await calls.ofNew({ method: "GET", path, query }, answerSchema);
    if (sendStatus === "PROCESSING") return { kind: "processing" };
    const readers = messageReadInfoList ?? [];
    const read = readers.filter((it) => it.readStatus === "READ").map((it) => it.userId);
    const unread = readers.filter((it) => it.readStatus !== "READ").map((it) => it.userId);
    return { kind: "known", read, unread };
  } catch (error) {
    if (error instanceof ApiError && error.code === expiredCode) return { kind: "expired" };
    throw error;
  }
}
