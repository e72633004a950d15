// Flotilla without a mouse (UI-03).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "./checks.mjs";
import { enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

/** The row that the keyboard stands on, as a screen reader is told. */
const activeRow = (page) =>
  page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]');
    const row = document.getElementById(grid?.getAttribute("aria-activedescendant") ?? "");
    return row === null ? null : Number(row.getAttribute("aria-rowindex")) - 2;
  });
const chosenRows = (page) => page.locator('[role="grid"] [role="row"][aria-selected="true"]').count();

describe("the keyboard", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({ customers: 24 });
  });
  after(() => harness?.close());

  for (const language of LANGUAGES) {
    /** UI-03: the palette finds pages by their names in the language in force, and is accessible itself. */
    it(`opens a page by Ctrl K in ${language}`, async () => {
      const t = await words(language);
      const visited = await enter(harness, { language, theme: "dark" });
      const { page, show, faults, close } = visited;
      await show("/");
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: t("palette") });
      await palette.waitFor();
      assert.deepEqual(await violations(visited), []);
      await page.keyboard.type(t("nav-alarms"));
      await palette
        .getByRole("option", { name: t("nav-alarms") })
        .first()
        .waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: t("nav-alarms") }).waitFor();
      assert.equal(await palette.count(), 0);
      assert.deepEqual(faults, []);
      await close();
    });

    /** UI-03 */
    it(`lists its shortcuts by ? in ${language}`, async () => {
      const t = await words(language);
      const visited = await enter(harness, { language });
      const { page, show, faults, close } = visited;
      await show("/customers");
      await page.keyboard.press("?");
      const list = page.getByRole("dialog", { name: t("app-shortcuts") });
      await list.waitFor();
      for (const key of ["shortcut-palette", "shortcut-list-move", "shortcut-list-select", "shortcut-close"])
        await list.getByRole("rowheader", { name: t(key), exact: true }).waitFor();
      assert.deepEqual(await violations(visited), []);
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "detached" });
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** UI-03: a name found by the palette opens its panel. */
  it("finds a customer by a part of its name", async () => {
    const t = await words("en");
    const [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const { page, show, faults, close } = await enter(harness);
    await show("/");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(customer.name.slice(0, 12));
    const customers = page.getByRole("group", { name: t("palette-customers") });
    await customers.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator("aside.panel").getByRole("heading", { name: customer.name }).first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-03: what is typed into a field is text, no shortcut. */
  /** UI-07: what is selected is what the palette acts on; what cannot be done says why. */
  it("acts on what is selected by Ctrl K", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, idle, faults, close } = visited;
    await show("/customers");
    const palette = page.getByRole("dialog", { name: t("palette") });
    const option = (count) =>
      palette.getByRole("option", {
        name: t("customers-act-edit", { count, number: String(count) }),
      });
    await page.keyboard.press("Control+k");
    await option(0)
      .getByText(t("palette-select-first", { list: t("nav-customers") }))
      .waitFor();
    await page.keyboard.press("Escape");
    await page.locator('[role="grid"]').focus();
    for (const key of ["ArrowDown", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
    await page.keyboard.press("Control+k");
    await option(2).waitFor();
    assert.deepEqual(await violations(visited), []);
    await page.keyboard.type("edit 2");
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog", {
        name: t("customers-edit-several", { number: "2" }),
      })
      .waitFor();
    assert.equal(await palette.count(), 0);
    await page.keyboard.press("Escape");
    await idle();
    assert.deepEqual(faults, []);
    await close();
  });

  it("leaves a question mark in a field alone", async () => {
    const t = await words("en");
    const { page, show, close } = await enter(harness);
    await show("/customers");
    await page
      .getByRole("textbox", {
        name: t("list-search-customers"),
      })
      .fill("");
    await page.keyboard.type("why?");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await close();
  });

  /** UI-03, UI-23, UI-28: arrows move, Space selects, Enter opens beside the list, Esc closes. */
  it("moves in a list, selects and opens", async () => {
    const { page, show, faults, close } = await enter(harness);
    await show("/customers");
    const grid = page.getByRole("grid");
    await grid.focus();
    assert.equal(await activeRow(page), 0);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await activeRow(page), 2);
    await page.keyboard.press("ArrowUp");
    assert.equal(await activeRow(page), 1);
    await page.keyboard.press("Space");
    assert.equal(await chosenRows(page), 1);
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    assert.equal(await chosenRows(page), 3);
    await page.keyboard.press("End");
    assert.equal(await activeRow(page), 23);
    await page.keyboard.press("Home");
    assert.equal(await activeRow(page), 0);
    await page.keyboard.press("Enter");
    await page.locator("aside.panel").waitFor();
    // The focus is where the new thing stands, and comes back to the row it was opened from.
    await page.waitForFunction(
      () => document.activeElement?.closest("aside.panel")?.querySelector("h2") === document.activeElement,
    );
    await page.keyboard.press("Escape");
    await page.locator("aside.panel").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
    assert.equal(await activeRow(page), 0);
    await page.keyboard.press("Control+a");
    await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [aria-selected="false"]').length === 0);
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-03, UI-24: the key that moved a column moves it again, as often as it is pressed. */
  it("moves a column by several places", async () => {
    const { page, show, idle, faults, close } = await enter(harness);
    await show("/customers");
    const order = () =>
      page.locator('[role="columnheader"][data-column]').evaluateAll((heads) => heads.map((one) => one.dataset.column));
    const before = await order();
    const [moved] = before;
    await page.locator(`[role="columnheader"][data-column="${moved}"] button`).focus();
    for (const [key, place] of [
      ["ArrowRight", 1],
      ["ArrowRight", 2],
      ["ArrowRight", 3],
      ["ArrowLeft", 2],
      ["ArrowLeft", 1],
      ["ArrowLeft", 0],
    ]) {
      await page.keyboard.press(`Control+Shift+${key}`);
      await page.waitForFunction(
        ([name, wanted]) =>
          document.querySelectorAll('[role="columnheader"][data-column]')[wanted].dataset.column === name &&
          document.activeElement?.closest("[data-column]")?.dataset.column === name,
        [moved, place],
      );
    }
    assert.deepEqual(await order(), before);
    await idle();
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-07, UI-25: what the head of a list can do is done from the palette; what cannot be done says why. */
  it("exports the list, and arranges its columns, from the palette", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, faults, close } = visited;
    await show("/customers");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: t("palette") });
    await palette
      .getByRole("option", { name: t("palette-export-chosen", { count: "0", format: "CSV" }) })
      .getByText(t("palette-select-first", { list: t("nav-customers") }))
      .waitFor();
    const download = page.waitForEvent("download");
    await palette.getByRole("option", { name: t("palette-export-all", { count: "24", format: "CSV" }) }).click();
    assert.match((await download).suggestedFilename(), /\.csv$/);
    await page.keyboard.press("Control+k");
    await palette.getByRole("option", { name: t("palette-columns"), exact: true }).click();
    await page.getByRole("dialog", { name: t("list-columns") }).waitFor();
    assert.deepEqual(await violations(visited), []);
    await page.keyboard.press("Escape");
    // Where there is no list it says so.
    await show("/profile");
    await page.keyboard.press("Control+k");
    await palette
      .getByRole("option", { name: t("palette-export") })
      .getByText(t("palette-no-list"))
      .waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-24, UI-03: a view is saved and named without the mouse; nothing that is typed goes anywhere else. */
  it("saves a view under the name that is typed", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    await show("/customers");
    const views = page.getByRole("button", { name: t("list-views") });
    await views.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: t("list-views-save") }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches("dialog input.input"));
    await page.keyboard.type("Quay side");
    assert.equal(await dialog.getByRole("textbox").inputValue(), "Quay side");
    assert.equal(await page.getByRole("menu").count(), 0);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /Quay side/ }).waitFor();
    await idle();
    assert.equal(await page.getByRole("menu").count(), 0);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Quay side/);
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-01, UI-03: what is typed is found, arrows move, Enter chooses, also when it is pressed before the answer. */
  it("chooses an organization by typing", async () => {
    const t = await words("en");
    const [first, second] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const visited = await enter(harness);
    const { page, show, faults, close } = visited;
    await show("/profile");
    const chosen = (name) =>
      page
        .getByRole("button", {
          name: t("labelled", { label: t("app-organization"), value: name }),
          exact: true,
        })
        .waitFor();
    const button = page.locator(".topbar .organization");
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches("[role=combobox]"));
    assert.deepEqual(await violations(visited), []);
    await page.keyboard.type(first.name);
    await page.keyboard.press("Enter");
    await chosen(first.name);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches("[role=combobox]"));
    await page.keyboard.type(second.name);
    await page.getByRole("option", { name: second.name, exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await chosen(second.name);
    // The first of all is to have all.
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches("[role=combobox]"));
    await page.locator('[role="listbox"] [role="option"]').first().waitFor();
    await page.keyboard.press("Enter");
    await chosen(t("app-organization-all"));
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-03: whatever is opened to be filled in begins in its first field. */
  it("begins every form in its first field", async () => {
    const t = await words("en");
    const [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const { page, show, faults, close } = await enter(harness);
    const begins = async (where) => {
      await page
        .waitForFunction((selector) => {
          const form = document.querySelector(selector);
          const first = form?.querySelector('input:not([type="hidden"]), select, textarea');
          return first !== null && first !== undefined && document.activeElement === first;
        }, where)
        .catch(() => assert.fail(`${where} does not begin in its first field`));
    };
    for (const [path, form] of [
      ["/customers/new", "form#customer"],
      [`/customers/edit/${customer.id}`, "form#customer"],
      ["/organizations/new", "form#organization"],
      ["/accounts?open=new", "form#account"],
      ["/preferences", "form#preferences"],
    ]) {
      await show(path);
      await begins(form);
    }
    // A dialog as well; one without fields begins at the answer that changes nothing.
    await show("/customers");
    await page.getByRole("grid").focus();
    await page.keyboard.press("Control+a");
    await page.getByRole("button", { name: t("edit"), exact: true }).click();
    await begins("dialog[open] .dialog-body");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: t("delete"), exact: true }).click();
    await page.locator("dialog[open]").waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("dialog[open]") !== null);
    assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), t("close"));
    await page.keyboard.press("Escape");
    // An account that is opened from the list by keyboard is edited at once; its panel closes back to the list.
    await show("/accounts");
    await page.getByRole("grid").focus();
    await page.keyboard.press("Enter");
    await begins("form#account");
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-03: with Tab alone everything of a page is reached in turn, and each time it is seen where one is. */
  it("shows where the focus is", async () => {
    const { page, show, close } = await enter(harness);
    await show("/customers");
    const seen = new Set();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        // The ring may stand on the element or on the box that is drawn around it.
        const ring = [element, element.parentElement].some((one) => {
          const style = getComputedStyle(one);
          return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
        });
        return {
          name: element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40),
          ring,
        };
      });
      if (here === null) break;
      // A grid shows its active row instead.
      const grid = await page.evaluate(() => document.activeElement.getAttribute("role") === "grid");
      assert.ok(here.ring || grid, `no focus ring on “${here.name}”`);
      seen.add(here.name);
    }
    const t = await words("en");
    for (const key of ["nav-dashboard", "nav-audit", "list-filter", "list-columns", "customers-add"])
      assert.ok(seen.has(t(key)), `${t(key)} is not reached, only ${[...seen].join(", ")}`);
    await close();
  });
});
