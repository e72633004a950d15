// The software repository, as an administrator works with it: files dropped, resumed, corrected, verified, saved and deleted.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const PIECE = 8 * 1024 * 1024;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Bytes that are nobody else's. */
const content = (length, seed) => Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + seed) % 251));

/** Drops files on the page, as from the file manager. */
async function drop(page, files) {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
  );
  const main = page.locator("main.page");
  await main.dispatchEvent("dragover", { dataTransfer: transfer });
  await page.getByText(t("repository-drop")).waitFor();
  await main.dispatchEvent("drop", { dataTransfer: transfer });
}

/** The row of a file. */
const row = (page, name) => page.getByRole("row").filter({ hasText: name });

describe("the software repository", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open();
  });
  after(() => harness.close());

  /** REP-01, REP-02, REP-03, REP-05, REP-06 */
  it("takes files that are dropped, recognises them, and tells the vendor's digest apart", async () => {
    const visited = await enter(harness);
    const { page, show, idle } = visited;
    await show("/repository");
    await page.getByText(t("repository-empty"), { exact: true }).waitFor();
    assert.deepEqual(await violations(visited), []);
    const firmware = content(300_000, 1);
    await drop(page, [
      { name: "AXIS_P3265-V_12_11_77.bin", bytes: firmware },
      {
        name: "AXIS_P3265-V_12_11_77.bin.sha256",
        bytes: Buffer.from(`${sha256(firmware)}  AXIS_P3265-V_12_11_77.bin\n`),
      },
      { name: "firmware.bin", bytes: content(1_000, 2) },
    ]);
    const known = row(page, "AXIS_P3265-V_12_11_77.bin");
    await known.waitFor();
    await known.getByText("12.11.77", { exact: true }).waitFor();
    await known.getByText(t("choice-repository-digest_origin-vendor")).waitFor();
    const unknown = row(page, "firmware.bin");
    await unknown.getByText(t("choice-repository-digest_origin-computed")).waitFor();

    await unknown.getByRole("link", { name: "firmware.bin" }).click();
    const panel = page.locator("aside.panel");
    await panel.locator(".banner", { hasText: t("repository-doubt-model_unknown") }).waitFor();
    await panel.getByLabel(t("list-repository-product")).fill("Q6135-LE");
    await panel.getByLabel(t("list-repository-version"), { exact: true }).fill("12.7.61");
    await panel.getByRole("button", { name: t("save"), exact: true }).click();
    await unknown.getByText("Q6135-LE", { exact: true }).waitFor();
    await idle();
    assert.deepEqual(await violations(visited), []);
    assert.deepEqual(await misfits(visited), []);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** REP-03, REP-04: a page that went away goes on with the same file, and with no other; the same content is recognised. */
  it("goes on with a file that stopped half-way", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    const image = content(PIECE + 9, 3);
    const begun = await call(visited, "repository.begin_upload", { name: "ipose-12.0.0-55.iso", size: image.length });
    // The first piece came before the page went away.
    const first = image.subarray(0, PIECE);
    await page.evaluate(
      async ([arrival, base64, digest]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const uploaded = await fetch("/upload?name=piece", {
          method: "POST",
          headers: { "X-Flotilla": "1", "Content-Type": "application/octet-stream" },
          body: bytes,
        });
        const { upload } = await uploaded.json();
        const appended = await fetch("/call/repository.append", {
          method: "POST",
          headers: { "X-Flotilla": "1", "Content-Type": "application/json" },
          body: JSON.stringify({ arrival, offset: 0, upload, sha256: digest }),
        });
        await appended.json();
      },
      [begun.id, first.toString("base64"), sha256(first)],
    );
    await show("/repository");
    const line = page.getByRole("listitem").filter({ hasText: "ipose-12.0.0-55.iso" });
    await line.getByText(t("repository-interrupted")).waitFor();
    const choose = line.locator('input[type="file"]');
    await choose.setInputFiles({ name: "other.iso", mimeType: "", buffer: content(image.length, 4) });
    await page.getByRole("status").getByText(t("error-repository-piece")).waitFor();
    await choose.setInputFiles({ name: "ipose-12.0.0-55.iso", mimeType: "", buffer: image });
    await row(page, "ipose-12.0.0-55.iso").waitFor();
    const rows = JSON.parse(await harness.flotilla("repository", "list", "ipose", "--json"));
    assert.equal(rows[0].sha256, sha256(image));
    assert.equal(rows[0].version, "12.0.0 build 55");

    await drop(page, [{ name: "copy.iso", bytes: image }]);
    const copy = page.getByRole("listitem").filter({ hasText: "copy.iso" });
    await copy.getByText(t("repository-known")).waitFor();
    await copy.getByRole("button", { name: t("repository-dismiss") }).click();
    await copy.waitFor({ state: "detached" });
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** REP-06, REP-08, CUS-51: what was altered on the disk is not handed out; what is deleted is gone. */
  it("saves copies, finds what was altered, and deletes", async () => {
    const visited = await enter(harness);
    const { page, show } = visited;
    const tool = content(70_000, 5);
    const path = join(harness.folder, "AdminTools 4.2.1.exe");
    await writeFile(path, tool);
    await harness.flotilla("repository", "add", path);
    await show("/repository?search=admintools");
    await page.getByRole("link", { name: "AdminTools 4.2.1.exe" }).click();
    const panel = page.locator("aside.panel");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: t("repository-save-file") }).click(),
    ]);
    assert.deepEqual(await readFile(await saved.path()), tool);

    const contents = join(harness.folder, "workspace", "repository", "content", sha256(tool).slice(0, 2));
    assert.deepEqual(await readdir(contents), [sha256(tool)]);
    await mkdir(contents, { recursive: true });
    await writeFile(join(contents, sha256(tool)), content(70_000, 6));
    await panel.getByRole("button", { name: t("repository-verify"), exact: true }).click();
    await panel.locator(".banner", { hasText: t("choice-repository-state-altered") }).waitFor();
    assert.equal(await panel.getByRole("button", { name: t("repository-save-file") }).isDisabled(), true);
    await assert.rejects(
      harness.flotilla("repository", "save", "AdminTools 4.2.1.exe", `${path}.copy`),
      /repository.altered/,
    );

    await panel.getByRole("button", { name: t("delete"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("AdminTools 4.2.1.exe").first().waitFor();
    await dialog.getByRole("button", { name: t("repository-delete-do", { count: 1, number: "1" }) }).click();
    await row(page, "AdminTools").waitFor({ state: "detached" });
    assert.deepEqual(await readdir(contents), []);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
