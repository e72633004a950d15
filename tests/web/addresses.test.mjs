// What somebody sees stands in the address: back, a reload, and a link that is sent to a colleague show the same.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const CUSTOMERS = 24;
const rows = (page) => page.locator('[role="grid"] .rows [role="row"]');
const loaded = (page) => page.locator('[role="grid"][aria-busy="false"]').waitFor();
const hashOf = (page) => page.evaluate(() => location.hash);
const names = (page) => page.locator('[role="grid"] .rows a.name').allInnerTexts();
const searchField = (page, list) =>
  page.getByRole("textbox", { name: t(`list-search-${list}`), exact: true });
const headOf = (page, column) => page.getByRole("columnheader", { name: t(column), exact: true }).getByRole("button");

describe("the address of a list", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({ customers: CUSTOMERS });
  });
  after(() => harness?.close());

  /** UI-01, UI-20, UI-21, UI-22 */
  it("brings search, filter and sort back: after another page, a reload, and in a colleague's browser", async () => {
    const visited = await enter(harness);
    const { page, show, idle, faults, close } = visited;
    await show("/customers");
    await searchField(page, "customers").fill("a");
    await searchField(page, "customers").press("Enter");
    await headOf(page, "list-customers-name").click();
    await headOf(page, "list-customers-name").click();
    await page.locator('[role="columnheader"][aria-sort="ascending"]').waitFor();
    await idle();
    const address = await hashOf(page);
    assert.equal(address, "#/customers?search=a&sort=name");
    const shown = await names(page);
    assert.ok(shown.length > 1);

    const isAsBefore = async (where) => {
      await where.locator('[role="columnheader"][aria-sort="ascending"]').waitFor();
      await loaded(where);
      await where.waitForFunction(
        (count) => document.querySelectorAll('[role="grid"] .rows a.name').length === count,
        shown.length,
      );
      assert.deepEqual(await names(where), shown);
      assert.equal(await searchField(where, "customers").inputValue(), "a");
      assert.equal(await hashOf(where), address);
    };
    await page.locator('nav a.rail-item[href="#/alarms"]').click();
    await page.waitForFunction(() => location.hash === "#/alarms");
    await page.goBack();
    await isAsBefore(page);
    await page.reload();
    await isAsBefore(page);
    const colleague = await enter(harness);
    await colleague.page.goto(`${harness.address}${address}`);
    await colleague.page.reload();
    await isAsBefore(colleague.page);
    await colleague.close();

    // What is taken away goes from the address as well.
    await searchField(page, "customers").fill("");
    await searchField(page, "customers").press("Enter");
    await page.waitForFunction(() => location.hash === "#/customers?sort=name");
    await loaded(page);
    // A link to the list as it is shows it as it is.
    await page.locator('nav a.rail-item[href="#/customers"]').click();
    await page.locator('[role="columnheader"][aria-sort]').waitFor({ state: "detached" });
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-24: a view is named by its id, and brings its columns. */
  it("names the view that is chosen", async () => {
    const visited = await enter(harness);
    const { page, show, faults, close } = visited;
    await show("/customers");
    const view = await call(visited, "lists.save_view", {
      id: null,
      list: "customers",
      name: "By address",
      shared: false,
      query: { organization: null, search: "", criteria: [], sort: { column: "host", descending: true } },
      layout: {
        columns: [
          { name: "name", width: null },
          { name: "host", width: null },
        ],
      },
    });
    await show("/customers");
    await page
      .getByRole("button", { name: t("list-views"), exact: false })
      .first()
      .click();
    await page.getByRole("menuitemradio", { name: "By address" }).click();
    await page.waitForFunction((id) => location.hash === `#/customers?sort=-host&view=${id}`, view.id);
    await page.reload();
    await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
    await loaded(page);
    await page.getByRole("button", { name: /By address/ }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[role="columnheader"] .col').length === 2);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const [path, list, column] of [
    ["/systems", "systems", "list-systems-name"],
    ["/alarms", "alarms", "list-alarms-severity"],
    ["/accounts", "accounts", "list-accounts-login"],
    ["/audit", "audit", "list-audit-who"],
  ]) {
    /** UI-01 */
    it(`holds search and sort of ${path}`, async () => {
      const { page, show, idle, faults, close } = await enter(harness);
      await show(path);
      await headOf(page, column).click();
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      await searchField(page, list).fill("e");
      await searchField(page, list).press("Enter");
      await idle();
      const address = await hashOf(page);
      assert.match(address, /search=e/);
      assert.match(address, /sort=-/);
      const count = await page.getByRole("grid").getAttribute("aria-rowcount");
      await page.reload();
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      await page.locator(`[role="grid"][aria-rowcount="${count}"][aria-busy="false"]`).waitFor();
      assert.equal(await hashOf(page), address);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** UI-01, UI-28: a name is a link: clicked it opens beside the list, with Ctrl or the middle button in another tab. */
  it("is where the name of a row leads", async () => {
    for (const path of ["/customers?sort=name", "/accounts", "/audit", "/alarms"]) {
      const { page, show, faults, close } = await enter(harness);
      await show(path);
      const link = page.locator('[role="grid"] .rows a.name').first();
      const wanted = await link.getAttribute("href");
      assert.match(wanted, /open=/);
      const another = page.context().waitForEvent("page");
      await link.click({ modifiers: ["ControlOrMeta"] });
      const tab = await another;
      await tab.locator(".panel-head h2").waitFor();
      assert.equal(await hashOf(tab), wanted);
      assert.equal(await page.locator("aside.panel").count(), 0);
      const third = page.context().waitForEvent("page");
      await link.click({ button: "middle" });
      await (await third).locator(".panel-head h2").waitFor();
      await link.click();
      await page.locator(".panel-head h2").waitFor();
      assert.equal(await hashOf(page), wanted);
      // The keyboard goes on in the list, from this row.
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
      assert.deepEqual(faults, []);
      await close();
    }
  });

  for (const language of LANGUAGES) {
    /** ALM-06, GEN-05: what an alarm is, since when, and what to do about it is read, not hovered over. */
    it(`opens an alarm beside its list in ${language}`, async () => {
      const words_ = await words(language);
      const visited = await enter(harness, { language });
      const { page, show, idle, faults, close } = visited;
      await show("/alarms");
      await rows(page)
        .first()
        .click({ position: { x: 120, y: 10 } });
      const panel = page.locator("aside.panel");
      await panel.waitFor();
      await idle();
      await panel.getByRole("heading", { name: words_("alarms-what-to-do") }).waitFor();
      const text = await panel.innerText();
      const actions = [
        "no_contact",
        "access_refused",
        "certificate_changed",
        "certificate_expiring",
        "seen_elsewhere",
        "service_stopped",
        "system_stopped",
        "licence_expired",
      ].map((cause) => words_(`alarm-${cause}.action`));
      assert.ok(
        actions.some((action) => text.includes(action)),
        text,
      );
      assert.deepEqual(await violations(visited), []);
      assert.deepEqual(await misfits(visited), []);
      await panel.locator('a[href^="#/customers?open="]').first().click();
      await page.waitForFunction(() => location.hash.startsWith("#/customers?open="));
      await page.locator(".panel-head h2").waitFor();
      assert.deepEqual(faults, []);
      await close();
    });
  }
});
