import { z } from "zod";
import { Prisma } from "./generated/sqlite/client.ts";

/** What most units have none of, most of the time. */
export interface Present {
  explanations: boolean;
  submissions: boolean;
  files: boolean;
  moved: boolean;
  deputies: boolean;
  filings: boolean;
}

const everything: Present = {
  explanations: true,
  submissions: true,
  files: true,
  moved: true,
  deputies: true,
  filings: true,
};

/** PostgreSQL answers with a boolean, SQLite with 0 or 1, as a number or a bigint. */
const found = z.union([z.boolean(), z.number(), z.bigint()]).transform(Boolean);
const answer = z.tuple([
  z.object({
    explanations: found,
    submissions: found,
    files: found,
    moved: found,
    deputies: found,
    filings: found,
  }),
]);

/**
 * What there is of these units: six questions in one, where each by itself would take a turn as long. `everyUnit` is what
 * stands for a unit where something is of all.
 */
export async function presentOf(
  client: Prisma.TransactionClient,
  campaignId: string,
  { unitIds, everyUnit }: { unitIds: readonly string[] | undefined; everyUnit: string },
): Promise<Present> {
  if (unitIds === undefined) return everything;
  const own = Prisma.sql`"campaignId" = ${campaignId} AND "unitId" IN (${Prisma.join([...unitIds])})`;
  const ownOrAll = Prisma.sql`"campaignId" = ${campaignId} AND "unitId" IN (${Prisma.join([...unitIds, everyUnit])})`;
  const rows = await client.$queryRaw`SELECT
    EXISTS (SELECT 1 FROM "Explanation" WHERE ${own}) AS "explanations",
    EXISTS (SELECT 1 FROM "Submission" WHERE ${own}) AS "submissions",
    EXISTS (SELECT 1 FROM "UnitFile" WHERE ${own}) AS "files",
    EXISTS (SELECT 1 FROM "MovedDeadline" WHERE ${ownOrAll}) AS "moved",
    EXISTS (SELECT 1 FROM "Deputy" WHERE ${own}) AS "deputies",
    EXISTS (SELECT 1 FROM "PaperFiling" WHERE ${own}) AS "filings"`;
  return answer.parse(rows)[0];
}
