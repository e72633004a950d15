// The list of customers, as somebody works with it: sorting, searching, filtering, choosing, opening, adding.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { violations } from "./checks.mjs";
import { rowsOf } from "./csv.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const CUSTOMERS = 24;

const rowCount = (page) =>
  page
    .getByRole("grid")
    .getAttribute("aria-rowcount")
    .then((count) => Number(count) - 1);
/** Waits until the list holds so many rows. */
const holds = (page, count) => page.locator(`[role="grid"][aria-rowcount="${count + 1}"][aria-busy="false"]`).waitFor();
const names = (page) => page.locator('[role="grid"] .rows [role="gridcell"].name .name').allInnerTexts();
const chip = (page, name) => page.getByRole("button", { name: t("list-chip-remove", { name }) });
const searchField = (page) =>
  page.getByRole("textbox", {
    name: t("list-search-customers"),
    exact: true,
  });

/** *+ Filter*: the column, one of its values with the number beside it, *Apply*. */
async function filterBy(page, column, value, count) {
  await page.getByRole("button", { name: t("list-filter"), exact: true }).click();
  const menu = page.getByRole("form", { name: t("list-filter-panel") });
  await menu.getByRole("tab", { name: t(`list-customers-${column}`), exact: true }).click();
  const entry = menu.locator("li").filter({ has: page.getByRole("checkbox", { name: value, exact: true }) });
  await entry.getByRole("checkbox").check();
  assert.equal((await entry.locator(".num").innerText()).trim(), String(count));
  await menu
    .getByText(t("list-filter-remain", { shown: String(count), total: String(CUSTOMERS) }), { exact: true })
    .waitFor();
  assert.deepEqual(await violations({ page }), []);
  await menu.getByRole("button", { name: t("apply") }).click();
}

describe("the list of customers", { timeout: 300_000 }, () => {
  let harness;
  let customers;
  before(async () => {
    harness = await open({ customers: CUSTOMERS });
    customers = JSON.parse(await harness.flotilla("customers", "list", "--json"));
  });
  after(() => harness?.close());

  /** Opens the list, does what is asked, and sees that the browser had nothing to complain about. */
  const onList =
    (test, path = "/customers") =>
    async () => {
      const visited = await enter(harness, { width: 1440, height: 1000 });
      await visited.show(path);
      await test(visited);
      assert.deepEqual(visited.faults, []);
      await visited.close();
    };

  it(
    "shows every customer with its connection in words",
    /** CUS-01, CUS-02, UI-23 */
    onList(async ({ page }) => {
      assert.equal(await rowCount(page), CUSTOMERS);
      await page.getByText(t("list-total", { total: "24" }), { exact: true }).waitFor();
      const shown = (await names(page)).toSorted();
      assert.deepEqual(shown, customers.map((one) => one.name).toSorted());
      const spoken = await page
        .locator('[role="grid"] .rows [role="gridcell"].name [role="img"]')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
      assert.deepEqual(spoken.toSorted(), customers.map((one) => t(`connection-${one.connection}`)).toSorted());
    }),
  );

  it(
    "sorts by a column: highest first, lowest first, as it was",
    /** UI-20 */
    onList(async ({ page, idle }) => {
      const head = page.getByRole("columnheader", {
        name: t("list-customers-name"),
      });
      const before = await names(page);
      const collate = new Intl.Collator("en", {
        sensitivity: "base",
        numeric: true,
      });
      const sorted = async (direction) => {
        await head.getByRole("button").click();
        if (direction === null) await page.locator('[role="columnheader"][aria-sort]').waitFor({ state: "detached" });
        else await page.locator(`[role="columnheader"][aria-sort="${direction}"]`).waitFor();
        await idle();
        return names(page);
      };
      const falling = await sorted("descending");
      const rising = await sorted("ascending");
      assert.deepEqual(rising, falling.toReversed());
      // Latin names among themselves, whatever the order of the scripts is.
      const latin = rising.filter((name) => /^[A-Za-z]/.test(name));
      assert.deepEqual(latin, latin.toSorted(collate.compare));
      assert.deepEqual(await sorted(null), before);
    }),
  );

  it(
    "finds words in any order, whatever their case, and shows the search as a chip",
    /** UI-21, UI-22 */
    onList(async ({ page }) => {
      const { name } = customers.find((one) => /^[A-Za-z]+ [A-Za-z]+ /.test(one.name));
      const [first, second] = name.split(" ");
      await searchField(page).fill(`${second.toUpperCase()} ${first.toLowerCase()}`);
      await page.keyboard.press("Enter");
      await chip(page, t("list-chip-search")).waitFor();
      await page.waitForFunction((all) => document.querySelector('[role="grid"]').ariaRowCount < all + 1, CUSTOMERS);
      assert.ok((await names(page)).includes(name));
      await chip(page, t("list-chip-search")).click();
      await holds(page, CUSTOMERS);
      await searchField(page).fill("no such customer anywhere");
      await page.getByRole("button", { name: t("list-search-go"), exact: true }).click();
      await page.getByText(t("list-nothing-matches"), { exact: true }).waitFor();
      await page.getByRole("button", { name: t("list-clear-filter") }).click();
      await holds(page, CUSTOMERS);
    }),
  );

  it(
    "filters by a criterion that stays when the panel is hidden, and searches inside it",
    /** UI-22 */
    onList(async ({ page }) => {
      const wanted = customers.filter((one) => one.connection === "connected");
      assert.ok(wanted.length > 0 && wanted.length < CUSTOMERS);
      const column = t("list-customers-connection");
      await filterBy(page, "connection", t("choice-customers-connection-connected"), wanted.length);
      await holds(page, wanted.length);
      // Head and foot say the same of how many there are.
      const totals = page.getByText(t("list-of", { shown: String(wanted.length), total: String(CUSTOMERS) }), {
        exact: true,
      });
      assert.equal(await totals.count(), 2);
      await searchField(page).fill(wanted[0].name);
      await page.keyboard.press("Enter");
      await holds(page, 1);
      assert.deepEqual(await names(page), [wanted[0].name]);
      await chip(page, column).click();
      await chip(page, t("list-chip-search")).click();
      await holds(page, CUSTOMERS);
    }),
  );

  it(
    "keeps a selection through sorting and searching",
    /** UI-23 */
    onList(async ({ page }) => {
      const [first, second] = await names(page);
      const tick = (name) =>
        page.getByRole("checkbox", {
          name: t("list-select-row", { name }),
          exact: true,
        });
      const chosen = (count) =>
        page
          .getByRole("region", { name: t("list-selection-bar") })
          .getByText(t("list-selected", { count, selected: String(count) }), {
            exact: true,
          })
          .waitFor();
      await tick(first).click();
      await tick(second).click();
      await chosen(2);
      await page
        .getByRole("columnheader", { name: t("list-customers-name") })
        .getByRole("button")
        .click();
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      await chosen(2);
      await searchField(page).fill(second);
      await page.keyboard.press("Enter");
      await chip(page, t("list-chip-search")).waitFor();
      await chosen(2);
      await chip(page, t("list-chip-search")).click();
      await holds(page, CUSTOMERS);
      assert.equal(await tick(first).isChecked(), true);
      assert.equal(await tick(second).isChecked(), true);
      await page
        .getByRole("button", {
          name: t("list-select-all-matching", { count: "24" }),
        })
        .click();
      await chosen(CUSTOMERS);
      await page.getByRole("button", { name: t("list-clear-selection") }).click();
      await page
        .getByText(t("list-selected", { count: 0, selected: "0" }), {
          exact: true,
        })
        .waitFor();
    }),
  );

  it(
    "opens a customer beside the list, which stays where it was",
    /** CUS-30, UI-28 */
    onList(async ({ page, idle }) => {
      const { id, name } = customers.find((one) => one.connection === "connected");
      await page.locator('[role="grid"] .rows').getByText(name, { exact: true }).click();
      const panel = page.locator("aside.panel");
      await panel.getByRole("heading", { level: 2, name }).waitFor();
      await idle();
      assert.equal(await rowCount(page), CUSTOMERS);
      assert.equal(new URL(page.url()).hash, `#/customers?open=${id}`);
      await panel.getByRole("button", { name: t("close"), exact: true }).click();
      await panel.waitFor({ state: "detached" });
      assert.equal(await rowCount(page), CUSTOMERS);
    }),
  );

  it(
    "finds a name whatever its accents, its case and its width",
    /** UI-21 */
    onList(async ({ page }) => {
      const accented = customers.find(
        ({ name }) => /\p{M}/u.test(name.normalize("NFD")) && /^[A-Za-zÀ-ÿ' -]+$/.test(name),
      );
      assert.ok(accented, "a customer with an accent");
      const bare = accented.name.normalize("NFD").replace(/\p{M}/gu, "");
      const wide = [...bare].map((letter) =>
        /[!-~]/.test(letter) ? String.fromCodePoint(letter.codePointAt(0) + 0xfee0) : letter,
      );
      for (const typed of [bare.toUpperCase(), wide.join("")]) {
        await searchField(page).fill(typed);
        await page.keyboard.press("Enter");
        await holds(page, customers.filter(({ name }) => name === accented.name).length);
        assert.deepEqual(await names(page), [accented.name], typed);
        await chip(page, t("list-chip-search")).click();
        await holds(page, CUSTOMERS);
      }
    }),
  );

  it(
    "hides, shows and moves columns, and knows them again after a reload",
    /** UI-24 */
    onList(async (visited) => {
      const { page, idle } = visited;
      const heads = () => page.locator('[role="grid"] [role="columnheader"] .cut').allInnerTexts();
      const label = (column) => t(`list-customers-${column}`);
      const first = await heads();
      assert.ok(first.includes(label("host")) && !first.includes(label("port")));
      const columns = page.getByRole("button", {
        name: t("list-columns"),
        exact: true,
      });
      const settings = page.getByRole("dialog", { name: t("list-columns") });
      await columns.click();
      await settings.waitFor();
      assert.deepEqual(await violations(visited), []);
      await settings.getByRole("checkbox", { name: label("host"), exact: true }).uncheck();
      await settings.getByRole("checkbox", { name: label("port"), exact: true }).check();
      // By keyboard, on the grip of its entry.
      await settings.getByRole("button", { name: t("list-column-move", { name: label("port") }) }).focus();
      for (let place = (await heads()).length; place > first.length - 2; place -= 1)
        await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Escape");
      await idle();
      const wanted = await heads();
      assert.deepEqual(
        wanted.filter((name) => name !== label("port")),
        first.filter((name) => name !== label("host")),
      );
      assert.equal(wanted.indexOf(label("port")), first.length - 3);
      await page.reload();
      await holds(page, CUSTOMERS);
      assert.deepEqual(await heads(), wanted, "kept for the account");
      await columns.click();
      await settings.getByRole("button", { name: t("list-columns-reset") }).click();
      await page.keyboard.press("Escape");
      await idle();
      assert.deepEqual(await heads(), first);
      // By mouse: a head is dragged over another, and that is no click on it.
      const head = (name) => page.getByRole("columnheader", { name: label(name), exact: true });
      const [from, to] = [await head("version").boundingBox(), await head("systems").boundingBox()];
      await page.mouse.move(from.x + 20, from.y + 10);
      await page.mouse.down();
      await page.mouse.move(to.x + 30, to.y + 10, { steps: 6 });
      await page.mouse.up();
      await idle();
      const dragged = await heads();
      assert.equal(dragged.indexOf(label("version")), first.indexOf(label("systems")));
      assert.equal(await page.locator('[role="columnheader"][aria-sort]').count(), 0);
      await page.reload();
      await holds(page, CUSTOMERS);
      assert.deepEqual(await heads(), dragged);
      await columns.click();
      await settings.getByRole("button", { name: t("list-columns-reset") }).click();
      await page.keyboard.press("Escape");
      await idle();
      await page.reload();
      await holds(page, CUSTOMERS);
      assert.deepEqual(await heads(), first);
    }),
  );

  it(
    "shows its usual columns whole at 1,280 pixels",
    /** UI-05 */
    async () => {
      const visited = await enter(harness, { width: 1280, height: 800 });
      for (const path of ["/customers", "/systems", "/alarms"]) {
        await visited.show(path);
        const { scrollWidth, clientWidth } = await visited.page
          .locator(".list-body")
          .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
        assert.ok(scrollWidth <= clientWidth, `${path}: ${scrollWidth} of ${clientWidth}`);
      }
      await visited.close();
    },
  );

  it(
    "is worked by keys from anywhere: to a page, to the search, into the list",
    /** UI-03 */
    onList(async ({ page, idle }) => {
      await page.keyboard.press("j");
      await page.waitForFunction(() => document.activeElement.getAttribute("role") === "grid");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.locator("aside.panel").waitFor();
      const all = await names(page);
      const title = await page.locator("aside.panel h2").first().innerText();
      assert.equal(title, all[1]);
      await page.keyboard.press("/");
      assert.ok(await searchField(page).evaluate((field) => field === document.activeElement));
      await page.keyboard.type("g s");
      assert.equal(await searchField(page).inputValue(), "g s");
      await page.keyboard.press("Escape");
      await page.getByRole("grid").focus();
      await page.keyboard.press("g");
      await page.keyboard.press("s");
      await page.getByRole("heading", { level: 1, name: t("nav-systems") }).waitFor();
      await idle();
    }),
  );

  it(
    "says how many of the chosen are not in view, and shows them",
    /** UI-08, UI-23 */
    onList(async ({ page }) => {
      const [first, second] = await names(page);
      for (const name of [first, second])
        await page.getByRole("checkbox", { name: t("list-select-row", { name }) }).click();
      await searchField(page).fill(second);
      await page.keyboard.press("Enter");
      await holds(page, 1);
      const bar = page.getByRole("region", { name: t("list-selection-bar") });
      await bar.getByText(t("list-selected-hidden", { count: "1" }), { exact: true }).waitFor();
      await bar.getByRole("button", { name: t("delete") }).click();
      const dialog = page.getByRole("dialog");
      // What goes is named, also what is not in view.
      await dialog.getByText(first, { exact: true }).waitFor();
      await dialog.getByText(second, { exact: true }).waitFor();
      await dialog.getByText(t("customers-delete-hidden", { count: 1, number: "1" })).waitFor();
      await dialog.getByRole("button", { name: t("cancel") }).click();
      await bar.getByRole("button", { name: t("list-selected-show", { count: "2" }) }).click();
      await holds(page, 2);
      assert.deepEqual(await names(page), [first, second]);
      await chip(page, t("list-selected-only")).click();
      await holds(page, CUSTOMERS);
    }),
  );

  it(
    "saves a view of filter, search and sorting, and deletes it",
    /** UI-24 */
    onList(async ({ page, idle }) => {
      const views = page.getByRole("button", {
        name: t("list-views"),
        exact: true,
      });
      const head = page.getByRole("columnheader", {
        name: t("list-customers-name"),
      });
      const [word] = customers[0].name.split(" ");
      await searchField(page).fill(word);
      await page.keyboard.press("Enter");
      await chip(page, t("list-chip-search")).waitFor();
      await head.getByRole("button").click();
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      await idle();
      const narrowed = await names(page);
      assert.ok(narrowed.length > 0 && narrowed.length < CUSTOMERS);
      await views.click();
      await page.getByRole("menuitem", { name: t("list-views-save") }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel(t("list-views-name")).fill("Mine, falling");
      await form.getByRole("button", { name: t("save"), exact: true }).click();
      await form.waitFor({ state: "detached" });
      // The view stands in the address: a reload shows it, and all customers are one choice away.
      await page.reload();
      await holds(page, narrowed.length);
      await page.getByRole("button", { name: "Mine, falling" }).click();
      await page.getByRole("menuitemradio", { name: t("list-views-all") }).click();
      await holds(page, CUSTOMERS);
      await views.click();
      await page.getByRole("menuitemradio", { name: "Mine, falling" }).click();
      await holds(page, narrowed.length);
      assert.deepEqual(await names(page), narrowed);
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      assert.equal(await searchField(page).inputValue(), word);
      // Its button tells which view is in force.
      const named = page.getByRole("button", { name: "Mine, falling" });
      await named.click();
      await page
        .getByRole("menuitem", {
          name: t("list-views-delete", { name: "Mine, falling" }),
        })
        .click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("list-views-delete-do") })
        .click();
      await views.click();
      await page.getByRole("menuitemradio", { name: t("list-views-all") }).waitFor();
      assert.equal(await page.getByRole("menuitemradio", { name: "Mine, falling" }).count(), 0);
    }),
  );

  it(
    "exports exactly what is listed, and exactly what is chosen",
    /** UI-25 */
    onList(async ({ page, idle }) => {
      const exported = async (group) => {
        const coming = page.waitForEvent("download");
        await page.getByRole("button", { name: t("list-export"), exact: true }).click();
        await page
          .getByRole("menuitem", { name: t("list-export-csv") })
          .nth(group)
          .click();
        const download = await coming;
        assert.match(download.suggestedFilename(), /^flotilla-customers-\d{4}-\d\d-\d\d\.csv$/);
        return rowsOf(await readFile(await download.path(), "utf8"));
      };
      const head = page.getByRole("columnheader", {
        name: t("list-customers-name"),
      });
      const wanted = customers.filter((one) => one.connection === "connected");
      await filterBy(page, "connection", t("choice-customers-connection-connected"), wanted.length);
      await holds(page, wanted.length);
      await head.getByRole("button").click();
      await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
      await idle();
      const listed = await names(page);
      const heads = await page.locator('[role="grid"] [role="columnheader"] .cut').allInnerTexts();
      const [title, ...rows] = await exported(0);
      // A time names its zone in the head (GEN-06).
      const contact = t("list-customers-last_contact");
      assert.deepEqual(
        title,
        heads.map((head) => (head === contact ? `${head} (Europe/Berlin)` : head)),
        "the columns shown, in their order",
      );
      const place = heads.indexOf(t("list-customers-name"));
      assert.deepEqual(
        rows.map((row) => row[place]),
        listed,
        "the rows listed, in their order",
      );
      const chosen = [listed[1], listed[3]];
      for (const name of chosen)
        await page
          .getByRole("checkbox", {
            name: t("list-select-row", { name }),
            exact: true,
          })
          .click();
      const [, ...some] = await exported(1);
      assert.deepEqual(
        some.map((row) => row[place]),
        chosen,
      );
    }),
  );

  it(
    "shows what somebody else changed without being asked",
    /** UI-26 */
    onList(async (visited) => {
      const { page } = visited;
      const added = await call(visited, "customers.save", {
        id: null,
        revision: 0,
        mode: "on-premises",
        host: "127.0.0.200",
        port: 8443,
        name: "Zephyr Observatory",
        user_name: "Administrator",
        password: "secret-1",
        address: "",
        telephone: "",
        email: "",
        notes: "",
        tags: [],
        operators: [],
        without_contact: true,
        proof: null,
        accept: null,
        proxy: { kind: "workspace" },
      });
      await holds(page, CUSTOMERS + 1);
      assert.ok(added);
      await searchField(page).fill("zephyr");
      await page.keyboard.press("Enter");
      await holds(page, 1);
      assert.deepEqual(await names(page), ["Zephyr Observatory"]);
    }),
  );
});
