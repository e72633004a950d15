// Systems without a network in the browser: the file of the simulator's system is uploaded, its licence file issued and saved, taken in
// there, and the confirmation brought back; hardware is registered and removed (LIC-40, LIC-50 to LIC-52).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { violations } from "./checks.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const PRODUCT = "camera-station-pro";
const run = promisify(execFile);

describe("systems without a network", { timeout: 300_000 }, () => {
  let harness;
  let owner;
  let folder;
  before(async () => {
    harness = await open();
    folder = await mkdtemp(join(tmpdir(), "flotilla-offline-"));
    const visited = await enter(harness);
    owner = await call(visited, "organizations.create", { name: "Werft Nord", zone: "Europe/Berlin", language: "en" });
    const act = (name, more) =>
      call(visited, name, {
        operation: crypto.randomUUID(),
        organization: owner.id,
        product: PRODUCT,
        screen: "",
        ...more,
      });
    await act("licences.register", {});
    await act("licences.start", { together_with: null });
    const key = {
      key: "AB12-CD34-EF56",
      licence_type: "core",
      purpose: "subscription",
      term: 1,
      quantity: 10,
      order: "",
    };
    await act("licences.redeem_declared", { keys: [key] });
    await visited.close();
  });
  after(async () => {
    await harness?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const file = (name) => join(folder, name);
  const simulate = (act, ...more) =>
    run(process.env.FLOTILLA_SIMULATOR, [act, "--state", file("system.json"), ...more]);
  const systems = `/licences/of/${"ID"}/${PRODUCT}/systems?view=offline`;
  const path = (template) => template.replace("ID", owner.id);

  /** Uploads a file where the page asks for one. */
  async function upload(page, button, name) {
    const coming = page.waitForEvent("filechooser");
    await button.click();
    await (await coming).setFiles(file(name));
  }
  /** What a click saves. */
  async function saved(page, click, name) {
    const coming = page.waitForEvent("download");
    await click();
    await (await coming).saveAs(file(name));
  }

  /** LIC-03, LIC-07, LIC-50, LIC-51 */
  it("get their licence file and confirm it", async () => {
    const t = await words("en");
    await simulate("offline-request", "--output", file("request"), "--system", "cabinet-7", "--need", "core=6");
    const { page, show, idle, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    // From the product list: the file says which product it is for.
    await show(`/licences/of/${owner.id}`);
    await page
      .getByRole("link", { name: t("licences-do-file"), exact: true })
      .first()
      .click();
    await upload(page, button("licences-file-pick"), "request");
    await page.getByText("cabinet-7", { exact: true }).waitFor();
    await page
      .getByRole("table", { name: t("licences-offline-needs") })
      .getByRole("cell", { name: "6" })
      .waitFor();
    assert.deepEqual(await violations({ page }), []);
    await button("licences-file-accept").click();
    const contents = page.getByRole("table", { name: t("licences-offline-contents") });
    await contents.getByRole("cell", { name: "6", exact: true }).waitFor();
    assert.deepEqual(await violations({ page }), []);
    await saved(page, () => button("licences-offline-issue").click(), "answer");
    await saved(page, () => button("licences-offline-issuer").click(), "issuer.pem");
    await simulate(
      "offline-confirm",
      "--response",
      file("answer"),
      "--issuer",
      file("issuer.pem"),
      "--output",
      file("confirmation"),
    );
    await upload(page, button("licences-offline-confirmation"), "confirmation");
    await page.getByText(t("licences-file-says-confirmed", { name: "cabinet-7" })).waitFor();
    await button("licences-file-take").click();
    const row = page.getByRole("table", { name: t("licences-view-offline") }).getByRole("row", { name: /cabinet-7/ });
    await row.getByText(t("licences-offline-state-licensed"), { exact: true }).waitFor();
    await row
      .getByText(t("licences-amount", { number: "6", name: "Core" }))
      .first()
      .waitFor();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-52: the same file again and a damaged one are refused in words, and nothing changes. */
  it("refuse the same file and a damaged one", async () => {
    const t = await words("en");
    await simulate("offline-request", "--output", file("newer"));
    const bytes = await readFile(file("newer"));
    bytes[150] ^= 1;
    await writeFile(file("damaged"), bytes);
    const visited = await enter(harness);
    const { page, show, close } = visited;
    const list = { organization: owner.id, product: PRODUCT };
    const before = await call(visited, "licences.offline_systems", list);
    await show(`/licences/of/${owner.id}/${PRODUCT}/file`);
    const pick = page.getByRole("button", { name: t("licences-file-pick"), exact: true });
    for (const [name, key] of [
      ["request", "error-licence-file-already-read"],
      ["confirmation", "error-licence-file-already-read"],
      ["damaged", "error-licence-file-damaged"],
    ]) {
      await upload(page, pick, name);
      await page.getByText(t(key)).waitFor();
    }
    assert.deepEqual(await call(visited, "licences.offline_systems", list), before);
    await close();
  });

  /** LIC-50: of another file a person enters what it says. */
  it("are entered by hand from another file", async () => {
    const t = await words("en");
    await writeFile(file("report.txt"), "Server name: nvr-3\nChannels = 2\n");
    const { page, show, faults, close } = await enter(harness);
    await show(`/licences/of/${owner.id}/${PRODUCT}/file`);
    await upload(page, page.getByRole("button", { name: t("licences-file-pick"), exact: true }), "report.txt");
    await page.getByRole("cell", { name: "nvr-3" }).waitFor();
    const form = page.getByRole("region", { name: t("licences-file-entered") });
    await form.getByRole("textbox", { name: t("licences-offline-system") }).fill("nvr-3");
    await form.getByRole("spinbutton").first().fill("2");
    await form.getByRole("textbox", { name: t("licences-reference") }).fill("line 2");
    assert.deepEqual(await violations({ page }), []);
    await page.getByRole("button", { name: t("licences-file-accept"), exact: true }).click();
    await page
      .getByRole("table", { name: t("licences-offline-contents") })
      .getByRole("cell", { name: "2", exact: true })
      .waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-40 */
  it("and hardware brings its licences, as long as it is registered", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    const button = (key) => page.getByRole("button", { name: t(key), exact: true });
    await show(path(systems).replace("offline", "hardware"));
    await button("licences-do-hardware").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: t("licences-hardware-serial") }).fill("B8A4-0001");
    await dialog.getByRole("textbox", { name: t("licences-hardware-model") }).fill("S1216");
    await dialog.getByRole("spinbutton", { name: t("licences-number") }).fill("4");
    await dialog.getByRole("textbox", { name: t("licences-reference") }).fill("Delivery note 7");
    assert.deepEqual(await violations({ page }), []);
    await dialog.getByRole("button", { name: t("licences-do-hardware"), exact: true }).click();
    const table = page.getByRole("table", { name: t("licences-view-hardware") });
    await table.getByText(t("licences-hardware-state-active"), { exact: true }).waitFor();
    await button("licences-hardware-do-remove").click();
    await dialog.getByRole("textbox", { name: t("licences-reason") }).fill("Sold");
    await button("licences-outcome-hardware-remove-confirm").click();
    await table.getByText(t("licences-hardware-state-suspended"), { exact: true }).waitFor();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    assert.deepEqual(faults, []);
    await close();
  });
});
