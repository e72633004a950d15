// The real window, driven as a person would use it. `cargo xtask test desktop` builds the program, gives it a
// display of its own and calls this.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openWindow } from './webdriver.mjs';

const program = process.env.FLOTILLA_PROGRAM;
const pictures = process.env.FLOTILLA_PICTURES;
assert.ok(program && pictures, 'start this with `cargo xtask test desktop`');

describe('the desktop window', { timeout: 180_000 }, () => {
  let folder;
  let window;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flotilla-desktop-'));
    window = await openWindow({
      program,
      environment: { FLOTILLA_WORKSPACE: join(folder, 'workspace'), XDG_DATA_HOME: join(folder, 'data') },
    });
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('opens and shows the interface', async () => {
    assert.equal(await window.title(), 'Flotilla');
    await window.sees(/Flotilla/);
    await window.picture(join(pictures, 'desktop-opened.png'));
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
});
