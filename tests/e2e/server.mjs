// A static file server that knows no other path than the site's, two folders down.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const PREFIX = "/x/y/";
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname === PREFIX ? "index.html" : pathname.slice(PREFIX.length);
    try {
      if (!pathname.startsWith(PREFIX) || name.includes("..")) throw new Error("not of the site");
      const body = await readFile(new URL(name, folder));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain", "content-length": body.length });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}${PREFIX}`, close: () => server.close() };
}
