// Two people edit the same thing. What was typed is never thrown away, and what both changed is shown side by side.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

/** The fields of a customer that a save hands back. */
const customerFields = ({
  name,
  host,
  port,
  user_name,
  mode,
  tags,
  telephone,
  email,
  operators,
  address,
  notes,
  proxy,
  id,
  revision,
}) => ({
  name,
  host,
  port,
  user_name,
  mode,
  tags,
  telephone,
  email,
  operators,
  address,
  notes,
  proxy,
  id,
  revision,
  password: null,
  proof: null,
  without_contact: false,
  accept: null,
});

describe("two people", { timeout: 300_000 }, () => {
  let harness;
  let customer;
  before(async () => {
    harness = await open({ customers: 6 });
    [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
  });
  after(() => harness?.close());

  const conflictOf = (page, t) => page.getByRole("region", { name: t("conflict-title") });
  /** The value of a side in a clash, as it is chosen. */
  const side = (page, field, which) =>
    page
      .getByRole("radiogroup", { name: field, exact: true })
      .getByRole("radio")
      .nth(which === "theirs" ? 0 : 1);

  for (const language of LANGUAGES) {
    /** CUS-43, GEN-05: beside *Save*, at every size, their value and mine. */
    it(`edit the same customer in ${language}`, async () => {
      const t = await words(language);
      const visited = await enter(harness, { language });
      const { page, show, idle, faults, close } = visited;
      const number = LANGUAGES.indexOf(language);
      const [mine, theirs] = [`+49 30 100${number}`, `+49 30 200${number}`];
      await show(`/customers/edit/${customer.id}`);
      const telephone = page.locator('form#customer input[type="tel"]');
      const email = page.locator('form#customer input[type="email"]');
      await telephone.fill(mine);
      await email.fill(`mine.${language}@example.com`);
      const details = await call(visited, "customers.read", { id: customer.id });
      await call(visited, "customers.save", {
        ...customerFields(details),
        telephone: theirs,
        notes: `theirs ${language}`,
      });
      // Wherever the form is scrolled to, what is wrong is seen.
      await email.scrollIntoViewIfNeeded();
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      const conflict = conflictOf(page, t);
      await conflict.waitFor();
      assert.ok(
        await conflict.evaluate(
          (element) =>
            element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().bottom <= innerHeight,
        ),
      );
      assert.equal(await telephone.inputValue(), mine);
      assert.equal(await page.locator("form#customer textarea").last().inputValue(), `theirs ${language}`);
      assert.equal(await page.getByRole("button", { name: t("save"), exact: true }).isDisabled(), true);
      assert.deepEqual(await violations(visited), []);
      for (const [width, height] of [
        [1280, 800],
        [900, 600],
        [450, 300],
      ]) {
        await page.setViewportSize({ width, height });
        await idle();
        assert.deepEqual(await misfits(visited), [], `${width} × ${height}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await side(page, t("list-customers-telephone"), "theirs").check();
      assert.equal(await telephone.inputValue(), theirs);
      await page.getByRole("button", { name: t("save"), exact: true }).click();
      await page.waitForFunction(() => location.hash.startsWith("#/customers?open="));
      const saved = await call(visited, "customers.read", { id: customer.id });
      assert.deepEqual(
        [saved.telephone, saved.email, saved.notes],
        [theirs, `mine.${language}@example.com`, `theirs ${language}`],
      );
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** CUS-43 */
  it("edit the same account, the same preferences and the same connection", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, faults, close } = visited;
    const save = () => page.getByRole("button", { name: t("save"), exact: true });

    const account = await call(visited, "accounts.add", {
      login: "m.osei",
      password: "Leuchtturm-42",
      confirmation: "Leuchtturm-42",
      role: "operator",
      labels: [],
      first_name: "Maren",
      last_name: "Osei",
      telephone: "",
      mobile: "",
      email: "",
      enabled: true,
      must_change_password: true,
      expires_on: null,
    });
    await show(`/accounts?open=${account.id}`);
    await page.getByRole("textbox", { name: t("account-first-name") }).fill("Maria");
    await page.getByRole("textbox", { name: t("account-mobile") }).fill("01701234567");
    const {
      protected: _protected,
      has_avatar: _avatar,
      ...fields
    } = await call(visited, "accounts.read", { id: account.id });
    await call(visited, "accounts.save", {
      ...fields,
      first_name: "Marianne",
      last_name: "Osei-Berg",
      password: null,
      confirmation: null,
    });
    await save().click();
    await conflictOf(page, t).waitFor();
    await side(page, t("account-first-name"), "mine").check();
    await save().click();
    await conflictOf(page, t).waitFor({ state: "detached" });
    const known = await call(visited, "accounts.read", { id: account.id });
    assert.deepEqual([known.first_name, known.last_name, known.mobile], ["Maria", "Osei-Berg", "01701234567"]);

    await show("/preferences");
    await page.getByRole("spinbutton", { name: t("preferences-timeout") }).fill("11");
    const form = await call(visited, "preferences.read", {});
    await call(visited, "preferences.save", {
      ...form,
      preferences: { ...form.preferences, session_timeout_minutes: 12, log_days: 9 },
    });
    await save().click();
    await conflictOf(page, t).waitFor();
    await side(page, t("preferences-timeout"), "theirs").check();
    // What is left is what they saved: there is nothing to save any more.
    assert.equal(await page.getByRole("spinbutton", { name: t("preferences-timeout") }).inputValue(), "12");
    assert.equal(await page.getByRole("spinbutton", { name: t("preferences-log-days") }).inputValue(), "9");
    assert.equal(await save().isDisabled(), true);

    await show(`/customers/edit/${customer.id}`);
    const [connection] = await call(visited, "connections.of", { organization: customer.id });
    const called = connection.name || `${connection.host}:${connection.port}`;
    await page.getByRole("button", { name: t("connections-edit", { name: called }), exact: true }).click();
    const name = page.getByRole("textbox", { name: `${t("connections-name")} · ${t("optional")}` });
    await name.fill("Mine");
    await call(visited, "connections.save", {
      id: connection.id,
      organization: customer.id,
      kind: connection.kind,
      name: "Theirs",
      host: connection.host,
      port: connection.port,
      user_name: connection.user_name,
      proxy: connection.proxy,
      password: null,
      accept: null,
      revision: connection.revision,
      proof: null,
      without_contact: false,
    });
    const own = page.locator("form").filter({ has: name });
    await own.getByRole("button", { name: t("save"), exact: true }).click();
    await conflictOf(page, t).waitFor();
    assert.equal(await name.inputValue(), "Mine");
    await side(page, t("connections-name"), "mine").check();
    await own.getByRole("button", { name: t("save"), exact: true }).click();
    await own.waitFor({ state: "detached" });
    const [now] = await call(visited, "connections.of", { organization: customer.id });
    assert.equal(now.name, "Mine");
    assert.deepEqual(faults, []);
    await close();
  });
});
