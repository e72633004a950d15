// Video servers and connected applications, as whoever looks after them works with them.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { whole } from "./cameras.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");

describe("video servers", { timeout: 300_000 }, () => {
  let harness;
  let customer;
  let server;
  before(async () => {
    harness = await open({ customers: 1, cameras: 4, videoServers: 1, trouble: "none" });
    [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    [server] = harness.servers;
  });
  after(() => harness?.close());

  const panel = (page) => page.locator("aside.panel");

  /** DEV-50, PRO-01: tested, its certificate looked at, saved; then it stands under the servers with the devices it works with. */
  it("are added, and say which devices they work with", async () => {
    const visited = await enter(harness, { width: 1600, height: 1000 });
    const { page, show } = visited;
    await show(`/customers?open=${customer.id}`);
    const section = page.getByRole("region", { name: t("connections-title"), exact: true });
    await section.getByRole("button", { name: t("connections-add"), exact: true }).click();
    const form = section.getByRole("form", { name: t("connections-add") });
    await form.getByLabel(t("connections-kind")).selectOption("video_server");
    await form.getByLabel(t("connections-name")).first().fill("Recorder");
    await form.getByLabel(t("customers-host")).fill(server.host);
    const port = form.getByLabel(t("list-customers-port"));
    assert.equal(await port.inputValue(), "29204");
    await port.fill(String(server.port));
    await form.getByLabel(t("connections-user-name")).fill(server.user);
    await form.getByLabel(t("connections-password"), { exact: true }).fill(server.password);
    await form.getByRole("button", { name: t("customers-test-do") }).click();
    await form.getByRole("button", { name: t("customers-certificate-accept-test") }).click();
    await form.getByRole("status").getByText(t("status-success"), { exact: true }).waitFor();
    await whole(visited);
    await form.getByRole("button", { name: t("save"), exact: true }).click();
    await form.waitFor({ state: "detached" });

    await show("/systems");
    const side = page.getByRole("complementary", { name: t("systems-side") });
    const servers = side.getByRole("region", { name: t("systems-servers") });
    await servers.getByRole("link", { name: "Recorder", exact: true }).click();
    await panel(page).getByRole("heading", { name: "Recorder", level: 2 }).waitFor();
    await panel(page).getByText(t("server-panel-not-reported"), { exact: true }).waitFor();
    for (const { serial } of harness.devices) await panel(page).getByText(serial, { exact: true }).waitFor();
    assert.equal(
      await panel(page).getByText(t("server-panel-devices-foreign"), { exact: true }).count(),
      harness.devices.length,
    );
    await whole(visited);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** DEV-51: switched off it is not polled, and says so; on it is asked at once. In each language everything fits. */
  it("are not monitored while somebody has switched that off", async () => {
    for (const language of LANGUAGES) {
      const say = await words(language);
      const visited = await enter(harness, { language, width: 1600, height: 1000 });
      const { page, show } = visited;
      await show("/systems");
      await page.getByRole("link", { name: "Recorder", exact: true }).first().click();
      const switchOff = panel(page).getByRole("button", { name: say("connections-monitoring-stop"), exact: true });
      await switchOff.click();
      await panel(page).getByText(say("status-not_monitored"), { exact: true }).first().waitFor();
      await whole(visited, language);
      await panel(page)
        .getByRole("button", { name: say("connections-monitoring-start"), exact: true })
        .click();
      await switchOff.waitFor();
      await panel(page).getByText(say("status-success"), { exact: true }).first().waitFor();
      assert.deepEqual(visited.faults, []);
      await visited.close();
    }
  });

  /** DEV-52, ORG-21: a connected application stands in the list, and the deletion of its folder names it. */
  it("stand beside connected applications, which the deletion of their folder names", async () => {
    const visited = await enter(harness, { width: 1600, height: 1000 });
    const { folder } = await call(visited, "organizations.read", { id: customer.id }).then((read) => ({
      folder: read.default_folder,
    }));
    const quay = await call(visited, "folders.create", { parent: folder, name: "Quay" });
    const { page, show } = visited;
    await show(`/systems?organization=${customer.id}`);
    await page.getByRole("button", { name: t("add"), exact: true }).click();
    await page.getByRole("menuitem", { name: t("applications-connected-add"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("list-systems-name"), { exact: true }).fill("Patrol");
    await whole(visited);
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await panel(page).getByRole("heading", { name: "Patrol", level: 2 }).waitFor();
    await panel(page).getByText(t("applications-connected-not-asked"), { exact: true }).waitFor();
    await whole(visited);
    const [{ id }] = (
      await call(visited, "systems.window", {
        ids: [new URL(page.url().replace("#", "")).searchParams.get("open")],
      })
    ).filter(({ kind }) => kind === "connected_application");
    await call(visited, "folders.move_systems", { ids: [id], folder: quay.id });
    const plan = await call(visited, "folders.plan_deletion", { id: quay.id });
    assert.deepEqual([plan.systems, plan.applications], [1, ["Patrol"]]);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
