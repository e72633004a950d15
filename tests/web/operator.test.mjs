// What an operator sees and may do, in the browser as everywhere (CUS-06, RGT-01 to RGT-15).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { call, enter, open, PASSWORD, signIn, visit } from "./harness.mjs";
import { words } from "./words.mjs";

describe("an operator", { timeout: 180_000 }, () => {
  let harness;
  let mine;
  let foreign;

  before(async () => {
    harness = await open({ customers: 6, trouble: "none" });
    [mine, foreign] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const chief = await enter(harness);
    const { id } = await call(chief, "accounts.add", {
      login: "hand",
      role: "operator",
      enabled: true,
      password: PASSWORD,
      confirmation: PASSWORD,
    });
    await call(chief, "customers.edit", {
      ids: [mine.id],
      add_operators: [id],
    });
    await chief.close();
  });
  after(() => harness?.close());

  /** CUS-06, DSH-01, RGT-01: only what is assigned, on every page; nothing that is an administrator's is offered. */
  it("sees assigned customers only, and no page of an administrator", async () => {
    const t = await words("en");
    const visited = await visit(harness);
    const { page, show, faults, close } = visited;
    await signIn(visited, { login: "hand" });
    await page.locator("nav.rail").waitFor();
    await show("/customers");
    await page.getByText(t("list-total", { total: "1" }), { exact: true }).waitFor();
    await page.getByText(mine.name, { exact: true }).first().waitFor();
    assert.equal(await page.getByText(foreign.name, { exact: true }).count(), 0);
    await show("/systems");
    assert.equal(await page.getByText(foreign.name, { exact: true }).count(), 0);
    for (const key of ["nav-accounts", "nav-preferences", "nav-audit"])
      assert.equal(await page.locator("nav.rail").getByText(t(key), { exact: true }).count(), 0, key);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(foreign.name.slice(0, 10));
    await page.getByText(t("palette-nothing", { text: foreign.name.slice(0, 10) })).waitFor();
    await page.keyboard.press("Escape");
    // By its address, too, what is not theirs does not exist.
    await show(`/customers?open=${foreign.id}`);
    await page
      .locator("aside.panel")
      .getByRole("heading", { name: t("customers-gone") })
      .waitFor();
    assert.equal(await page.getByText(foreign.name, { exact: true }).count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  /** SEC-02, ADM-20: what the page does not offer, the core refuses, and writes down. */
  it("is refused by the core, and the audit log knows it", async () => {
    const visited = await visit(harness);
    await signIn(visited, { login: "hand" });
    await visited.page.locator("nav.rail").waitFor();
    for (const [command, argument] of [
      ["customers.panel", { id: foreign.id }],
      ["customers.delete", { ids: [mine.id] }],
      ["preferences.read", {}],
    ])
      await assert.rejects(call(visited, command, argument), command);
    await visited.close();
    const chief = await enter(harness);
    await chief.show("/audit");
    const t = await words("en");
    await chief.page.getByText(t("choice-audit-result-refused"), { exact: true }).nth(2).waitFor();
    await chief.close();
  });
});
