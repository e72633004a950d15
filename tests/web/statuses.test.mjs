// What the simulator does to its systems, as somebody sees it who looks after them.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

/** CUS-03: status, the fault that leads to it, and the state of the connection that gives it colour and shape. */
const STATUSES = [
  ["success", null, "connected"],
  ["failed", { kind: "not-this-protocol" }, "disconnected"],
  ["invalid_credentials", { kind: "no-such-user" }, "problems"],
  ["authorization_failed", { kind: "wrong-password" }, "problems"],
  ["monitoring_rights_missing", { kind: "no-monitoring-rights" }, "problems"],
  ["disabled_by_administrator", { kind: "user-disabled-by-administrator" }, "problems"],
  ["service_user_disabled", { kind: "user-disabled" }, "problems"],
  ["service_user_locked", { kind: "user-locked" }, "problems"],
  ["too_many_sessions", { kind: "too-many-sessions" }, "problems"],
  ["upgrade_rights_missing", { kind: "no-upgrade-rights" }, "problems"],
  ["unreachable", { kind: "refuse" }, "disconnected"],
  ["certificate_changed", "another certificate", "disconnected"],
  ["certificate_not_trusted", "never accepted", "problems"],
];
const COLOURS = {
  connected: "--good",
  problems: "--care",
  disconnected: "--bad",
  never: "--text-3",
};
const rowOf = (page, name) =>
  page.locator('[role="grid"] .rows [role="row"]').filter({ has: page.getByText(name, { exact: true }) });

describe("the status of a connection", { timeout: 300_000 }, () => {
  let harness;
  let customers;
  const address = ({ host, port }) => `${host}:${port}`;

  before(async () => {
    harness = await open({
      customers: STATUSES.length,
      trouble: "none",
      imported: false,
    });
    await harness.flotilla("customers", "import", `${harness.folder}/customers.csv`, "--yes", "--without-contact");
    // Nobody has accepted a certificate yet.
    customers = JSON.parse(await harness.flotilla("poll", "--json"));
    const visited = await enter(harness);
    for (const [place, [, cause]] of STATUSES.entries()) {
      const customer = customers[place];
      assert.equal(customer.status, "certificate_not_trusted");
      if (cause === "never accepted") continue;
      const { main_connection, waiting_certificate: met } = await call(visited, "customers.panel", { id: customer.id });
      await call(visited, "connections.accept_certificate", {
        id: main_connection,
        sha256: met.sha256,
      });
      if (cause === "another certificate") await harness.simulate("POST", `/systems/${address(customer)}/certificate`);
      else if (cause !== null) await harness.simulate("POST", `/systems/${address(customer)}/faults`, cause);
    }
    await call(visited, "customers.refresh", {
      ids: customers.map(({ id }) => id),
    });
    await visited.close();
  });
  after(() => harness?.close());

  for (const language of LANGUAGES) {
    /** CUS-02, CUS-03: shape, colour and words, in the list and in the panel with what to do. */
    it(`has its shape, colour and words in ${language}`, async () => {
      const t = await words(language);
      const { page, show, idle, faults, close } = await enter(harness, {
        language,
        width: 1440,
        height: 900,
      });
      await show("/customers");
      const names = new Set();
      for (const [place, [status, , connection]] of STATUSES.entries()) {
        const row = rowOf(page, customers[place].name);
        const mark = row.getByRole("img", {
          name: t(`connection-${connection}`),
          exact: true,
        });
        await mark.waitFor();
        const [seen, wanted] = await mark.evaluate((element, token) => {
          const probe = document.createElement("i");
          probe.style.color = `var(${token})`;
          document.body.append(probe);
          const colours = [getComputedStyle(element).color, getComputedStyle(probe).color];
          probe.remove();
          return colours;
        }, COLOURS[connection]);
        assert.equal(seen, wanted, `${status} has the colour of ${connection}`);
        assert.ok(await mark.evaluate((element, state) => element.classList.contains(`conn-${state}`), connection));
        const word = t(`choice-customers-status-${status}`);
        names.add(word);
        await row.getByText(word, { exact: true }).waitFor();
      }
      assert.equal(names.size, STATUSES.length, "no two statuses read the same");
      for (const status of ["authorization_failed", "unreachable", "certificate_changed"]) {
        const customer = customers[STATUSES.findIndex(([known]) => known === status)];
        await rowOf(page, customer.name).getByText(customer.name, { exact: true }).click();
        await idle();
        const banner = page.locator("aside.panel .banner");
        // What does not answer is spoken of by the kind of its connection.
        const key = status === "unreachable" ? "status-unreachable-ip_office" : `status-${status}`;
        for (const part of ["", ".explanation", ".action"])
          await banner.filter({ hasText: t(`${key}${part}`) }).waitFor();
      }
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** CRT-11, CUS-15: a changed certificate stops everything until a person says yes to it; then it is green again. */
  it("is certificate changed until somebody accepts the new one", async () => {
    const t = await words("en");
    const customer = customers[STATUSES.findIndex(([status]) => status === "certificate_changed")];
    const { page, show, idle, faults, close } = await enter(harness, {
      width: 1440,
      height: 900,
    });
    const system = () => harness.simulate("GET", `/systems/${address(customer)}`);
    const before = await system();
    await show(`/customers?open=${customer.id}`);
    const panel = page.locator("aside.panel");
    await panel
      .getByRole("button", {
        name: t("connections-refresh", { name: address(customer) }),
        exact: true,
      })
      .click();
    const banner = panel.locator(".banner").filter({ hasText: t("status-certificate_changed") });
    await banner.waitFor();
    await idle();
    const asked = await system();
    assert.equal(asked.counters.requests, before.counters.requests, "not a byte of HTTP reached it");
    assert.equal(asked.counters.sign_ins, before.counters.sign_ins);
    await panel.getByRole("button", { name: t("customers-certificate-compare") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(asked.fingerprint.toUpperCase().match(/../g).join(":")).waitFor();
    await dialog.getByRole("button", { name: t("customers-certificate-accept") }).click();
    await dialog.waitFor({ state: "detached" });
    await rowOf(page, customer.name)
      .getByRole("img", { name: t("connection-connected"), exact: true })
      .waitFor();
    await banner.waitFor({ state: "detached" });
    assert.ok((await system()).counters.sign_ins > before.counters.sign_ins);
    assert.deepEqual(faults, []);
    await close();
  });
});
