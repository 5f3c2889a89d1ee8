import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

test("a program that used PostgreSQL ends with its own exit code, not with success", async () => {
  const program = `
    const { startPostgres } = await import("./scripts/postgres.ts");
    await (await startPostgres()).stop();
    process.exitCode = 3;`;
  const cwd = resolve(import.meta.dirname, "../../..");
  const code = await new Promise((done) => {
    execFile(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], { cwd }, (error) =>
      done(error?.code ?? 0),
    );
  });
  expect(code).toBe(3);
});
