// Devices that are put into service, and applications on devices: previewed, corrected, begun, and seen at the devices.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { actOf, addCameras, berth as name, ended, whole } from "./cameras.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const counted = (count) => ({ count, number: String(count) });
const CAMERAS = 4;
const NETWORK = "127.98.7";
/** What a simulated device installs: a mark, and what the package says of itself. */
const packageOf = (of) => `flotilla-simulator-package\n${JSON.stringify(of)}`;

describe("putting devices into service", { timeout: 600_000 }, () => {
  let harness;
  /** Somebody else has the second address of the range, at the port of the devices. */
  let other;
  /** The managed cameras, in their order. */
  let systems = [];
  const ids = () => systems.map(({ id }) => id);
  const panel = (page) => page.locator("aside.panel");
  const now = (visited) => call(visited, "systems.window", { ids: ids() });

  before(async () => {
    harness = await open({ customers: 1, cameras: CAMERAS });
    ({ cameras: systems } = await addCameras(harness));
    other = createServer((socket) => socket.destroy());
    await new Promise((resolve) => other.listen(harness.devices[0].port, `${NETWORK}.11`, resolve));
    for (const [version, signed] of [
      ["2.1.0", true],
      ["3.0.0", false],
    ]) {
      const file = join(harness.folder, `objectcount_${version.replaceAll(".", "_")}.eap`);
      await writeFile(file, packageOf({ name: "objectcount", version, signed }));
      await harness.flotilla("repository", "add", file);
    }
  });
  after(async () => {
    other?.close();
    await harness?.close();
  });

  /** DEV-60: reached from what is selected; problems under their fields; each address seen to be free; followed by serial number. */
  it("gives addresses, names and time after a preview", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    await show("/systems");
    for (const place of systems.keys())
      await page
        .getByRole("row")
        .filter({ hasText: name(place) })
        .getByRole("checkbox")
        .check();
    await page
      .locator(".selection-acts")
      .getByRole("button", { name: t("more") })
      .click();
    await page.getByRole("menuitem", { name: t("commission-open") }).click();
    await page.getByRole("heading", { name: t("commission-title-count", counted(CAMERAS)), level: 1 }).waitFor();
    const table = page.getByRole("table");
    await table.getByText(systems[0].serial).waitFor();
    const go = page.getByRole("button", { name: t("commission-do", counted(CAMERAS)) });
    assert.ok(await go.isDisabled());
    await page.getByText(t("commission-changes-nothing")).waitFor();
    await whole(visited);

    await page.getByRole("radio", { name: t("commission-range") }).check();
    const first = page.getByRole("textbox", { name: t("commission-first") });
    const last = page.getByRole("textbox", { name: t("commission-last") });
    await first.fill("ten");
    await last.fill(`${NETWORK}.40`);
    const template = page.getByRole("textbox", { name: t("commission-host-name"), exact: true });
    await template.fill("cam-{serial");
    const preview = page.getByRole("button", { name: t("commission-preview"), exact: true });
    await preview.click();
    await page.getByText(t("commission-wrong-first")).waitFor();
    assert.ok(await first.evaluate((input) => input === document.activeElement));
    await whole(visited);
    await first.fill(`${NETWORK}.10`);
    await preview.click();
    await page.getByText(t("commission-wrong-template")).waitFor();

    await template.fill("cam-");
    await page.getByRole("button", { name: t("commission-placeholder-n"), exact: true }).click();
    assert.equal(await template.inputValue(), "cam-{n}");
    await page.getByText(t("commission-host-name-example", { name: "cam-1" })).waitFor();
    const zone = page.getByRole("combobox", { name: t("profile-zone") });
    await zone.fill("Tokyo");
    await page.getByRole("option", { name: "Asia/Tokyo" }).click();
    await page.getByLabel(t("commission-time-servers"), { exact: true }).selectOption("these");
    const servers = page.getByLabel(t("commission-time-servers-these"), { exact: true });
    await servers.fill("ntp.example");
    await servers.press("Enter");
    await preview.click();
    await page.getByText(t("commission-taken", counted(1))).waitFor();
    await page.getByText(t("commission-taken", counted(1))).click();
    await page.getByText(t("commission-taken-answers")).waitFor();
    const address = (place) =>
      page.getByRole("textbox", { name: t("commission-address-of", { name: name(place) }), exact: true });
    const hostName = (place) =>
      page.getByRole("textbox", { name: t("commission-host-name-of", { name: name(place) }), exact: true });
    const proposed = await Promise.all(systems.map((_, place) => address(place).inputValue()));
    assert.deepEqual(
      proposed.toSorted(),
      [10, 12, 13, 14].map((one) => `${NETWORK}.${one}`),
    );
    const names = await Promise.all(systems.map((_, place) => hostName(place).inputValue()));
    assert.deepEqual(names.toSorted(), ["cam-1", "cam-2", "cam-3", "cam-4"]);
    await whole(visited);

    // What is typed twice, or is no address, is told in its row.
    await address(0).fill(`${NETWORK}.300`);
    await hostName(1).fill(names[2]);
    await go.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(t("commission-confirm-follow"), { exact: false }).waitFor();
    await dialog.getByText("Asia/Tokyo").waitFor();
    await whole(visited);
    const yes = dialog.getByRole("button", { name: t("commission-confirm-do", counted(CAMERAS)) });
    await yes.click();
    await page.getByText(t("commission-wrong-address")).waitFor();
    await page.getByText(t("commission-twice-name")).waitFor();
    await whole(visited);
    await address(0).fill(`${NETWORK}.30`);
    await hostName(1).fill("gate-west");
    await go.click();
    await yes.click();
    const act = await actOf(page);
    assert.deepEqual(await ended(visited, act), [CAMERAS]);
    await page.getByRole("heading", { name: t("devices-act-commission", counted(CAMERAS)) }).waitFor();
    await whole(visited);
    // The list has it when the device was asked at its new address.
    const moved = [`${NETWORK}.30`, ...proposed.slice(1)];
    for (let tries = 0; ; tries += 1) {
      const hosts = (await now(visited)).map(({ id, host }) => [id, host]).toSorted();
      const wanted = systems.map(({ id }, place) => [id, moved[place]]).toSorted();
      if (JSON.stringify(hosts) === JSON.stringify(wanted)) break;
      assert.ok(tries < 100, JSON.stringify({ hosts, wanted }));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.equal((await harness.simulate("GET", `/systems/${NETWORK}.30`)).address, `${NETWORK}.30`);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-60: the page in every language, both themes and a narrow window. */
  it("fits in every language", async () => {
    for (const language of LANGUAGES) {
      const visited = await enter(harness, { language, theme: "dark", width: 900, height: 600 });
      await visited.show(`/devices/commission?ids=${ids().join(",")}`);
      await visited.page.getByRole("radio").nth(2).check();
      await whole(visited, language);
      assert.deepEqual(visited.faults, []);
      await visited.close();
    }
  });

  /** DEV-61: listed when asked for, installed from the repository, started, stopped and removed. */
  it("installs, stops and removes an application", async () => {
    const visited = await enter(harness, { width: 1600 });
    const { page, show } = visited;
    const [{ id }] = systems;
    await show(`/systems?open=${id}`);
    const section = panel(page).getByRole("region", { name: t("applications-title") });
    await section.getByRole("button", { name: t("applications-show") }).click();
    await section.getByRole("button", { name: t("device-panel-accounts-again") }).waitFor();
    await whole(visited);
    await section.getByRole("button", { name: t("applications-install") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: /objectcount_2_1_0/ }).check();
    assert.ok(await dialog.getByRole("checkbox", { name: t("applications-start-after") }).isChecked());
    await whole(visited);
    await dialog.getByRole("button", { name: t("applications-do-install_application-do", counted(1)) }).click();
    assert.deepEqual(await ended(visited, await actOf(page)), [1]);
    await whole(visited);

    await show(`/systems?open=${id}`);
    await section.getByRole("button", { name: t("applications-show") }).click();
    const item = section.getByRole("listitem").filter({ hasText: "2.1.0" });
    await item.getByText(t("applications-state-running")).waitFor();
    await item.getByText(t("applications-signed"), { exact: true }).waitFor();
    await whole(visited);
    for (const [kind, left] of [
      ["stop_application", "applications-state-stopped"],
      ["remove_application", null],
    ]) {
      await item.getByRole("button").click();
      await page.getByRole("menuitem", { name: t(`applications-do-${kind}`) }).click();
      await whole(visited);
      await dialog.getByRole("button", { name: t(`applications-do-${kind}-do`, counted(1)) }).click();
      assert.deepEqual(await ended(visited, await actOf(page)), [1]);
      await show(`/systems?open=${id}`);
      await section.getByRole("button", { name: t("applications-show") }).click();
      if (left !== null) await item.getByText(t(left)).waitFor();
    }
    await section.getByRole("button", { name: t("device-panel-accounts-again") }).waitFor();
    assert.equal(await item.count(), 0);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-61, UI-29: on many at once; a device that takes only signed ones refuses, and its result says so. */
  it("installs on a selection, and tells which device refused", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    const [first, second] = await now(visited);
    await harness.simulate("POST", `/systems/${first.host}/version`, { version: "12.6.85" });
    await show("/systems");
    for (const one of [first, second])
      await page.getByRole("row").filter({ hasText: one.name }).getByRole("checkbox").check();
    const menu = page.locator(".selection-acts").getByRole("button", { name: t("more") });
    await menu.click();
    await page.getByRole("menuitem", { name: t("applications-install") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(t("applications-signed-some")).waitFor();
    await dialog.getByRole("radio", { name: /objectcount_3_0_0/ }).check();
    await whole(visited);
    await dialog.getByRole("button", { name: t("applications-do-install_application-do", counted(2)) }).click();
    assert.deepEqual(await ended(visited, await actOf(page)), [1, "device.refused"]);
    await page.getByRole("button", { name: t("devices-retry", counted(1)) }).click();
    await dialog.getByRole("radio", { name: /objectcount_3_0_0/ }).waitFor();
    await whole(visited);
    await dialog.getByRole("button", { name: t("cancel") }).click();

    await show(`/systems?open=${first.id}`);
    const section = panel(page).getByRole("region", { name: t("applications-title") });
    await section.getByRole("button", { name: t("applications-show") }).click();
    await section.getByRole("button", { name: t("device-panel-accounts-again") }).waitFor();
    await section.getByText(t("applications-signed-only")).waitFor();
    await whole(visited);
    // By its short name, on both.
    await show("/systems");
    for (const one of [first, second])
      await page.getByRole("row").filter({ hasText: one.name }).getByRole("checkbox").check();
    await menu.click();
    await page.getByRole("menuitem", { name: t("applications-control") }).click();
    await dialog.getByRole("radio", { name: t("applications-do-stop_application") }).check();
    await dialog.getByRole("textbox", { name: t("applications-short-name") }).fill("objectcount");
    await whole(visited);
    await dialog.getByRole("button", { name: t("applications-do-stop_application-do", counted(2)) }).click();
    const [done] = await ended(visited, await actOf(page));
    assert.equal(done, 1);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
