// PERF-05 in the real window: how long frames take while a list of customers is open and another process changes a thousand
// of them, beside the same window when nothing changes. This says `change` when it is time, and hears `changed` when the
// other process is done.

import { createInterface } from 'node:readline/promises';
import { inWindow } from './fleet-window.mjs';
import { begin, end, frames } from './scrolling.mjs';

const CUSTOMERS = 10_000;
/** Of changes, and as many without. */
const TURNS = 3;
/** How long nothing changes; also how long the list is looked at after the other process is done. In milliseconds. */
const LOOK = 5_000;

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function look(window, change) {
  await window.evaluate(begin, '.list-body', 0);
  if (change) {
    console.log('change');
    const { value } = await answers.next();
    if (value !== 'changed') throw new Error(`the other process says ${value}`);
  }
  return window.evaluate(end, Number.MAX_SAFE_INTEGER, LOOK);
}

async function measure(window) {
  const seen = { quiet: [], changing: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    seen.quiet.push(await look(window, false));
    seen.changing.push(await look(window, true));
  }
  return { quiet: frames(seen.quiet), changing: frames(seen.changing) };
}

await inWindow({ entry: 'nav-customers', rows: CUSTOMERS }, measure, (results) => JSON.stringify(results, null, 2));
process.stdin.destroy();
