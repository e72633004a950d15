// Signed licence keys in the browser: an issuer of the command line is trusted by its file, its keys show what they hold, and are
// redeemed once; nothing of them can be typed over (LIC-20, LIC-21).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { misfits, pale, violations } from "./checks.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const PRODUCT = "camera-station-pro";

describe("signed licence keys", { timeout: 300_000 }, () => {
  let harness;
  let organization;
  let keys;
  let issuerFile;
  before(async () => {
    process.env.FLOTILLA_ISSUER_PASSPHRASE = "lantern over the harbour";
    harness = await open();
    const [secret, file] = ["secret.pem", "issuer.pem"].map((name) => join(harness.folder, name));
    await harness.flotilla(
      "licence",
      "issuer-new",
      "--name",
      "Nordlicht Vertrieb",
      "--secret",
      secret,
      "--public",
      file,
    );
    issuerFile = await readFile(file, "utf8");
    const facts = ["--product", PRODUCT, "--type", "core", "--quantity", "24", "--years", "3", "--order", "PO-4711"];
    keys = (await harness.flotilla("licence", "issue", "--issuer", secret, ...facts, "--count", "3"))
      .trim()
      .split("\n");
    const visited = await enter(harness);
    organization = await call(visited, "organizations.create", {
      name: "Werft Nord",
      zone: "Europe/Berlin",
      language: "en",
    });
    await call(visited, "licences.register", {
      operation: crypto.randomUUID(),
      organization: organization.id,
      product: PRODUCT,
      screen: "",
    });
    await visited.close();
  });
  after(() => harness?.close());

  const redeemPath = () => `/licences/of/${organization.id}/${PRODUCT}/redeem`;

  /** LIC-21, RGT-15 */
  it("are accepted once an administrator has compared the issuer's fingerprint", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    await show(redeemPath());
    await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill(keys[0]);
    await page.getByText(/not trusted/).waitFor();
    // The way to the administrators' page is where it is needed.
    await page.getByRole("link", { name: t("licences-issuers") }).click();
    await page.getByRole("button", { name: t("unsaved-do") }).click();
    await page.getByText(t("licences-issuers-none"), { exact: true }).waitFor();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    await button("licences-issuer-add").click();
    await page.getByRole("textbox", { name: t("licences-issuer-text") }).fill(issuerFile);
    const fingerprint = /Fingerprint: (.*)/.exec(issuerFile)[1];
    await page.getByText(fingerprint, { exact: true }).waitFor();
    assert.ok(await button("licences-issuer-add-confirm").isDisabled());
    await page.getByRole("checkbox", { name: t("licences-issuer-compared") }).check();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    await button("licences-issuer-add-confirm").click();
    await page
      .getByRole("row", { name: /Nordlicht Vertrieb/ })
      .getByText(t("licences-issuer-trusted"))
      .waitFor();
    assert.deepEqual(await violations({ page }), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-20, LIC-21: in each language and both themes nothing is cut off, pale or out of reach. */
  it("show what they hold, in each language", async () => {
    for (const [language, theme] of [
      ["en", "light"],
      ["fr", "dark"],
      ["ja", "light"],
    ]) {
      const t = await words(language);
      const { page, show, idle, faults, close } = await enter(harness, { language, theme });
      await show(redeemPath());
      // As a mail program breaks it, in small letters, with what looks alike.
      const broken = keys[0]
        .toLowerCase()
        .replaceAll("0", "o")
        .replace(/^(.{70})/, "$1\n");
      const box = page.getByRole("textbox", { name: t("licences-keys"), exact: true });
      await box.fill(broken);
      const signed = page.getByRole("region", { name: t("licences-signed-keys"), exact: true });
      await signed.getByText(t("licences-key-good")).waitFor();
      for (const text of ["Core", "24", "PO-4711", "Nordlicht Vertrieb"])
        await signed.getByText(text, { exact: true }).first().waitFor();
      assert.equal(await signed.getByRole("textbox").count(), 0);
      assert.equal(await signed.getByRole("spinbutton").count(), 0);
      await box.fill([keys[0], `${keys[1].slice(0, -6)}ZZZZZZ`, keys[0].toLowerCase(), "AB12-CD34"].join("\n"));
      await page.getByText(t("licences-keys-left-out", { count: 2 })).waitFor();
      await idle();
      for (const check of [violations, pale, misfits])
        assert.deepEqual(await check({ page }), [], `${language} ${theme}`);
      await show("/licences/issuers");
      for (const check of [violations, pale, misfits])
        assert.deepEqual(await check({ page }), [], `${language} ${theme}`);
      assert.deepEqual(faults, []);
      await close();
    }
  });

  /** LIC-20: one bad line does not lose the others; nothing is redeemed before it is confirmed; each key counts once. */
  it("are redeemed together, without the one that is wrong", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    await show(redeemPath());
    const bad = `${keys[2].slice(0, -6)}ZZZZZZ`;
    const box = page.getByRole("textbox", { name: t("licences-keys"), exact: true });
    await box.fill([keys[0], bad, keys[1]].join("\n"));
    await page.getByRole("button", { name: t("licences-redeem-keys", { count: 2 }), exact: true }).click();
    // What was left out is named, and can be corrected.
    await page.getByRole("table", { name: t("licences-redeem-left-keys"), exact: true }).waitFor();
    await page.getByRole("button", { name: t("licences-redeem-correct"), exact: true }).click();
    await box.waitFor();
    assert.equal(await box.inputValue(), bad);
    await box.fill(keys[0]);
    await page.getByText(/was redeemed by .* for .*Werft Nord/).waitFor();
    await box.fill("");
    await show(`/licences/of/${organization.id}/${PRODUCT}/wallet`);
    await page
      .getByText(t("licences-signed-by", { issuer: "Nordlicht Vertrieb" }))
      .first()
      .waitFor();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-21: a revoked issuer refuses new redemptions, with a reason that is kept; what was redeemed stays, and says so. */
  it("are not accepted from a revoked issuer", async () => {
    const t = await words("en");
    const { page, show, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    await show("/licences/issuers");
    await button("licences-issuer-revoke").click();
    await page.getByRole("dialog").getByRole("textbox").fill("The key was lost");
    await button("licences-issuer-revoke-confirm").click();
    await page.getByText("The key was lost").waitFor();
    await show(redeemPath());
    await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill(keys[2]);
    await page.getByText(/has been revoked/).waitFor();
    await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill("");
    await show(`/licences/of/${organization.id}/${PRODUCT}/wallet`);
    await page
      .getByText(t("licences-signed-by-revoked", { issuer: "Nordlicht Vertrieb" }))
      .first()
      .waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
});
