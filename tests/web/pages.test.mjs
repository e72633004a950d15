// Every page in a real browser: accessible, without faults, nothing cut off, in three languages and both themes.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { misfits, violations } from './checks.mjs';
import { enter, LANGUAGES, open } from './house.mjs';
import { pagesOf, prepare } from './tour.mjs';
import { words } from './words.mjs';

/** Collects what is wrong on all pages, so that one run tells everything. */
async function tour(house, pages, options, check) {
  const visited = await enter(house, options);
  const wrong = [];
  for (const { name, path, act } of pages) {
    await visited.show(path);
    await act?.(visited);
    for (const fault of await check(visited, name)) wrong.push(`${name}: ${fault}`);
    for (const fault of visited.faults.splice(0)) wrong.push(`${name}: console: ${fault}`);
  }
  await visited.close();
  assert.deepEqual(wrong, [], wrong.join('\n'));
}

describe('every page', { timeout: 900_000 }, () => {
  let house;
  let pages;

  before(async () => {
    house = await open({ customers: 24 });
    pages = pagesOf(await prepare(house));
  });
  after(() => house?.close());

  for (const theme of ['light', 'dark']) {
    for (const language of LANGUAGES) {
      /** UI-02, UI-03, GEN-05 */
      it(`is accessible and without faults in ${language}, ${theme}`, () =>
        tour(house, pages, { language, theme }, violations));
    }
  }

  for (const language of LANGUAGES) {
    /** GEN-05, UI-05 */
    it(`fits into the narrowest window in ${language}`, () =>
      tour(house, pages, { language, width: 900, height: 600 }, misfits));
  }

  /** GEN-05 */
  it('fits at the usual size in the longest language', () => tour(house, pages, { language: 'fr' }, misfits));

  /** UI-03: at twice the size the window holds a quarter, and everything is still there. */
  it('is accessible at 200 %', () => tour(house, pages, { width: 640, height: 400 }, violations));

  /** UI-01: the title names the page, and what is not an address says so. */
  it('names itself in the title, in each language', async () => {
    for (const language of LANGUAGES) {
      const t = await words(language);
      const visited = await enter(house, { language });
      for (const [path, key] of [
        ['/', 'nav-dashboard'],
        ['/customers', 'nav-customers'],
        ['/audit', 'nav-audit'],
      ]) {
        await visited.show(path);
        assert.equal(await visited.page.title(), `${t(key)} · Flotilla`);
        assert.equal(await visited.page.locator('nav [aria-current="page"]').innerText(), t(key));
      }
      await visited.show('/no-such-page');
      await visited.page.getByText(t('app-not-found'), { exact: true }).waitFor();
      await visited.close();
    }
  });

  /** UI-01: back and forward go through the pages that were open. */
  it('can be gone back to', async () => {
    const { page, show, faults, close } = await enter(house);
    await show('/');
    await page.locator('nav a[href="#/customers"]').click();
    await page.waitForFunction(() => location.hash === '#/customers');
    await page.locator('nav a[href="#/alarms"]').click();
    await page.waitForFunction(() => location.hash === '#/alarms');
    await page.goBack();
    await page.locator('nav a[href="#/customers"][aria-current="page"]').waitFor();
    await page.goForward();
    await page.locator('nav a[href="#/alarms"][aria-current="page"]').waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
});
