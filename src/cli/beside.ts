import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";

/** What a database really holds, asked beside the program that uses it: a store would want a SQLite file for itself. */
export async function askBeside(databaseUrl: string, sql: string): Promise<unknown[][]> {
  const isFile = databaseUrl.startsWith("file:");
  const adapter = isFile
    ? new PrismaBetterSqlite3({ url: databaseUrl })
    : new PrismaPg({ connectionString: databaseUrl });
  const connection = await adapter.connect();
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] }).finally(() => connection.dispose());
  return rows;
}
