// The real window, driven as a person would use it. `cargo xtask test desktop` builds the program, gives it a
// display of its own and calls this.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openWindow } from './webdriver.mjs';

const program = process.env.FLOTILLA_PROGRAM;
const pictures = process.env.FLOTILLA_PICTURES;
assert.ok(program && pictures, 'start this with `cargo xtask test desktop`');

const DATABASE_PASSWORD = 'harbour-at-dawn-7';
const PASSWORD = 'Lantern-42-sails';

/** The words on the window are those of the English locale; the test reads them from there. */
const locale = await readFile(new URL('../../ui/locales/en.ftl', import.meta.url), 'utf8');
function words(key) {
  const found = locale.match(new RegExp(`^${key} = (.+)$`, 'm'));
  assert.ok(found, `en.ftl has no ${key}`);
  return found[1];
}
const escaped = (key) => words(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const exactly = (key) => new RegExp(`^${escaped(key)}$`);
const beginning = (key) => new RegExp(`^${escaped(key)}`);
const somewhere = (key) => new RegExp(escaped(key));

describe('the desktop window', { timeout: 300_000 }, () => {
  let folder;
  let window;

  const open = () =>
    openWindow({
      program,
      environment: {
        LANG: 'en_GB.UTF-8',
        LC_ALL: '',
        // All that the program and the webview keep stays in the test's own folder.
        FLOTILLA_WORKSPACE: join(folder, 'workspace'),
        FLOTILLA_KEYCHAIN: 'none',
        XDG_DATA_HOME: join(folder, 'data'),
        XDG_CONFIG_HOME: join(folder, 'config'),
        XDG_CACHE_HOME: join(folder, 'cache'),
      },
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flotilla-desktop-'));
    window = await open();
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ADM-04
  it('asks for a database password where there is no keychain', async () => {
    assert.equal(await window.title(), 'Flotilla');
    await window.sees(somewhere('key-choose-title'));
    await window.picture(join(pictures, 'desktop-1-opened.png'));
    await window.type(exactly('key-password'), DATABASE_PASSWORD);
    await window.type(exactly('account-password-again'), DATABASE_PASSWORD);
    await window.click('button', exactly('key-choose-do'));
    await window.sees(somewhere('first-title'));
  });

  // SEC-01
  it('does not trust its own page', async () => {
    const powers = await window.evaluate(() => {
      const attempt = (action) => {
        try {
          return action();
        } catch {
          return 'refused';
        }
      };
      return {
        global: typeof window.__TAURI__,
        evaluation: attempt(() => new Function('return "allowed"')()),
        prototype: attempt(() => {
          Object.prototype.planted = true;
          return 'planted' in {} ? 'allowed' : 'refused';
        }),
      };
    });
    assert.deepEqual(powers, { global: 'undefined', evaluation: 'refused', prototype: 'refused' });
  });

  // ACC-01
  it('makes the first administrator and shows the dashboard', async () => {
    await window.type(beginning('account-first-name'), 'Maren');
    await window.type(beginning('account-last-name'), 'Osei');
    await window.type(beginning('account-login'), 'maren');
    await window.type(exactly('account-password'), PASSWORD);
    await window.type(exactly('account-password-again'), PASSWORD);
    await window.picture(join(pictures, 'desktop-2-first-start.png'));
    await window.click('button', exactly('first-create'));
    await window.sees(somewhere('nav-dashboard'));
    await window.picture(join(pictures, 'desktop-3-dashboard.png'));
  });

  // ADM-04, ACC-06
  it('starts again: locked, then signed out, then as it was left', async () => {
    await window.stop();
    window = await open();
    await window.sees(somewhere('key-unlock-title'));
    await window.type(exactly('key-password'), 'not-the-password');
    await window.click('button', exactly('key-unlock-do'));
    await window.sees(somewhere('error-workspace-key-wrong'));
    await window.type(exactly('key-password'), DATABASE_PASSWORD);
    await window.click('button', exactly('key-unlock-do'));
    await window.sees(somewhere('sign-in-title'));
    await window.type(exactly('account-login'), 'maren');
    await window.type(exactly('account-password'), PASSWORD);
    await window.click('button', exactly('sign-in-do'));
    await window.sees(somewhere('nav-dashboard'));
  });
});

describe('the demo', { timeout: 300_000 }, () => {
  let folder;
  let window;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flotilla-desktop-'));
    window = await openWindow({
      program,
      environment: {
        LANG: 'en_GB.UTF-8',
        LC_ALL: '',
        FLOTILLA_WORKSPACE: join(folder, 'workspace'),
        FLOTILLA_KEYCHAIN: 'none',
        FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
        // The demo's own workspace, too, stays in this test's folder.
        TMPDIR: folder,
        XDG_DATA_HOME: join(folder, 'data'),
        XDG_CONFIG_HOME: join(folder, 'config'),
        XDG_CACHE_HOME: join(folder, 'cache'),
      },
    });
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ACC-01: from the first page of a new workspace to a fleet that lives.
  it('opens from the first page, with a fleet on the dashboard', async () => {
    await window.click('button', exactly('first-demo-open'));
    await window.sees(somewhere('sign-in-demo-title'), { patience: 90_000 });
    await window.click('button', exactly('sign-in-demo'));
    await window.sees(/40 customers/);
    await window.sees(somewhere('demo-banner'));
    await window.sees(somewhere('connection-connected'));
    await window.picture(join(pictures, 'desktop-4-demo.png'));
  });

  // DSH-03: a number leads to the list behind it, in the window as in a browser.
  it('leads from a number to its list', async () => {
    await window.click('link', somewhere('connection-connected'));
    await window.sees(somewhere('list-customers-status'));
    await window.picture(join(pictures, 'desktop-5-demo-customers.png'));
  });
});
