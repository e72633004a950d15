// PERF-18 in the real window: the desktop program on a workspace of 100,000 systems.

import { inWindow } from './fleet-window.mjs';
import { inWords, measure } from './scrolling.mjs';

const ROWS = 100_000;

await inWindow({ entry: 'nav-systems', rows: ROWS }, (window) => measure(window, ROWS), inWords);
