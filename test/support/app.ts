import { onTestFinished } from "vitest";
import { type App, startApp } from "../../src/app.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import type { Clock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import {
  type LocalDingTalk,
  type LocalDingTalkOptions,
  startLocalDingTalk,
} from "../../src/playground/local-dingtalk.ts";
import { credentialsFor } from "../bot/loopback.ts";
import { emptyDatabase, temporaryFolder } from "./database.ts";

type World = Pick<LocalDingTalkOptions, "people"> & Partial<LocalDingTalkOptions>;

/** The whole program against a local DingTalk of its own, until the test is over; `boss` is its manager. */
export async function startBeside(
  { campaign, clock }: { campaign: Campaign; clock: Clock },
  world: World,
): Promise<{ app: App; dingtalk: LocalDingTalk; databaseUrl: string }> {
  const robot = { clientId: "dingtest", clientSecret: "s3cret" };
  const dingtalk = await startLocalDingTalk({ ...robot, groups: [], now: () => clock.now(), ...world });
  onTestFinished(() => dingtalk.stop());
  const [databaseUrl, dataDir] = [await emptyDatabase(), await temporaryFolder()];
  const credentials = credentialsFor(dingtalk.baseUrl);
  const parts = { campaign, clock, credentials, managers: ["boss"], log: createLog("silent"), hasCron: false };
  const app = await startApp({ ...parts, databaseUrl, dataDir });
  onTestFinished(() => app.stop());
  return { app, dingtalk, databaseUrl };
}
