// PERF-19 in Chromium: how long it takes from a keystroke to the paint that shows it, in the search of a list of 100,000
// rows, in the palette and in a form. `node tests/bench/typing.mjs` prints a line for each; `--json` prints the numbers.

import { onSheet } from "./sheet.mjs";

/** Enough for a 99th percentile that means something. */
const KEYS = 300;
const LETTERS = "harbour north annex 2 ";

const FIELDS = {
  search: {
    path: "/systems",
    focus: (page) => page.locator(".toolbar input").first().focus(),
  },
  palette: {
    path: "/systems",
    focus: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator(".palette-input input").waitFor();
    },
  },
  form: {
    path: "/customers/new",
    focus: (page) => page.locator("main input").first().focus(),
  },
};

/** In the page: notes for each keystroke how long it took until the frame after it was drawn. */
function watch() {
  const took = [];
  const painted = new MessageChannel();
  const waiting = [];
  painted.port1.onmessage = () => {
    const now = performance.now();
    for (const begun of waiting.splice(0)) took.push(now - begun);
  };
  addEventListener(
    "keydown",
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        waiting.push(timeStamp);
        // A message is heard after the frame that was under way.
        painted.port2.postMessage(null);
      }),
    { capture: true },
  );
  window.typed = took;
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const results = {};
await onSheet(async (page, open) => {
  for (const [name, { path, focus }] of Object.entries(FIELDS)) {
    await open(path);
    await page.evaluate(watch);
    await focus(page);
    // As somebody types; and when the field is long, it is emptied.
    for (let key = 0; key < KEYS; key += 1) {
      const letter = LETTERS[key % LETTERS.length];
      await page.keyboard.press(key % LETTERS.length === LETTERS.length - 1 ? "Control+a" : letter);
    }
    await page.waitForFunction((keys) => window.typed.length >= keys, KEYS);
    const sorted = (await page.evaluate(() => window.typed)).toSorted((one, other) => one - other);
    results[name] = { keys: sorted.length, median: at(sorted, 0.5), p99: at(sorted, 0.99), longest: sorted.at(-1) };
  }
});
if (process.argv.includes("--json")) console.log(JSON.stringify(results));
else
  for (const [name, { keys, median, p99, longest }] of Object.entries(results))
    console.log(
      `${name}: ${keys} keystrokes, median ${median.toFixed(1)} ms, 99 % ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
    );
