// PERF-18 in Chromium. `node tests/bench/scroll.mjs` prints a line for each speed; `--json` prints the numbers, `--profile`
// where the time of the list goes.

import { setTimeout as pause } from "node:timers/promises";
import { measure, inWords } from "./scrolling.mjs";
import { onSheet, ROWS } from "./sheet.mjs";

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

const profiled = process.argv.includes("--profile");
await onSheet(
  async (page) => {
    const driven = {
      evaluate: (body, ...values) => page.evaluate(`(${body}).apply(null, ${JSON.stringify(values)})`),
      async wheel({ x, y }, pixels, steps, every) {
        await page.mouse.move(x, y);
        for (let step = 0; step < steps; step += 1) {
          await page.mouse.wheel(0, pixels);
          await pause(every);
        }
      },
    };
    const scrolled = () => measure(driven, ROWS);
    if (profiled) return profile(page, scrolled);
    const results = await scrolled();
    console.log(process.argv.includes("--json") ? JSON.stringify(results) : inWords(results));
  },
  { minify: !profiled },
);
