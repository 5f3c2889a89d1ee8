import { defineConfig } from "prisma/config";

// `prisma generate` asks for the schema engine's path but never runs it; its download host is often out of reach.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= import.meta.filename;

export default defineConfig({ schema: "prisma/schema.prisma" });
