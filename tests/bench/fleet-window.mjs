// The real window on the workspace of 100,000 systems, driven by WebDriver: opened, signed in, one of its lists shown. What
// it runs on comes from its environment; `cargo xtask bench` brings the workspace and a display.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindow, until } from '../desktop/webdriver.mjs';
import { exactly, somewhere } from '../desktop/words.mjs';

/** The first page comes when the database is open, its key made of the password. In milliseconds. */
const PATIENCE = 60_000;

/** Opens the window on the list behind this entry of the navigation, has it measured, and prints the numbers. */
export async function inWindow({ entry, rows }, measure, inWords) {
  const { FLOTILLA_PROGRAM: program, FLOTILLA_LOGIN: login, FLOTILLA_PASSWORD: password } = process.env;
  const { FLOTILLA_BENCH_KEYCHAIN: keychain, DBUS_SESSION_BUS_ADDRESS: bus = '' } = process.env;
  assert.ok(program && login && password && process.env.FLOTILLA_WORKSPACE, 'start this with `cargo xtask bench`');
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-window-'));
  let window;
  try {
    window = await openWindow({
      program,
      environment: {
        LANG: 'en_GB.UTF-8',
        LC_ALL: '',
        // The keychain that holds the database's key is asked over it.
        ...(keychain === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: bus }),
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
    await window.click('link', exactly(entry));
    const shown = () =>
      window.evaluate((count) => {
        const list = document.querySelector('.list-body');
        const drawn = document.querySelectorAll('.list-body .row[aria-rowindex]:not(.waiting)');
        return drawn.length > 10 && Number(list.getAttribute('aria-rowcount')) === count + 1;
      }, rows);
    await until(`there are ${rows} rows`, shown, PATIENCE);
    const results = await measure(window);
    console.log(process.argv.includes('--json') ? JSON.stringify(results) : inWords(results));
  } finally {
    await window?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
