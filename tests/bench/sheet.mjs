// The built interface on a fleet in memory (ui/src/app/sheet) in Chromium, so that what is measured is the drawing alone.

import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "../../ui/node_modules/playwright-core/index.mjs";
import { build } from "../../ui/node_modules/vite/dist/node/index.js";

/** So many systems the fleet has. */
export const ROWS = 100_000;
const VIEW = { width: 1280, height: 800 };
const ui = join(import.meta.dirname, "../../ui");

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

async function served(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    const file = createReadStream(join(folder, path));
    file.once("error", () => response.writeHead(404).end());
    file.once("open", () => {
      response.writeHead(200, {
        "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
      });
      file.pipe(response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/**
 * Builds the interface, readable if `minify` is false, opens its list of systems, and calls `work` with the page and with
 * what opens another of its pages by its address.
 */
export async function onSheet(work, { minify = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "flotilla-sheet-"));
  const closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    await build({
      root: ui,
      configFile: join(ui, "vite.config.ts"),
      logLevel: "warn",
      build: {
        outDir: folder,
        emptyOutDir: true,
        minify,
        rollupOptions: { input: join(ui, "sheet.html") },
      },
    });
    const server = await served(folder);
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
    closing.push(() => browser.close());
    const page = await browser.newPage({ viewport: VIEW });
    const base = `http://127.0.0.1:${server.address().port}/sheet.html?app&language=en&count=${ROWS}`;
    const open = async (path) => {
      await page.goto("about:blank");
      await page.goto(`${base}#${path}`);
      await page.locator("main :is(h1, h2)").first().waitFor();
    };
    await open("/systems");
    await page.getByText("PBX-000001").waitFor();
    await work(page, open);
  } finally {
    while (closing.length > 0) await closing.pop()();
  }
}
