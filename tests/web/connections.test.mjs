// Several connections of one customer: a camera beside its telephone system, added, renamed and removed (CUS-16, DEV-03).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "./checks.mjs";
import { enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const rowOf = (page, name) =>
  page.locator('[role="grid"] .rows [role="row"]').filter({ has: page.getByText(name, { exact: true }) });
const connected = (count) => t("connections-connected", { connected: count, connections: count });

describe("the connections of a customer", { timeout: 240_000 }, () => {
  let harness;
  let customers;
  before(async () => {
    harness = await open({ customers: 2, cameras: 2, trouble: "none" });
    customers = JSON.parse(await harness.flotilla("customers", "list", "--json"));
  });
  after(() => harness?.close());

  const sectionOf = (page) => page.getByRole("region", { name: t("connections-title"), exact: true });

  /** CUS-11, CUS-16, DEV-03: a test, a yes to the certificate, a save; then list and panel count both, and a removal ends it. */
  it("are added, renamed and removed one by one", async () => {
    const [customer] = customers;
    const [camera] = harness.devices;
    const visited = await enter(harness, { width: 1440, height: 1000 });
    const { page, show, idle, faults, close } = visited;
    await show(`/customers?open=${customer.id}`);
    const panel = page.locator("aside.panel");
    const section = sectionOf(page);
    await section.getByRole("button", { name: t("connections-add"), exact: true }).click();
    const form = section.getByRole("form", { name: t("connections-add") });
    await form.getByLabel(t("connections-kind")).selectOption("device");
    await form.getByLabel(t("connections-name")).first().fill("Gate camera");
    await form.getByLabel(t("customers-host")).fill(camera.host);
    await form.getByLabel(t("list-customers-port")).fill(String(camera.port));
    await form.getByLabel(t("connections-user-name")).fill(camera.user);
    await form.getByLabel(t("connections-password"), { exact: true }).fill(camera.password);
    const save = form.getByRole("button", { name: t("save"), exact: true });
    assert.ok(await save.isDisabled(), "nothing was tested yet");
    await form.getByRole("button", { name: t("customers-test-do") }).click();
    const { fingerprint } = await harness.simulate("GET", `/systems/${camera.host}:${camera.port}`);
    await form.getByText(fingerprint.toUpperCase().match(/../g).join(":")).waitFor();
    assert.ok(await save.isDisabled(), "nobody has said yes");
    await form.getByRole("button", { name: t("customers-certificate-accept-test") }).click();
    await form.getByRole("status").getByText(t("status-success"), { exact: true }).waitFor();
    await idle();
    assert.deepEqual(await violations(visited), []);
    await save.click();
    await form.waitFor({ state: "detached" });
    // In the section, in the subtitle of the panel, and in the list.
    await section.getByText(connected(2), { exact: true }).waitFor();
    await panel.locator("header").getByText(connected(2)).first().waitFor();
    await rowOf(page, customer.name).getByText(connected(2)).waitFor();
    // The camera is a camera, and stands under its connection.
    await panel.getByRole("heading", { level: 3, name: "Gate camera", exact: true }).waitFor();
    await panel.getByRole("img", { name: t("choice-systems-kind-camera"), exact: true }).waitFor();
    assert.deepEqual(await violations(visited), []);

    await section
      .getByRole("button", {
        name: t("connections-edit", { name: "Gate camera" }),
        exact: true,
      })
      .click();
    const edit = section.getByRole("form", {
      name: t("connections-edit", { name: "Gate camera" }),
    });
    await edit.getByLabel(t("connections-name")).first().fill("Yard camera");
    await edit.getByRole("button", { name: t("save"), exact: true }).click();
    await edit.waitFor({ state: "detached" });
    await section.getByText("Yard camera", { exact: true }).waitFor();

    await section
      .getByRole("button", {
        name: t("connections-remove", { name: "Yard camera" }),
        exact: true,
      })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(t("connections-remove-body")).waitFor();
    await dialog.getByRole("button", { name: t("connections-remove-do"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await section.getByText("Yard camera", { exact: true }).waitFor({ state: "detached" });
    await page.getByText(connected(2)).first().waitFor({ state: "detached" });
    await rowOf(page, customer.name)
      .getByRole("img", { name: t("connection-connected"), exact: true })
      .waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** UI-03, CUS-16: the same by keyboard alone, on the customer's page. */
  it("are added and removed by keyboard alone", async () => {
    const customer = customers[1];
    const camera = harness.devices[1];
    const { page, show, idle, faults, close } = await enter(harness);
    await show(`/customers/edit/${customer.id}`);
    /** Goes on with a key until what has the focus is called so. */
    const reach = async (name, key = "Tab") => {
      const focused = () =>
        page.evaluate(() => {
          const element = document.activeElement;
          return (element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
        });
      const met = [];
      for (let at = await focused(); !at.startsWith(name);) {
        met.push(at.slice(0, 40));
        assert.ok(met.length < 100, `${name} is not among ${met.join(", ")}`);
        await page.keyboard.press(key);
        at = await focused();
      }
    };
    const type = async (name, text) => {
      await reach(name);
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    };
    await reach(t("connections-add"));
    await page.keyboard.press("Enter");
    // The form begins in its first field.
    await reach(t("connections-kind"));
    await page.keyboard.type(t("connections-kind-device").slice(0, 6));
    await type(t("connections-name"), "Door");
    await type(t("customers-host"), camera.host);
    await type(t("list-customers-port"), String(camera.port));
    await type(t("connections-user-name"), camera.user);
    await type(t("connections-password"), camera.password);
    await reach(t("customers-test-do"));
    await page.keyboard.press("Enter");
    const section = sectionOf(page);
    await section.getByRole("button", { name: t("customers-certificate-accept-test") }).waitFor();
    await idle();
    await reach(t("customers-certificate-accept-test"));
    await page.keyboard.press("Enter");
    await section.getByRole("status").getByText(t("status-success"), { exact: true }).waitFor();
    await idle();
    await reach(t("save"));
    await page.keyboard.press("Enter");
    await section.getByText(connected(2), { exact: true }).waitFor();
    // Whoever saved goes on where the form was opened.
    await page.waitForFunction((name) => document.activeElement.textContent.includes(name), t("connections-add"));
    await reach(t("connections-remove", { name: "Door" }), "Shift+Tab");
    await page.keyboard.press("Enter");
    const confirm = page.getByRole("dialog").getByRole("button", { name: t("connections-remove-do"), exact: true });
    await confirm.waitFor();
    await idle();
    await reach(t("connections-remove-do"));
    await page.keyboard.press("Enter");
    await section.getByText("Door", { exact: true }).waitFor({ state: "detached" });
    assert.deepEqual(faults, []);
    await close();
  });
});
