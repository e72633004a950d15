// Before a session: the first administrator, signing in, signing out.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { ACCOUNT, enter, LANGUAGES, open, PASSWORD, signIn, visit, visitFirst } from "./harness.mjs";
import { words } from "./words.mjs";

const NAMES = { en: "English", fr: "Français", ja: "日本語" };

describe("the first start", { timeout: 180_000 }, () => {
  let harness;
  before(async () => {
    harness = await open();
  });
  after(() => harness?.close());

  /** ACC-01, GEN-05 */
  it("is accessible and whole in each language and theme", async () => {
    for (const language of LANGUAGES) {
      const t = await words(language);
      for (const theme of ["light", "dark"]) {
        const visited = await visitFirst(harness, {
          language,
          theme,
          width: 900,
          height: 600,
        });
        await visited.page.getByText(t("first-title"), { exact: true }).waitFor();
        await visited.idle();
        assert.deepEqual(await violations(visited), [], `${language}, ${theme}`);
        assert.deepEqual(await misfits(visited), [], `${language}, ${theme}`);
        assert.deepEqual(visited.faults, []);
        await visited.close();
      }
    }
  });

  /** ACC-01, ADM-30: over the network nobody becomes the first administrator, and nothing typed is lost. */
  it("refuses a first administrator from afar", async () => {
    const t = await words("en");
    const { page, faults, close } = await visitFirst(harness);
    const field = (key) => page.getByLabel(t(key), { exact: true });
    await page.getByLabel(t("account-login")).fill(ACCOUNT);
    await field("account-password").fill(PASSWORD);
    await field("account-password-again").fill(PASSWORD);
    await page.getByRole("button", { name: t("first-create") }).click();
    await page.getByText(t("error-host-only")).first().waitFor();
    assert.equal(await page.getByLabel(t("account-login")).inputValue(), ACCOUNT);
    assert.deepEqual(faults, []);
    await close();
  });
});

describe("signing in", { timeout: 180_000 }, () => {
  let harness;
  before(async () => {
    harness = await open();
  });
  after(() => harness?.close());

  for (const language of LANGUAGES) {
    /** ACC-06, GEN-05 */
    it(`speaks ${language} to a browser that does`, async () => {
      const t = await words(language);
      for (const theme of ["light", "dark"]) {
        const visited = await visit(harness, {
          language,
          theme,
          width: 900,
          height: 600,
        });
        await visited.page.getByRole("heading", { name: t("sign-in-title"), exact: true }).waitFor();
        await visited.idle();
        assert.deepEqual(await violations(visited), [], theme);
        assert.deepEqual(await misfits(visited), [], theme);
        assert.deepEqual(visited.faults, []);
        await visited.close();
      }
    });
  }

  /** ACC-06: the language is redrawn at once, without a reload and without losing what was typed; the account keeps it. */
  it("changes its language at once", async () => {
    const { page, faults, close } = await visit(harness);
    await page.locator('input[name="login"]').fill(ACCOUNT);
    await page.evaluate(() => {
      window.sameDocument = true;
    });
    for (const language of ["ja", "en", "fr"]) {
      const t = await words(language);
      await page.getByRole("button", { name: NAMES[language], exact: true }).click();
      await page.getByRole("heading", { name: t("sign-in-title"), exact: true }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      assert.equal(await page.locator('input[name="login"]').inputValue(), ACCOUNT);
      assert.equal(await page.evaluate(() => window.sameDocument), true);
    }
    await signIn({ page });
    const t = await words("fr");
    await page.getByRole("heading", { level: 1, name: t("nav-dashboard") }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: t("nav-dashboard") }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** ACC-05, ACC-06: a wrong name and a wrong password are refused with the same words. */
  it("does not tell which of name and password was wrong", async () => {
    const { page, close } = await visit(harness);
    const said = [];
    for (const attempt of [{ password: "not-the-password" }, { login: "nobody" }]) {
      await signIn({ page }, attempt);
      const alert = page.getByRole("alert").first();
      await alert.waitFor();
      said.push((await alert.innerText()).trim());
      assert.equal(await page.locator('input[name="password"]').inputValue(), "");
      await page.reload();
      await page.locator('input[name="login"]').waitFor();
    }
    assert.equal(said[0], said[1]);
    assert.notEqual(said[0], "");
    await close();
  });

  /** ACC-12: after signing out the pages are out of reach, by address and by the back button. */
  it("is asked for again after signing out", async () => {
    const t = await words("en");
    const { page, show, faults, close } = await enter(harness);
    await show("/accounts");
    await page.locator("header.topbar .person").click();
    await page.getByRole("menuitem", { name: t("app-sign-out") }).click();
    await page.getByRole("heading", { name: t("sign-in-title"), exact: true }).waitFor();
    await page.goto(`${harness.address}#/accounts`);
    await page.reload();
    await page.getByRole("heading", { name: t("sign-in-title"), exact: true }).waitFor();
    assert.equal(await page.getByText(ACCOUNT, { exact: true }).count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });
});
