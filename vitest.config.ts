import { defineConfig } from "vitest/config";

/** What the database has a say in runs on each of the two. */
const onBoth = [
  "test/store/**/*.test.ts",
  "test/transcripts.test.ts",
  "test/scheduler/{tick,presence}.test.ts",
  "test/bot/{turn,todos}.test.ts",
  "test/chaos.test.ts",
];

/** What knows no world but its arguments, and so needs no database. */
const pure = ["test/{campaign,reader,report}/**/*.test.ts", "test/scheduler/{plan,periods,walk/*}.test.ts"];

/** Files share their worker's modules, which often take longer to load than to test. */
const shared = { testTimeout: 60_000, hookTimeout: 60_000, pool: "forks", isolate: false } as const;

export default defineConfig({
  test: {
    // By itself vitest leaves one core free, which on two is half of them.
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: "pure", include: pure } },
      {
        test: {
          ...shared,
          name: "sqlite",
          include: ["test/**/*.test.ts"],
          exclude: ["**/postgresql/**", ...pure],
          globalSetup: "test/support/sqlite-setup.ts",
        },
      },
      {
        test: {
          ...shared,
          name: "postgresql",
          include: onBoth,
          exclude: ["**/sqlite/**"],
          globalSetup: "test/support/postgres-setup.ts",
        },
      },
    ],
  },
});
