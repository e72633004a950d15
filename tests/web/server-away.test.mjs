// A server that goes away while somebody works, and comes back.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { PASSWORD, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

/** Nothing is off screen, as soon as the page has taken the size it was given. */
async function fits(visited) {
  let found = await misfits(visited);
  for (let frame = 0; frame < 60 && found.length > 0; frame += 1) {
    await visited.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    found = await misfits(visited);
  }
  assert.deepEqual(found, []);
}

describe("a server that goes away", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({ customers: 6 });
  });
  after(() => harness?.close());

  for (const language of LANGUAGES) {
    /** CUS-43: what is shown is as old as it is, and after a restart it is said what happened. */
    it(`is noticed, and its restart is named, in ${language}`, async () => {
      const t = await words(language);
      const visited = await enter(harness, { language });
      const { page, show, faults, close } = visited;
      const live = t("dashboard-live", { at: "" }).trim();
      const banner = page.locator(".banner", { hasText: t("connection-lost-why") });
      // What a page is made of is here by then: a part that is missing when the server goes away has another way on.
      await show("/customers");
      await page.locator('[role="grid"][aria-rowcount="7"][aria-busy="false"]').waitFor();
      await show("/");
      await page.getByText(live).waitFor();
      assert.equal(await banner.count(), 0);

      await harness.stop();
      await banner.waitFor();
      assert.match(await banner.innerText(), /\d\d:\d\d/);
      assert.equal(await page.getByText(live).count(), 0);
      assert.deepEqual(await violations(visited), []);
      await fits(visited);
      await page.setViewportSize({ width: 450, height: 300 });
      await fits(visited);
      await page.setViewportSize({ width: 1280, height: 800 });

      // A page that is opened meanwhile says what is wrong instead of waiting for ever.
      await page.locator('nav a[href="#/customers"]').click();
      await page.getByRole("button", { name: t("retry"), exact: true }).waitFor();

      await harness.restart();
      await page.getByRole("button", { name: t("connection-try-now") }).click();
      const cover = page.getByRole("dialog", { name: t("sign-in-restarted") });
      await cover.waitFor();
      assert.deepEqual(await violations(visited), []);
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await cover.waitFor({ state: "detached" });
      await banner.waitFor({ state: "detached" });
      await page.locator('[role="grid"][aria-rowcount="7"][aria-busy="false"]').waitFor();
      await page.locator('nav a[href="#/"]').click();
      await page.getByText(live).waitFor();
      const unexpected = faults.filter((fault) => !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(fault));
      assert.deepEqual(unexpected, []);
      await close();
    });
  }

  /** CUS-43: with the server comes what the page is made of, and nobody has to ask for it. */
  it("brings a page whose part did not arrive when it is back", async () => {
    const t = await words("en");
    const { page, show, close } = await enter(harness);
    const part = /\/assets\/AuditPage[^/]*\.js/;
    await page.route(part, (route) => route.abort());
    await show("/customers");
    await page.locator('nav a[href="#/audit"]').click();
    const retry = page.getByRole("button", { name: t("retry"), exact: true });
    await retry.waitFor();
    // Another page is not held up by it.
    await page.locator('nav a[href="#/customers"]').click();
    await page.locator('[role="grid"]').waitFor();
    await page.locator('nav a[href="#/audit"]').click();
    await retry.waitFor();
    await harness.stop();
    await page.locator(".banner", { hasText: t("connection-lost-why") }).waitFor();
    await page.unroute(part);
    await harness.restart();
    await page.getByRole("button", { name: t("connection-try-now") }).click();
    const cover = page.getByRole("dialog", { name: t("sign-in-restarted") });
    await cover.waitFor();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await cover.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: t("nav-audit"), level: 1 }).waitFor();
    assert.equal(await retry.count(), 0);
    await close();
  });

  /** CUS-43: a chip stands only over rows that it chose; with the server, what was asked comes by itself. */
  it("leaves the rows of the question before with their own words", async () => {
    const t = await words("en");
    const { page, show, close } = await enter(harness);
    await show("/customers");
    const before = await page.locator('[role="grid"] .rows [role="row"]').count();
    await harness.stop();
    await page.locator(".banner").first().waitFor();
    const field = page.getByRole("textbox", { name: t("list-search-customers"), exact: true });
    await field.fill("nothing is called like this");
    await field.press("Enter");
    await page.getByRole("button", { name: t("retry"), exact: true }).waitFor();
    assert.equal(await page.locator(".chip").count(), 0);
    assert.equal(await page.locator('[role="grid"] .rows [role="row"]').count(), before);
    assert.equal(await field.inputValue(), "nothing is called like this");
    await harness.restart();
    await close();
  });
});
