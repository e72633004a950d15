// PERF-05: no dropped frame while the list of 100,000 systems is scrolled. The built interface runs on a fleet in
// memory (ui/src/app/sheet), so that what is measured is the drawing alone; beside it, in the same browser, a plain
// virtual list of the same row height, cells and words is its floor. `node tests/bench/scroll.mjs` prints one line a
// speed; `--json` prints the numbers, `--profile` where the time of the list goes.

import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "../../ui/node_modules/playwright-core/index.mjs";
import { build } from "../../ui/node_modules/vite/dist/node/index.js";

const ROWS = 100_000;
const FRAMES = 240;
const ROUNDS = 3;
/** A frame that took longer was seen to be late. */
const LATE = 50;
/** Rows a frame: a wheel turned steadily, and a scroll bar dragged so that every row in view is another each frame. */
const SPEEDS = { wheel: 3, drag: 40 };
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

/** In the page: scrolls an element by so many pixels a frame and answers how long each frame took. */
function scroll([selector, pixels, frames]) {
  const list = document.querySelector(selector);
  list.scrollTop = 0;
  return new Promise((resolve) => {
    const took = [];
    let last = null;
    const frame = (now) => {
      if (last !== null) took.push(now - last);
      last = now;
      if (took.length === frames) return resolve(took);
      list.scrollTop += pixels;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** In an empty page: a list of recycled rows of text and nothing else, the least that shows the same. */
function plain([rows, height, columns]) {
  document.body.innerHTML = `<style>
    body { margin: 0; font: 13px sans-serif; }
    #plain { height: 100vh; overflow: auto; position: relative; }
    #plain > div { position: relative; }
    .row { position: absolute; inset: 0 0 auto; height: ${height}px; display: grid; contain: strict;
      grid-template-columns: repeat(${columns}, 1fr); align-items: center; }
    .row span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
  </style><div id="plain"><div style="height:${rows * height}px"></div></div>`;
  const list = document.querySelector("#plain");
  const pool = Array.from({ length: Math.ceil(innerHeight / height) + 16 }, () => {
    const row = document.createElement("div");
    row.className = "row";
    const cells = Array.from({ length: columns }, () => {
      const cell = row.appendChild(document.createElement("span"));
      return cell.appendChild(document.createTextNode(""));
    });
    list.firstElementChild.append(row);
    return { row, cells, index: -1 };
  });
  const draw = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / height) - 8);
    for (let index = first; index < Math.min(rows, first + pool.length); index += 1) {
      const one = pool[index % pool.length];
      if (one.index === index) continue;
      one.index = index;
      one.row.style.transform = `translateY(${index * height}px)`;
      one.cells.forEach((cell, place) => (cell.data = `${place} PBX-${index}`));
    }
  };
  list.addEventListener("scroll", draw, { passive: true });
  draw();
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
function summary(frames) {
  const sorted = [...frames].sort((left, right) => left - right);
  return {
    frames: frames.length,
    late: frames.filter((took) => took > LATE).length,
    median: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    longest: sorted.at(-1),
  };
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
  const ours = await browser.newPage({ viewport: VIEW });
  await ours.goto(`${base}/sheet.html?app&language=en&count=${ROWS}#/systems`);
  await ours.getByText("PBX-000001").waitFor();
  const [height, columns] = await ours.evaluate(() => {
    const row = document.querySelector(".list-body .row[aria-rowindex]");
    return [row.getBoundingClientRect().height, row.children.length];
  });
  const floor = await browser.newPage({ viewport: VIEW });
  await floor.evaluate(plain, [ROWS, height, columns]);

  const results = {};
  for (const [speed, rows] of Object.entries(SPEEDS)) {
    const frames = { list: [], floor: [] };
    // In turns, so that both are slowed by whatever else this machine does.
    for (let round = 0; round < ROUNDS; round += 1) {
      await ours.bringToFront();
      frames.list.push(...(await ours.evaluate(scroll, [".list-body", rows * height, FRAMES])));
      await floor.bringToFront();
      frames.floor.push(...(await floor.evaluate(scroll, ["#plain", rows * height, FRAMES])));
    }
    results[speed] = { list: summary(frames.list), floor: summary(frames.floor) };
  }
  if (process.argv.includes("--json")) console.log(JSON.stringify(results));
  else {
    for (const [speed, { list, floor: least }] of Object.entries(results)) {
      const line = ({ late, frames, median, p99, longest }) =>
        `${late} of ${frames} frames over ${LATE} ms, median ${median.toFixed(1)}, 99 % ${p99.toFixed(1)}, longest ${longest.toFixed(1)} ms`;
      console.log(`PERF-05 scrolling (${speed}): ${line(list)}\n${" ".repeat(9)}a plain list: ${line(least)}`);
    }
  }
  if (process.argv.includes("--profile")) {
    await ours.bringToFront();
    await profile(ours, () => ours.evaluate(scroll, [".list-body", SPEEDS.drag * height, FRAMES]));
  }
} finally {
  while (closing.length > 0) await closing.pop()();
}
