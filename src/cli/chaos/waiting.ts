import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import { z } from "zod";

const count = z.tuple([z.tuple([z.coerce.number()])]);

/** How many messages a bot has still to send, asked beside it: its own store would want the file for itself. */
export async function waitingMessages(databaseUrl: string): Promise<number> {
  const isFile = databaseUrl.startsWith("file:");
  const adapter = isFile
    ? new PrismaBetterSqlite3({ url: databaseUrl })
    : new PrismaPg({ connectionString: databaseUrl });
  const connection = await adapter.connect();
  const sql = `SELECT COUNT(*) FROM "OutboxMessage" WHERE status = 'waiting'`;
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] }).finally(() => connection.dispose());
  return count.parse(rows)[0][0];
}
