// Devices, as an installer works with them: found in a range of addresses, added in one act, tried again where they refused.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
/** So many are added in one act; of them so many refuse the name of their first account. */
const ADDED = 10;
const REFUSING = 3;
const counted = (count) => ({ count, number: String(count) });

/** Everything that every page has to be. */
async function whole(visited) {
  await visited.idle();
  assert.deepEqual(await violations(visited), []);
  assert.deepEqual(await misfits(visited), []);
}

/** Chooses an organization in the panel of what is added. */
async function chooseOrganization(panel, name) {
  const search = panel.getByRole("textbox", { name: t("app-organization-search") });
  await search.fill(name);
  await search.press("Enter");
  await panel.getByRole("radio", { name, exact: true }).check();
}

describe("devices", { timeout: 300_000 }, () => {
  let harness;
  let customer;
  let search = "";
  before(async () => {
    harness = await open({ customers: 2, cameras: ADDED + 2, trouble: "none" });
    const [first] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    customer = first;
    for (const [place, { host }] of harness.devices.slice(0, ADDED).entries()) {
      // Before version 11.5 the first account has to be called root.
      await harness.simulate("POST", `/systems/${host}/version`, {
        version: place < REFUSING ? "10.12.240" : "11.11.141",
      });
      await harness.simulate("POST", `/systems/${host}/faults`, { kind: "factory-new" });
    }
  });
  after(() => harness?.close());

  /** DEV-01: form problems stand under their fields; what is found comes with how it was found and what can be done. */
  it("are found in a range of addresses", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show("/systems");
    await page
      .getByRole("link", { name: t("devices-find") })
      .first()
      .click();
    await page.getByRole("heading", { name: t("devices-find"), level: 1 }).waitFor();
    await whole(visited);
    for (const way of ["mdns", "ssdp", "ws_discovery"])
      await page.getByRole("checkbox", { name: t(`discovery-way-${way}`) }).uncheck();
    const start = page.getByRole("button", { name: t("discovery-start"), exact: true });
    await start.click();
    await page.getByText(t("discovery-ways-none")).waitFor();
    await page.getByRole("checkbox", { name: t("discovery-way-ranges") }).check();
    const ranges = page.getByRole("textbox", { name: t("discovery-ranges") });
    await ranges.fill("127.0.0.300");
    await start.click();
    await page.getByText(t("error-discovery-range")).waitFor();
    await whole(visited);
    const [first, last] = [harness.devices[0].host, harness.devices.at(-1).host];
    await ranges.fill(`${first}-${last}`);
    await start.click();
    await page.waitForFunction(() => /^#\/devices\/find\/./.test(location.hash));
    search = await page.evaluate(() => location.hash.slice(1));
    const grid = page.getByRole("grid", { name: t("discovery-found") });
    for (const { host, serial } of harness.devices) {
      const row = grid.getByRole("row").filter({ hasText: serial });
      await row.waitFor();
      assert.ok((await row.textContent()).includes(host));
      assert.ok((await row.textContent()).includes(t("discovery-way-ranges-short")));
    }
    await page.getByRole("button", { name: `${t("discovery-group-factory_new")} ${ADDED}` }).waitFor();
    await page.getByRole("button", { name: `${t("discovery-group-asks_password")} 2` }).waitFor();
    await whole(visited);
    // The search stands in the address: a reload finds it again.
    await show(search);
    await grid.getByRole("row").filter({ hasText: harness.devices[0].serial }).waitFor();
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-02, CUS-11, UI-29: one act, a result for each, why some refused, and those once more. */
  it("are added in one act, and those that refused are tried again", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show(search);
    await page.getByRole("button", { name: new RegExp(`^${t("discovery-group-factory_new")}`) }).click();
    await page.getByRole("checkbox", { name: t("discovery-choose-all") }).check();
    await page.getByRole("button", { name: t("devices-add-open", counted(ADDED)) }).click();
    const panel = page.getByRole("complementary", { name: t("devices-add-title", counted(ADDED)) });
    await chooseOrganization(panel, customer.name);
    await panel.getByLabel(t("devices-user-name")).fill("installer");
    const pin = panel.getByRole("checkbox", { name: t("devices-certificates-pin-seen", counted(ADDED)) });
    assert.ok(await pin.isDisabled());
    await panel.getByRole("button", { name: t("devices-certificates-look", counted(ADDED)) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(harness.devices[0].host, { exact: true }).waitFor();
    await whole(visited);
    await dialog.getByRole("button", { name: t("devices-certificates-pin", counted(ADDED)) }).click();
    assert.ok(await pin.isChecked());
    await whole(visited);
    await panel.getByRole("button", { name: t("devices-add-do", counted(ADDED)) }).click();

    await page.getByRole("heading", { name: t("devices-act-add", counted(ADDED)) }).waitFor();
    const failed = page.getByRole("button", { name: `${t("devices-results-failed")} ${REFUSING}` });
    await failed.waitFor();
    await page.getByRole("button", { name: `${t("devices-results-done")} ${ADDED - REFUSING}` }).waitFor();
    await page.getByText(t("devices-why-failed", counted(REFUSING))).waitFor();
    await failed.click();
    const grid = page.getByRole("grid");
    await page.waitForFunction(
      (rows) => document.querySelector('[role="grid"]').getAttribute("aria-rowcount") === String(rows),
      REFUSING + 1,
    );
    await grid.getByRole("link", { name: harness.devices[0].host }).waitFor();
    await whole(visited);
    await grid.getByRole("link").first().click();
    const result = page.locator("aside.panel");
    await result.getByText(t("choice-device_results-step-first_account"), { exact: true }).waitFor();
    await whole(visited);

    // The user name is another one; certificates that were accepted are not asked about once more.
    await page.getByRole("button", { name: t("devices-retry", counted(REFUSING)) }).click();
    const again = page.getByRole("complementary", { name: t("devices-add-title", counted(REFUSING)) });
    await again.getByLabel(t("devices-user-name")).fill("root");
    assert.equal(await again.getByText(t("devices-certificates"), { exact: true }).count(), 0);
    await whole(visited);
    await again.getByRole("button", { name: t("devices-add-do", counted(REFUSING)) }).click();
    await page.getByRole("heading", { name: t("devices-act-add", counted(REFUSING)) }).waitFor();
    await page.getByRole("button", { name: `${t("devices-results-done")} ${REFUSING}` }).waitFor();
    await whole(visited);

    // What was added is in Flotilla, and found as that.
    await show(search);
    await page.getByRole("button", { name: `${t("discovery-group-managed")} ${ADDED}` }).waitFor();
    const managed = page.getByRole("grid").getByRole("row").filter({ hasText: harness.devices[0].serial });
    assert.ok(await managed.getByRole("checkbox").isDisabled());
    assert.match(await managed.getByRole("link").getAttribute("href"), /^#\/systems\?open=/);
    await show("/devices/acts");
    assert.equal(await page.getByRole("row").count(), 3);
    await whole(visited);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-02: by hand, with a credential set that is made on the way; a certificate nobody has seen stops before the password. */
  it("are added by hand, once their certificate was accepted", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    const { host, user, password, serial } = harness.devices.at(-1);
    await show("/devices/add");
    await whole(visited);
    await page.getByRole("textbox", { name: t("discovery-column-host") }).fill(host);
    const panel = page.getByRole("complementary", { name: t("devices-add-title", counted(1)) });
    await chooseOrganization(panel, customer.name);
    await panel.getByRole("button", { name: t("devices-set-new") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("devices-set-name"), { exact: true }).fill("Installers");
    await dialog.getByLabel(t("devices-user-name")).fill(user);
    await dialog.getByLabel(t("devices-password"), { exact: true }).fill(password);
    await whole(visited);
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await panel.getByRole("option", { name: `Installers (${user})` }).waitFor({ state: "attached" });
    await panel.getByRole("button", { name: t("devices-add-do", counted(1)) }).click();
    await page.getByRole("grid").getByRole("link").first().click();
    const result = page.locator("aside.panel");
    await result.getByRole("button", { name: t("devices-result-accept") }).waitFor();
    await result.getByText(t("error-device-certificate-unseen")).waitFor();
    await whole(visited);
    await result.getByRole("button", { name: t("devices-result-accept") }).click();
    await panel.getByRole("option", { name: `Installers (${user})` }).waitFor({ state: "attached" });
    await panel.getByRole("button", { name: t("devices-add-do", counted(1)) }).click();
    await page.getByRole("button", { name: `${t("devices-results-done")} 1` }).waitFor();
    await page.getByRole("grid").getByRole("link").first().click();
    await page.locator("aside.panel").getByText(serial, { exact: true }).waitFor();

    await show(`/organizations/${customer.id}/credentials`);
    await page.getByRole("cell", { name: "Installers", exact: true }).waitFor();
    await whole(visited);
    await page.getByRole("button", { name: t("devices-set-delete", { name: "Installers" }) }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("devices-set-delete-do") })
      .click();
    await page.getByText(t("devices-sets-empty")).waitFor();
    assert.deepEqual(await call(visited, "credential_sets.of", { organization: customer.id }), []);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
