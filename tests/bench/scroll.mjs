// PERF-18 in Chromium: the built interface runs on a fleet in memory (ui/src/app/sheet), so that what is measured is the
// drawing alone. `node tests/bench/scroll.mjs` prints a line for each speed; `--json` prints the numbers, `--profile` where
// the time of the list goes.

import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "../../ui/node_modules/playwright-core/index.mjs";
import { build } from "../../ui/node_modules/vite/dist/node/index.js";
import { measure, inWords } from "./scrolling.mjs";

const ROWS = 100_000;
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

/** Where the time of the list goes: the functions that ran themselves the longest. */
async function profile(page, measure) {
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.start");
  await measure();
  const { profile: found } = await session.send("Profiler.stop");
  const own = new Map();
  found.samples.forEach((id, place) => {
    own.set(id, (own.get(id) ?? 0) + found.timeDeltas[place] / 1000);
  });
  const byName = new Map();
  for (const node of found.nodes) {
    const { functionName, url, lineNumber } = node.callFrame;
    const name = `${functionName || "(anonymous)"} ${url.split("/").at(-1)}:${lineNumber}`;
    byName.set(name, (byName.get(name) ?? 0) + (own.get(node.id) ?? 0));
  }
  const most = [...byName].sort((left, right) => right[1] - left[1]).slice(0, 25);
  for (const [name, took] of most) console.log(`${took.toFixed(0).padStart(6)} ms  ${name}`);
}

const folder = await mkdtemp(join(tmpdir(), "flotilla-scroll-"));
const closing = [() => rm(folder, { recursive: true, force: true })];
try {
  await build({
    root: ui,
    configFile: join(ui, "vite.config.ts"),
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: !process.argv.includes("--profile"),
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
  const base = `http://127.0.0.1:${server.address().port}`;
  const page = await browser.newPage({ viewport: VIEW });
  await page.goto(`${base}/sheet.html?app&language=en&count=${ROWS}#/systems`);
  await page.getByText("PBX-000001").waitFor();
  const driven = {
    evaluate: (body, ...values) =>
      page.evaluate(`(${body}).apply(null, ${JSON.stringify(values)})`),
    async wheel({ x, y }, pixels, steps, every) {
      await page.mouse.move(x, y);
      for (let step = 0; step < steps; step += 1) {
        await page.mouse.wheel(0, pixels);
        await pause(every);
      }
    },
  };
  const scrolled = () => measure(driven, ROWS);
  if (process.argv.includes("--profile")) await profile(page, scrolled);
  else {
    const results = await scrolled();
    console.log(process.argv.includes("--json") ? JSON.stringify(results) : inWords(results));
  }
} finally {
  while (closing.length > 0) await closing.pop()();
}
