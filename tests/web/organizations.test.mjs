// Organizations in the browser: made from the menu at the top, chosen from then on, their id at hand (ORG-01 to ORG-03).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

describe("organizations", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({ customers: 6, trouble: "none" });
  });
  after(() => harness?.close());

  /** ORG-01, ORG-02, ORG-03 */
  it("are made from the menu, and are chosen from then on", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    await show("/customers");
    await page.getByRole("button", { name: t("app-organization-all") }).click();
    await page.getByRole("link", { name: t("app-organization-create") }).click();
    await page.getByRole("heading", { level: 1, name: t("organizations-create") }).waitFor();
    const name = page.getByRole("textbox", {
      name: t("organizations-name"),
      exact: true,
    });
    // What is wrong is told under the field.
    await page.getByRole("button", { name: t("organizations-create-do") }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await name.fill("Werft Nord");
    await page.getByRole("button", { name: t("organizations-create-do") }).click();
    await page.getByText(t("organizations-made", { name: "Werft Nord" })).waitFor();
    await page
      .locator("header.topbar")
      .getByRole("button", { name: /Werft Nord/ })
      .waitFor();
    const id = await page.evaluate(() => location.hash.split("/").at(-1).split("?")[0]);
    await page.getByText(id, { exact: true }).waitFor();
    await page
      .getByRole("button", {
        name: t("copy-named", { name: t("organizations-id") }),
      })
      .waitFor();
    // It scopes every page, also after the page is loaded anew.
    await show("/customers");
    await page
      .locator("header.topbar")
      .getByRole("button", { name: /Werft Nord/ })
      .click();
    await page.getByRole("option", { name: t("app-organization-all"), exact: true }).click();
    await idle();
    assert.deepEqual(faults, []);
    await close();
  });

  /** ORG-03, ORG-04, ORG-06, ORG-07, CUS-10: found in their list, edited, connected, archived and restored. */
  it("are found, edited, connected, archived and restored", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, idle, faults, close } = visited;
    const made = await call(visited, "organizations.create", {
      name: "Hafenamt",
      zone: "Europe/Berlin",
      language: "en",
    });
    await show("/organizations");
    await page.locator('nav.rail a.rail-item[href="#/organizations"]').waitFor();
    await page.getByRole("link", { name: "Hafenamt", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Hafenamt" }).waitFor();

    await page.getByRole("link", { name: t("edit"), exact: true }).click();
    const name = page.getByRole("textbox", {
      name: t("organizations-name"),
      exact: true,
    });
    await name.fill("Hafenamt Süd");
    await page.getByRole("button", { name: t("save"), exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Hafenamt Süd", exact: true }).waitFor();

    // Its first connection makes it a customer.
    await page.getByRole("button", { name: t("organizations-connect") }).click();
    const form = page.locator(".connections form");
    await form.getByLabel(t("customers-host"), { exact: true }).fill("192.0.2.1");
    await form
      .getByRole("textbox", { name: t("connections-user-name") })
      .or(form.getByRole("textbox", { name: t("customers-user-name") }))
      .fill("operator");
    await form
      .getByLabel(t("connections-password"), { exact: true })
      .or(form.getByLabel(t("customers-password"), { exact: true }))
      .fill("secret");
    await page.getByRole("checkbox", { name: t("customers-without-contact") }).check();
    await form.getByRole("button", { name: t("save"), exact: true }).click();
    await page.getByRole("link", { name: t("organizations-to-customer") }).waitFor();

    await page.getByRole("button", { name: t("organizations-archive") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("organizations-archive-confirmation")).fill(made.id);
    await dialog.getByRole("checkbox", { name: t("organizations-archive-tick") }).check();
    await dialog.getByRole("button", { name: t("organizations-archive-do") }).click();
    await page.waitForFunction(() => location.hash === "#/organizations");
    await idle();
    assert.equal(await page.getByRole("link", { name: "Hafenamt Süd" }).count(), 0);

    await page.getByRole("tab", { name: t("organizations-archived-tab") }).click();
    await page.getByText("Hafenamt Süd", { exact: true }).waitFor();
    await page.getByRole("button", { name: t("organizations-restore") }).click();
    // Who restores it knows its id (ORG-07).
    const restoring = page.getByRole("dialog");
    await restoring.getByLabel(t("organizations-restore-confirmation")).fill("something else");
    await restoring.getByRole("button", { name: t("organizations-restore-do") }).click();
    await restoring.getByText(t("error-organization-id-not-repeated")).waitFor();
    await restoring.getByLabel(t("organizations-restore-confirmation")).fill(made.id);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("organizations-restore-do") })
      .click();
    await page
      .getByRole("heading", { name: t("organizations-archived-empty") })
      .or(page.getByText(t("organizations-archived-empty")))
      .first()
      .waitFor();
    await page.getByRole("tab", { name: t("organizations-present") }).click();
    await page.getByRole("link", { name: "Hafenamt Süd", exact: true }).waitFor();
    await idle();
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-28: what was typed is asked about on every way of leaving. */
  it("do not lose what was typed without a yes", async () => {
    const t = await words("en");
    const { page, show, close } = await enter(harness);
    await show("/customers");
    await page.evaluate(() => (location.hash = "#/organizations/new"));
    const name = page.getByRole("textbox", {
      name: t("organizations-name"),
      exact: true,
    });
    await name.fill("Half a name");
    const question = page.getByRole("dialog", { name: t("unsaved-title") });
    const stays = async () => {
      await question.waitFor();
      await question.getByRole("button", { name: t("cancel") }).click();
      await question.waitFor({ state: "detached" });
      assert.equal(await name.inputValue(), "Half a name");
      assert.equal(await page.evaluate(() => location.hash), "#/organizations/new");
    };
    await page.locator('nav.rail a[href="#/alarms"]').click();
    await stays();
    await page.evaluate(() => history.back());
    await stays();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(t("nav-alarms"));
    await page.keyboard.press("Enter");
    await stays();
    // Loading anew is the browser's own question.
    const asked = new Promise((resolve) =>
      page.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      }),
    );
    await page.evaluate(() => setTimeout(() => location.reload()));
    assert.equal(await asked, "beforeunload");
    await page.locator('nav.rail a[href="#/alarms"]').click();
    await question.getByRole("button", { name: t("unsaved-do") }).click();
    await page.waitForFunction(() => location.hash === "#/alarms");
    await close();
  });

  /** ALM-05, DSH-03: from a system to exactly its alarms, whatever other names contain its own. */
  it("lead from a system to its own alarms only", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, idle, close } = visited;
    const [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const { systems } = await call(visited, "customers.panel", {
      id: customer.id,
    });
    const filter = JSON.stringify([{ column: "system", test: { kind: "any_of", values: [systems[0].id] } }]);
    await show(`/alarms?${new URLSearchParams({ filter })}`);
    await idle();
    await page.locator(".chip").filter({ hasText: systems[0].name }).waitFor();
    assert.equal(
      await page
        .locator(".chip")
        .filter({ hasText: t("list-id-unknown") })
        .count(),
      0,
    );
    await close();
  });
});
