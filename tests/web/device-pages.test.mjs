// The devices of a customer, as whoever looks after them works with them: beside the list, in the panel, and acted upon.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { actOf, addCameras, berth as name, ended, jobEnded, jobOf, whole } from "./cameras.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const counted = (count) => ({ count, number: String(count) });
const CAMERAS = 9;

describe("the device pages", { timeout: 600_000 }, () => {
  let harness;
  let customer;
  /** The managed cameras, by name. */
  const systems = new Map();
  const row = (page, place) => page.getByRole("row").filter({ hasText: name(place) });
  const panel = (page) => page.locator("aside.panel");

  before(async () => {
    harness = await open({ customers: 1, cameras: CAMERAS });
    const added = await addCameras(harness);
    customer = added.customer;
    for (const one of added.cameras) systems.set(one.name, one);
    // What is newer for the model of the first one: a step of long-term support, and the newest.
    const { model } = systems.get(name(0));
    for (const version of ["11_11_178", "12_7_61"]) {
      const file = join(harness.folder, `${model}_${version}.bin`);
      await writeFile(file, Buffer.alloc(90_000, version.length));
      await harness.flotilla("repository", "add", file);
    }
  });
  after(() => harness?.close());

  /** DEV-10, DEV-12 */
  it("show what is recommended, and narrow the list to a model", async () => {
    const visited = await enter(harness, { width: 1600 });
    const { page, show } = visited;
    await show("/systems");
    const first = row(page, 0);
    await first.getByText("11.5.28", { exact: true }).waitFor();
    await first.getByText("12.7.61", { exact: true }).waitFor();
    await first.getByText(t("device-track-active"), { exact: true }).waitFor();
    await whole(visited);
    const side = page.getByRole("complementary", { name: t("systems-side") });
    const { model } = systems.get(name(0));
    const same = [...systems.values()].filter((one) => one.model === model).length;
    const entry = side.getByRole("listitem").filter({ hasText: model }).first();
    const badge = t("systems-models-newer", counted(same));
    await entry.getByRole("link", { name: t("systems-models-upgrade", { badge }) }).waitFor();
    await entry.getByRole("link", { name: model, exact: true }).click();
    await page.waitForFunction(
      (rows) => document.querySelector('[role="grid"]').getAttribute("aria-rowcount") === String(rows),
      same + 1,
    );
    // A telephone server stands under the servers, and opens beside the list.
    const server = side
      .getByRole("region", { name: t("systems-servers") })
      .getByRole("link")
      .first();
    const called = await server.textContent();
    await server.click();
    await panel(page).getByRole("heading", { name: called, level: 2 }).waitFor();
    assert.equal(await panel(page).getByText(t("device-panel-software"), { exact: true }).count(), 0);
    await whole(visited);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-10, DEV-12, DEV-40, DEV-41 */
  it("open beside the list, and read accounts from the device when somebody wants them", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show(`/systems?organization=${customer.id}`);
    await row(page, 0)
      .getByRole("link", { name: name(0) })
      .click();
    const beside = panel(page);
    const { serial } = harness.devices[0];
    await beside.getByText(serial, { exact: true }).waitFor();
    await beside
      .getByText(t("device-panel-recommended", { size: "" }).trim().replace(/,$/, ""), { exact: false })
      .waitFor();
    assert.deepEqual(
      await beside
        .getByRole("listitem")
        .filter({ hasText: /\d+\.\d+\.\d+/ })
        .evaluateAll((steps) => steps.map((step) => /\d+\.\d+\.\d+/.exec(step.textContent)[0])),
      ["11.5.28", "11.11.178", "12.7.61"],
    );
    await beside.getByText("SHA-256", { exact: true }).click();
    await whole(visited);
    await beside.getByRole("button", { name: t("device-panel-accounts-show") }).click();
    const own = beside.getByRole("row").filter({ hasText: t("device-panel-account-own") });
    await own.waitFor();
    assert.equal(await own.getByRole("button").count(), 0);
    await whole(visited);
    // By keyboard as by the pointer: the menu of a row offers the same acts.
    await page.keyboard.press("Escape");
    await row(page, 1).getByText("11.5.28", { exact: true }).click({ button: "right" });
    await page.getByRole("menuitem", { name: t("device-acts-restart") }).click();
    await page.getByRole("dialog", { name: t("device-do-restart-title", counted(1)) }).waitFor();
    await page.keyboard.press("Escape");
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-40, UI-29 */
  it("get an account, three at once, and a telephone server is left out", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show("/systems");
    for (const place of [1, 2, 3]) await row(page, place).getByRole("checkbox").check();
    const other = page
      .getByRole("row")
      .filter({ hasNot: page.getByText("11.5.28") })
      .nth(1);
    await other.getByRole("checkbox").check();
    const bar = page.getByRole("region", { name: t("list-selection-bar") });
    await bar.getByRole("button", { name: t("device-acts-accounts") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(t("device-acts-left", counted(1))).waitFor();
    await dialog.getByLabel(t("device-acts-user-name")).fill("nvr 04");
    await dialog.getByLabel(t("device-acts-password"), { exact: true }).fill("Kai-Mauer-9");
    const create = dialog.getByRole("button", { name: t("device-do-create_account-do", counted(3)) });
    await create.click();
    await dialog.getByText(t("error-device-user-name")).waitFor();
    await whole(visited);
    await dialog.getByLabel(t("device-acts-user-name")).fill("nvr04");
    await create.click();
    const act = await actOf(page);
    assert.deepEqual(await ended(visited, act), [3]);
    await whole(visited);

    await show(`/systems?open=${systems.get(name(2)).id}`);
    const beside = panel(page);
    await beside.getByText(t("device-history-create_account", { about: "nvr04" })).waitFor();
    await beside.getByRole("button", { name: t("device-panel-accounts-show") }).click();
    await beside.getByRole("row").filter({ hasText: "nvr04" }).getByRole("button").click();
    await page.getByRole("menuitem", { name: t("device-panel-account-delete") }).click();
    const deletion = page.getByRole("dialog");
    assert.equal(await deletion.getByLabel(t("device-acts-user-name")).inputValue(), "nvr04");
    await whole(visited);
    await deletion.getByRole("button", { name: t("device-do-delete_account-do", counted(1)) }).click();
    assert.deepEqual(await ended(visited, await actOf(page)), [1]);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-24, DEV-41, OPS-13 */
  it("are restarted, and get another password of Flotilla's own", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show(`/systems?open=${systems.get(name(4)).id}`);
    await panel(page)
      .getByRole("button", { name: t("device-acts-restart") })
      .click();
    await page.getByRole("button", { name: t("device-do-restart-do", counted(1)) }).click();
    const job = await jobOf(page);
    assert.deepEqual(await jobEnded(visited, job), ["completed", 1]);
    await show(`/systems?open=${systems.get(name(4)).id}`);
    await panel(page)
      .locator(`a[href^="#/jobs/${job}?"]`)
      .getByText(t("choice-job_tasks-state-done"), { exact: true })
      .waitFor();
    await panel(page)
      .getByRole("button", { name: t("more") })
      .first()
      .click();
    await page.getByRole("menuitem", { name: t("device-acts-rotate") }).click();
    await whole(visited);
    await page.getByRole("button", { name: t("device-do-rotate_password-do", counted(1)) }).click();
    assert.deepEqual(await ended(visited, await actOf(page)), [1]);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-24, GEN-11, DEV-11, OPS-13 */
  it("are reset once their number was typed", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    const { id } = systems.get(name(5));
    await show(`/systems?open=${id}`);
    await panel(page)
      .getByRole("button", { name: t("more") })
      .first()
      .click();
    await page.getByRole("menuitem", { name: t("device-acts-factory-default") }).click();
    const dialog = page.getByRole("dialog");
    const reset = dialog.getByRole("button", { name: t("device-do-factory_default-do", counted(1)) });
    const typed = dialog.getByLabel(t("confirm-type", { text: "1" }));
    await typed.fill("2");
    assert.ok(await reset.isDisabled());
    await typed.fill("1");
    await whole(visited);
    await reset.click();
    assert.deepEqual(await jobEnded(visited, await jobOf(page)), ["completed", 1]);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-11: the states that the simulator can produce, with their words in three languages. */
  it("show the state of each in three languages", async () => {
    const troubles = new Map([
      [1, ["refuse", "unreachable"]],
      [2, ["factory-new", "needs_setup"]],
      [3, ["wrong-password", "authentication_failed"]],
      [6, ["not-this-protocol", "reachable_no_api"]],
      [7, ["no-monitoring-rights", "limited_api"]],
    ]);
    for (const [place, [fault]] of troubles) {
      await harness.simulate("POST", `/systems/${harness.devices[place].host}/faults`, { kind: fault });
    }
    await harness.simulate("POST", `/systems/${harness.devices[8].host}/certificate`);
    const visited = await enter(harness);
    const expected = new Map([...troubles].map(([place, [, state]]) => [place, state]));
    expected.set(8, "certificate_changed").set(0, "online");
    const ids = [...expected.keys()].map((place) => systems.get(name(place)).id);
    const connections = [...expected.keys()].map((place) => systems.get(name(place)).connection);
    // A password counts as refused after two refusals on separate calls.
    for (let turn = 0; ; turn += 1) {
      await call(visited, "connections.refresh", { ids: connections });
      const rows = await call(visited, "systems.window", { ids });
      const found = rows.map(({ state }) => state);
      if (JSON.stringify(found) === JSON.stringify([...expected.values()])) break;
      assert.ok(turn < 40, `${found} instead of ${[...expected.values()]}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await visited.close();
    for (const language of LANGUAGES) {
      const speaking = await words(language);
      const there = await enter(harness, { language, width: 1600 });
      await there.show("/systems");
      for (const [place, state] of expected)
        await row(there.page, place)
          .getByText(speaking(`system-state-${state}`), { exact: true })
          .waitFor();
      await whole(there, language);
      for (const place of [8, 3]) {
        await there.show(`/systems?open=${systems.get(name(place)).id}`);
        await panel(there.page).getByText(speaking("device-panel-identity"), { exact: true }).waitFor();
        await whole(there, `${language} ${name(place)}`);
      }
      await there.close();
      const narrow = await enter(harness, { language, width: 900, height: 600, theme: "dark" });
      await narrow.show(`/systems?organization=${customer.id}&open=${systems.get(name(0)).id}`);
      await whole(narrow, `${language}, narrow`);
      await panel(narrow.page)
        .getByRole("button", { name: speaking("device-acts-accounts") })
        .click();
      await whole(narrow, `${language}, accounts`);
      await narrow.close();
    }
  });

  /** CRT-11: the changed certificate is compared and accepted where the device is. */
  it("have their changed certificate compared and accepted in the panel", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show(`/systems?open=${systems.get(name(8)).id}`);
    await panel(page)
      .getByRole("button", { name: t("device-panel-certificate-look") })
      .click();
    await whole(visited);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("customers-certificate-accept") })
      .click();
    await panel(page).getByText(t("device-panel-certificate-waits")).waitFor({ state: "detached" });
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
