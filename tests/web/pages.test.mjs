// Every page in a real browser: three languages, both themes, accessible, nothing cut off.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { enter, open, show, signIn, visit } from './house.mjs';

const AXE = await readFile(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const PAGES = [
  '/',
  '/customers',
  '/customers/new',
  '/customers/import',
  '/systems',
  '/alarms',
  '/accounts',
  '/accounts?open=new',
  '/preferences',
  '/audit',
  '/application-centre',
  '/profile',
];
const LOOKS = [
  { language: 'en', theme: 'light' },
  { language: 'fr', theme: 'dark' },
  { language: 'ja', theme: 'light' },
];

let house;
before(async () => {
  house = await open(24);
});
after(() => house?.close());

async function violations(page) {
  return page.evaluate(async (source) => {
    if (!('axe' in window)) (0, Function(source))();
    const found = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, AXE);
}

/** Elements whose text is cut without a way to see it whole (GEN-05). */
async function cutOff(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const style = getComputedStyle(element);
        const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
        return (
          text &&
          element.getClientRects().length > 0 &&
          element.scrollWidth > element.clientWidth + 1 &&
          element.clientWidth > 1 &&
          style.overflowX === 'hidden' &&
          style.textOverflow !== 'ellipsis'
        );
      })
      .map((element) => element.outerHTML.slice(0, 160)),
  );
}

/** ACC-06: the language switches the page at once, and a wrong password says no more than that. */
test('signing in', async () => {
  const { page, context, faults } = await visit(house);
  await page.locator('input[type="password"]').waitFor();
  await signIn(page, { password: 'not-the-password' });
  await page.getByText(/login name|password/i).first().waitFor();
  await page.locator('[role="alert"], .banner, .problem').first().waitFor();
  await signIn(page);
  await page.locator('nav').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

for (const look of LOOKS) {
  /** UI-02, UI-03, GEN-05: every page is accessible, without faults, and whole, in this language and theme. */
  test(`pages in ${look.language}, ${look.theme}`, async () => {
    const { page, context, faults } = await enter(house, look);
    assert.equal(await page.evaluate(() => document.documentElement.lang), look.language);
    for (const path of PAGES) {
      await show(page, path);
      assert.deepEqual(await violations(page), [], `axe on ${path}`);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  /** GEN-05, UI-05: nothing is cut off in the narrowest window. */
  test(`narrow pages in ${look.language}`, async () => {
    const { page, context } = await enter(house, { ...look, width: 900, height: 600 });
    for (const path of PAGES) {
      await show(page, path);
      assert.deepEqual(await cutOff(page), [], `cut off on ${path}`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(sideways, false, `${path} is wider than the window`);
    }
    await context.close();
  });
}

/** CUS-02, CUS-05, CUS-30, DSH-03: a number leads to the list behind it, a name to its panel. */
test('from the dashboard to a customer', async () => {
  const { page, context, faults } = await enter(house);
  await show(page, '/');
  const line = page.getByRole('row', { name: /^No connection/ });
  const count = Number((await line.getByRole('cell').first().innerText()).trim());
  assert.ok(count > 0, 'somebody is in trouble');
  await line.getByRole('link').first().click();
  await page.locator('[role="grid"]').waitFor();
  await page.waitForFunction(
    (rows) => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') === String(rows + 1),
    count,
  );
  await page.locator('[role="grid"] [role="row"] .name').first().click();
  await page.locator('aside, [role="complementary"]').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

/** UI-03: the palette opens by keyboard and finds a page. */
test('by keyboard alone', async () => {
  const { page, context, faults } = await enter(house);
  await show(page, '/');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Alarms');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/alarms'));
  assert.deepEqual(faults, []);
  await context.close();
});
