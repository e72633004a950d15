// Devices from a file, as an installer brings them: checked against the folders, tested, and saved where they answered (DEV-04).

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { berth, whole } from "./cameras.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const counted = (count) => ({ count, number: String(count) });
/** The cells of a row, left to right, after its tick, number and state. */
const FIELDS = ["host", "port", "name", "folder", "user_name", "password"];
const CAMERAS = 3;
const FILE = "devices.csv";

describe("devices from a file", { timeout: 300_000 }, () => {
  let harness;
  let customer;
  let list = "";
  before(async () => {
    harness = await open({ customers: 1, cameras: CAMERAS, trouble: "none" });
    [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    for (const { host } of harness.devices) {
      await harness.simulate("DELETE", `/systems/${host}/faults`);
      await harness.simulate("POST", `/systems/${host}/version`, { version: "11.5.28" });
    }
    const visited = await enter(harness);
    const { default_folder } = await call(visited, "organizations.read", { id: customer.id });
    const quay = await call(visited, "folders.create", { parent: default_folder, name: "Quay" });
    await call(visited, "folders.create", { parent: quay.id, name: "Shed 6" });
    await visited.close();
  });
  after(() => harness?.close());

  const file = () => {
    const line = ({ host, port, user, password }, place, folder, wrong = "") =>
      [host, port, berth(place), folder, user, `"${password}${wrong}"`].join(",");
    const [first, second, third] = harness.devices;
    return [
      "Address,Port,Name,Folder,User name,Password",
      line(first, 0, "Quay/Shed 6"),
      line(second, 1, "1/2/3/4/5/6/7/8"),
      line(third, 2, "", "-wrong"),
      "",
    ].join("\r\n");
  };
  const row = (page, place) => page.locator(`[role="grid"] [role="row"][aria-rowindex="${place + 2}"]`);
  const systemRow = (page, place) => page.getByRole("row").filter({ hasText: berth(place) });
  const cell = (page, place, field) =>
    row(page, place)
      .getByRole("gridcell")
      .nth(3 + FIELDS.indexOf(field));

  /** DEV-04, CUS-22: opened for an organization; a folder that cannot be is told under its cell and corrected there, one that is not there
   * is announced. */
  it("are opened for an organization, and a wrong folder is corrected in its cell", async () => {
    const visited = await enter(harness);
    const { page, idle, show } = visited;
    await show("/devices/add");
    await page.getByRole("link", { name: t("devices-import"), exact: true }).click();
    await page.getByRole("heading", { name: t("import-title-devices"), level: 1 }).waitFor();
    const choose = page.getByRole("button", { name: t("import-choose-file"), exact: true });
    assert.ok(await choose.isDisabled(), "not before it is known where to");
    await whole(visited);
    await page.getByRole("radio", { name: customer.name, exact: true }).check();
    await page.getByRole("combobox", { name: t("devices-folder") }).waitFor();
    await whole(visited);
    const asked = page.waitForEvent("filechooser");
    await choose.click();
    await (await asked).setFiles({ name: FILE, mimeType: "text/csv", buffer: Buffer.from(file()) });
    await page.waitForFunction(() => /^#\/devices\/import\/./.test(location.hash));
    list = await page.evaluate(() => location.hash.slice(1));
    await cell(page, 1, "folder")
      .getByText(t("error-folder-too-deep", { limit: "8" }), { exact: true })
      .waitFor();
    assert.equal(await page.locator('[role="gridcell"][aria-invalid="true"]').count(), 1, "and nothing else is wrong");
    assert.ok(!(await page.content()).includes(harness.devices[0].password), "no password is shown");
    await whole(visited);
    await cell(page, 1, "folder").click();
    const field = t("import-cell", { column: t("import-column-folder"), row: 2 });
    await page.getByRole("textbox", { name: field }).fill("Quay/Crane");
    await page.keyboard.press("Enter");
    await row(page, 1).getByText(t("import-state-new"), { exact: true }).waitFor();
    // What is not there is said, and made when it is saved.
    await cell(page, 1, "folder")
      .getByText(t("import-folder-new", { folder: "Quay/Crane" }), { exact: true })
      .waitFor();
    await page.getByText(t("import-folders-new", counted(1)), { exact: true }).waitFor();
    await idle();
    assert.equal(await page.locator('[role="gridcell"][aria-invalid="true"]').count(), 0);
    assert.ok(await page.getByRole("button", { name: t("import-save-any"), exact: true }).isDisabled());
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-04, GEN-05: whole in every language, however wide the window is. */
  for (const language of LANGUAGES) {
    it(`are shown whole in ${language}`, async () => {
      for (const width of [1280, 900]) {
        const visited = await enter(harness, { language, width });
        for (const [name, path] of [
          ["start", "/devices/import"],
          ["list", list],
          ["add", "/devices/add"],
          ["find", "/devices/find"],
        ]) {
          await visited.show(path);
          await whole(visited, `${language}, ${width}, ${path}`);
          const pictures = process.env.FLOTILLA_PICTURES;
          if (pictures !== undefined)
            await visited.page.screenshot({ path: join(pictures, `devices-import-${name}-${language}-${width}.png`) });
        }
        assert.deepEqual(visited.faults, []);
        await visited.close();
      }
    });
  }

  /** DEV-04, CUS-11, CUS-23, CUS-24: what answered is saved in its folder; what did not waits and is offered again. */
  it("are tested, and saved in their folders where they answered", async () => {
    const visited = await enter(harness);
    const { page, idle, show } = visited;
    // What was left is offered again.
    await show("/devices/import");
    const left = page.getByRole("row").filter({ hasText: FILE });
    await left.getByRole("button", { name: t("continue"), exact: true }).click();
    await page.getByRole("button", { name: t("import-test-do"), exact: true }).click();
    await page.getByRole("button", { name: t("import-untrusted", counted(CAMERAS)) }).click();
    const certificates = page.getByRole("dialog");
    await certificates.getByText(berth(0), { exact: true }).waitFor();
    await whole(visited);
    await certificates.getByLabel(t("import-certificates-all", counted(CAMERAS))).check();
    await certificates.getByRole("button", { name: t("import-certificates-accept", counted(CAMERAS)) }).click();
    const save = page.getByRole("button", { name: t("import-save", counted(CAMERAS - 1)) });
    await save.click();
    await row(page, 2).getByText(t("choice-customers-status-authorization_failed"), { exact: true }).waitFor();
    const question = page.getByRole("dialog");
    assert.equal(await question.getByRole("checkbox").count(), 0, "none is saved without contact");
    await question.getByText(t("import-save-folders", counted(1)), { exact: true }).waitFor();
    await whole(visited);
    await question.getByRole("button", { name: t("import-save-do-devices", counted(CAMERAS - 1)) }).click();
    await page.getByText(t("import-stayed", counted(1))).waitFor();
    await page.getByText(t("import-file-delete-yourself")).waitFor();
    await row(page, 0).getByText(berth(2), { exact: true }).waitFor();
    await whole(visited);

    await show(`/systems?organization=${customer.id}`);
    const managed = async () => {
      await idle();
      const found = await Promise.all(harness.devices.map((_, place) => systemRow(page, place).count()));
      return found.flatMap((count, place) => (count > 0 ? [berth(place)] : []));
    };
    const side = page.getByRole("complementary", { name: t("systems-side") });
    await systemRow(page, 0).waitFor();
    assert.deepEqual(await managed(), [berth(0), berth(1)]);
    await side.getByRole("link", { name: "Crane" }).waitFor();
    await side.getByRole("link", { name: "Shed 6" }).click();
    await systemRow(page, 1).waitFor({ state: "detached" });
    assert.deepEqual(await managed(), [berth(0)]);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
