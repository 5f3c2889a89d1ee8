import { Hono } from "hono";
import type { ApiEnv } from "./calls.ts";
import type { Files } from "./files.ts";

/** Like the object store behind real download links: no token, only the signature in the link, and it ages. */
export function downloads(files: Files): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get("/download/:name", ({ req }) => {
    const file = files.download(req.param("name"), req.query("Signature"));
    if (file === undefined) {
      const body = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>';
      return new Response(body, { status: 403, headers: { "content-type": "application/xml" } });
    }
    return new Response(Uint8Array.from(file.bytes), { headers: { "content-type": "application/octet-stream" } });
  });
}
