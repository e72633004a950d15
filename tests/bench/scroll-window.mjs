// PERF-18 in the real window: the desktop program on a workspace of 100,000 systems, driven by WebDriver. What it runs on
// comes from its environment; `cargo xtask bench PERF-18` calls this with the largest workspace and a display.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindow, until } from '../desktop/webdriver.mjs';
import { exactly, somewhere } from '../desktop/words.mjs';
import { measure, inWords } from './scrolling.mjs';

const ROWS = 100_000;
/** The first page comes when the database is open, its key made of the password. In milliseconds. */
const PATIENCE = 60_000;

const { FLOTILLA_PROGRAM: program, FLOTILLA_LOGIN: login, FLOTILLA_PASSWORD: password } = process.env;
assert.ok(program && login && password && process.env.FLOTILLA_WORKSPACE, 'start this with `cargo xtask bench PERF-18`');

const folder = await mkdtemp(join(tmpdir(), 'flotilla-scroll-'));
let window;
try {
  window = await openWindow({
    program,
    environment: {
      LANG: 'en_GB.UTF-8',
      LC_ALL: '',
      // What the webview keeps goes with the measurement.
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  await window.sees(somewhere('sign-in-title'), { patience: PATIENCE });
  await window.type(exactly('account-login'), login);
  await window.type(exactly('account-password'), password);
  await window.click('button', exactly('sign-in-do'));
  await window.sees(somewhere('nav-dashboard'));
  await window.click('link', exactly('nav-systems'));
  const shown = () =>
    window.evaluate((rows) => {
      const list = document.querySelector('.list-body');
      const drawn = document.querySelectorAll('.list-body .row[aria-rowindex]:not(.waiting)');
      return drawn.length > 10 && Number(list.getAttribute('aria-rowcount')) === rows + 1;
    }, ROWS);
  await until(`there are ${ROWS} rows`, shown, PATIENCE);
  const results = await measure(window, ROWS);
  console.log(process.argv.includes('--json') ? JSON.stringify(results) : inWords(results));
} finally {
  await window?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
