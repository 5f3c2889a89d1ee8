import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";

/** Guards design §3: who may import whom, no cycles, and pure folders that ask nothing of the world. */
const src = resolve(import.meta.dirname, "../src");

interface Layer {
  /** Folders and files of src that it may import besides its own. */
  inside: readonly string[];
  /** Packages that it may import; `null`: any. */
  packages: readonly string[] | null;
}

const pure = { packages: [] };
const layers: Record<string, Layer> = {
  campaign: { inside: [], packages: ["zod", "dayjs", "chinese-days", "libphonenumber-js"] },
  reader: { inside: ["campaign"], packages: ["dayjs", "pinyin-pro"] },
  flows: { inside: ["campaign", "reader"], packages: ["zod"] },
  "scheduler/plan": { inside: ["campaign"], ...pure },
  scheduler: {
    inside: ["campaign", "flows", "scheduler/plan", "store/store.ts", "checkpoint.ts", "clock.ts", "log.ts"],
    packages: ["node:", "node-cron"],
  },
  store: {
    inside: ["campaign", "flows"],
    packages: [
      "node:",
      "zod",
      "@prisma/adapter-better-sqlite3",
      "@prisma/adapter-pg",
      "@prisma/driver-adapter-utils",
      "pg",
    ],
  },
  bot: {
    inside: ["campaign", "flows", "store/store.ts", "config.ts", "checkpoint.ts", "clock.ts", "log.ts"],
    packages: ["node:", "zod", "dingtalk-stream", "ws"],
  },
  report: {
    inside: ["campaign"],
    packages: ["node:", "exceljs", "satori", "@resvg/resvg-js", "@fontsource/noto-sans-sc"],
  },
  playground: { inside: ["campaign"], packages: null },
  cli: { inside: ["*"], packages: null },
  "app.ts": { inside: ["*"], packages: null },
  "attachments.ts": {
    inside: ["bot/dispatcher.ts", "campaign", "clock.ts", "flows", "report", "store/store.ts"],
    ...pure,
  },
  "local.ts": {
    inside: ["app.ts", "campaign", "clock.ts", "log.ts", "playground", "store/emptied.ts"],
    ...pure,
  },
  "http.ts": { inside: ["app.ts"], packages: ["hono", "@hono/node-server"] },
  "campaign-file.ts": { inside: ["campaign"], packages: ["node:"] },
  "main.ts": {
    inside: [
      "app.ts",
      "campaign-file.ts",
      "clock.ts",
      "config.ts",
      "http.ts",
      "local.ts",
      "log.ts",
      "playground/page-server.ts",
      "store/database-refusal.ts",
    ],
    packages: ["node:", "dotenv"],
  },
  "config.ts": { inside: [], packages: ["zod"] },
  "log.ts": { inside: [], packages: ["pino"] },
  "clock.ts": { inside: [], packages: [] },
  "checkpoint.ts": { inside: [], packages: [] },
};

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((it) => /\.tsx?$/.test(it) && !it.includes("generated") && !it.includes(join("page", "dist")))
  .map((it) => it.split(sep).join("/"));

const imports: Import[] = files.flatMap((from) => {
  const path = join(src, from);
  const { module } = parseSync(path, readFileSync(path, "utf8"));
  const named = module.staticImports.map((it) => ({
    from,
    to: it.moduleRequest.value,
    isType: it.entries.length > 0 && it.entries.every((entry) => entry.isType),
  }));
  const reexported = module.staticExports.flatMap((it) =>
    it.entries.flatMap((entry) =>
      entry.moduleRequest ? [{ from, to: entry.moduleRequest.value, isType: entry.isType }] : [],
    ),
  );
  return [...named, ...reexported];
});

const isRelative = (to: string) => to.startsWith(".");
const target = ({ from, to }: Import) =>
  relative(src, resolve(src, dirname(from), to))
    .split(sep)
    .join("/");

function layerOf(file: string): string {
  const name = Object.keys(layers).find((it) => it === file || file.startsWith(`${it}/`)) ?? file;
  if (!(name in layers)) throw new Error(`src/${file} belongs to no layer of design §3`);
  return name;
}

function mayImport(from: string, to: string): boolean {
  const own = layerOf(from);
  const allowed = layers[own]?.inside ?? [];
  const layer = layerOf(to);
  return own === layer || allowed.includes("*") || allowed.includes(to) || allowed.includes(layer);
}

describe("layers of src", () => {
  it("finds the source it guards", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(150);
  });

  it("import only what design §3 lets them", () => {
    const broken = imports.filter((it) => isRelative(it.to) && !mayImport(it.from, target(it)));
    expect(broken.map((it) => `${it.from} → ${target(it)}`)).toEqual([]);
  });

  it("use only their own packages", () => {
    const broken = imports.filter((it) => {
      const packages = layers[layerOf(it.from)]?.packages ?? null;
      if (isRelative(it.to) || packages === null || it.isType) return false;
      return !packages.some((name) => it.to === name || it.to.startsWith(name.endsWith(":") ? name : `${name}/`));
    });
    expect(broken.map((it) => `${it.from} → ${it.to}`)).toEqual([]);
  });

  it("have no import cycle", () => {
    const edges = new Map<string, string[]>();
    for (const it of imports.filter((edge) => isRelative(edge.to) && !edge.isType)) {
      edges.set(it.from, [...(edges.get(it.from) ?? []), target(it)]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (path.includes(file) || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("are pure where they must be: no clock, no chance, no environment, no I/O", () => {
    const asksTheWorld =
      /new Date\(\)|Date\.now|Math\.random|process\.|performance\.|dayjs\(\)|\bfetch\(|setTimeout|setInterval|console\./;
    const pureFiles = files.filter((it) => /^(campaign|reader|flows|scheduler\/plan)\//.test(it));
    expect(pureFiles.length).toBeGreaterThan(30);
    const broken = pureFiles.flatMap((file) =>
      readFileSync(join(src, file), "utf8")
        .split("\n")
        .flatMap((line, n) =>
          asksTheWorld.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${file}:${n + 1} ${line.trim()}`] : [],
        ),
    );
    expect(broken).toEqual([]);
  });
});
