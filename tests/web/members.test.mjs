// Members in the browser: invited, let in by a code, promoted, changed, removed; folders beside the systems (ORG-10 to ORG-24).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { misfits, violations } from "./checks.mjs";
import { call, enter, LANGUAGES, open, PASSWORD, visit } from "./harness.mjs";
import { words } from "./words.mjs";

describe("members and folders", { timeout: 400_000 }, () => {
  let harness;
  let organization;
  let folders;
  before(async () => {
    harness = await open({ customers: 4, trouble: "none" });
    const customers = JSON.parse(await harness.flotilla("customers", "list", "--json"));
    const chief = await enter(harness);
    let most = 0;
    for (const { id } of customers) {
      const { systems } = await call(chief, "customers.panel", { id });
      if (systems.length <= most) continue;
      most = systems.length;
      organization = id;
    }
    assert.ok(most > 2, "a customer with several systems");
    const { default_folder } = await call(chief, "organizations.read", { id: organization });
    const make = (parent, name) => call(chief, "folders.create", { parent, name });
    const north = await make(default_folder, "North wing");
    folders = { top: default_folder, north: north.id, attic: (await make(north.id, "Attic")).id };
    folders.south = (await make(default_folder, "South wing")).id;
    await chief.close();
  });
  after(() => harness?.close());

  /** ORG-10 to ORG-12, RGT-09: invited in the list, let in by the code as a viewer, promoted by one click. */
  it("are invited, come in by their code, and are promoted", async () => {
    const t = await words("en");
    const chief = await enter(harness);
    const { page, show, idle, faults } = chief;
    await show(`/organizations/${organization}/members`);
    await page.getByRole("button", { name: t("members-invite") }).click();
    const panel = page.locator("aside.panel");
    // Nothing chosen: what is missing is told under the fields.
    await panel.getByRole("button", { name: t("members-invite-do", { count: 1, number: "1" }) }).click();
    await panel.locator('[aria-invalid="true"]').first().waitFor();
    const address = panel
      .getByRole("textbox", { name: t("members-emails") })
      .or(panel.getByRole("combobox", { name: t("members-emails") }));
    await address.fill("lena.voss@example.org");
    await address.press("Enter");
    await panel.getByRole("button", { name: t("organizations-role-operator") }).click();
    await panel.getByRole("checkbox", { name: "North wing" }).check();
    await panel.getByRole("button", { name: t("members-invite-do", { count: 1, number: "1" }) }).click();
    const text = await panel.locator(".text").innerText();
    const code = /([0-9A-Z]{5}-){5}[0-9A-Z]/.exec(text)?.[0];
    assert.ok(code, text);
    assert.ok(text.includes(new URL(harness.address).origin), text);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: t("members-save-message-of", { email: "lena.voss@example.org" }) }).click(),
    ]);
    assert.match(download.suggestedFilename(), /\.eml$/);
    await panel.getByRole("button", { name: t("members-done") }).click();
    await page.getByText("lena.voss@example.org").first().waitFor();

    const lena = await visit(harness);
    await lena.page.getByRole("button", { name: t("invitation-have") }).click();
    await lena.page.locator('input[name="code"]').fill("00000-00000-00000-00000-00000-0");
    await lena.page.keyboard.press("Enter");
    await lena.page.getByText(t("error-invitation-unknown")).waitFor();
    await lena.page.locator('input[name="code"]').fill(code.toLowerCase());
    await lena.page.keyboard.press("Enter");
    await lena.page.getByText("l•••@e•••.org", { exact: false }).waitFor();
    assert.deepEqual(await violations(lena), []);
    await lena.page.locator('input[name="first_name"]').fill("Lena");
    await lena.page.locator('input[name="last_name"]').fill("Voss");
    await lena.page.locator('input[name="login"]').fill("lena");
    await lena.page.locator('input[name="password"]').fill(PASSWORD);
    await lena.page.locator('input[name="confirmation"]').fill(PASSWORD);
    await lena.page.getByRole("button", { name: t("invitation-accept-new") }).click();
    await lena.page.locator("nav.rail").waitFor();
    // A viewer sees who the others are, and is offered nothing.
    await lena.show(`/organizations/${organization}/members`);
    await lena.page.getByText("Lena Voss").first().waitFor();
    for (const name of [t("members-invite"), t("members-more", { name: "Lena Voss" })])
      assert.equal(await lena.page.getByRole("button", { name }).count(), 0, name);

    await page.getByText(t("members-waiting", { count: 1, number: "1" })).waitFor();
    await page
      .getByRole("button", {
        name: t("members-grant-role", { role: t("organizations-role-operator"), name: "Lena Voss" }),
      })
      .click();
    await page.getByText(t("members-promoted", { count: 1, number: "1" })).waitFor();
    await idle();
    const rows = await call(chief, "members.window", {
      ids: await page.evaluate(async (id) => {
        const answer = await fetch("/call/members.index", {
          method: "POST",
          headers: { "X-Flotilla": "1", "Content-Type": "application/json" },
          body: JSON.stringify({ organization: id }),
        });
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return Array.from({ length: bytes.length / 16 }, (_, at) =>
          [...bytes.slice(at * 16, at * 16 + 16)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
        );
      }, organization),
    });
    assert.deepEqual(
      rows.filter((row) => row.login === "lena").map((row) => [row.role, row.state, row.promotion]),
      [["operator", "active", null]],
    );
    assert.deepEqual([...faults, ...lena.faults], []);
    await lena.close();
    await chief.close();
  });

  /** ORG-13, ORG-14: role and folders by keyboard alone, with what changes in numbers; then removed. */
  it("get other roles and folders by keyboard, and are removed", async () => {
    const t = await words("en");
    const chief = await enter(harness);
    const { page, show, idle, faults } = chief;
    await show(`/organizations/${organization}/members`);
    const grid = page.getByRole("grid");
    await page.keyboard.press("/");
    await page.keyboard.type("lena");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll('.rows [role="row"]').length === 1);
    await grid.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(t("members-act-access"));
    await page.keyboard.press("Enter");
    const panel = page.locator("aside.panel");
    await panel.waitFor();
    await panel.getByRole("button", { name: t("organizations-role-viewer") }).focus();
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: t("members-next") }).focus();
    await page.keyboard.press("Enter");
    await panel.getByRole("checkbox", { name: "North wing" }).focus();
    await page.keyboard.press(" ");
    await panel.getByRole("checkbox", { name: "South wing" }).focus();
    await page.keyboard.press(" ");
    await panel.getByText(t("members-change-folder", { name: "South wing", count: 0, number: "0" })).waitFor();
    assert.deepEqual(await violations(chief), []);
    await panel.getByRole("button", { name: t("members-next") }).focus();
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: t("members-apply") }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(t("members-changed", { count: 1, number: "1" })).waitFor();
    await page.locator(".rows").getByText("South wing").waitFor();
    await page.getByRole("button", { name: t("members-more", { name: "Lena Voss" }) }).click();
    await page.getByRole("menuitem", { name: t("members-remove") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: t("members-remove-do", { count: 1, number: "1", name: "" }) }).click();
    await dialog.waitFor({ state: "detached" });
    await idle();
    assert.equal(await page.locator(".rows").getByText("Lena Voss").count(), 0);
    // Who made the customer is its last owner.
    await page.getByRole("textbox", { name: t("list-search-members") }).fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: t("members-more", { name: "chief" }) }).click();
    await page.getByRole("menuitem", { name: t("members-remove") }).click();
    await dialog.getByRole("button", { name: t("members-remove-do", { count: 1, number: "1", name: "" }) }).click();
    await page.getByText(t("error-organization-last-owner")).waitFor();
    assert.deepEqual(faults, []);
    await chief.close();
  });

  /** ORG-20 to ORG-24: the tree beside the systems: counts, drag and drop, the menu, the keyboard; what goes is named before. */
  it("are moved into folders by hand and by keyboard", async () => {
    const t = await words("en");
    const chief = await enter(harness);
    const { page, show, idle, faults } = chief;
    await show(`/systems?organization=${organization}`);
    const tree = page.locator("aside.side");
    const row = (name) => tree.locator("li", { hasText: name }).first();
    await row("North wing").waitFor();
    const first = page.locator('.rows [role="row"]').first();
    const name = await first.locator("a.name").innerText();
    await first.dragTo(row("North wing"));
    await page.getByText(t("systems-moved", { count: 1, number: "1", into: "North wing" })).waitFor();
    // The folder shows it, with all below; from there it goes on by keyboard.
    await tree.getByRole("link", { name: "North wing" }).click();
    await page.waitForFunction(() => document.querySelectorAll('.rows [role="row"]').length === 1);
    await page.locator(".rows").getByText(name, { exact: true }).waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(t("systems-act-move"));
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: /Attic/ }).focus();
    await page.keyboard.press(" ");
    assert.deepEqual(await violations(chief), []);
    await page.keyboard.press("Enter");
    await page.getByText(t("systems-moved", { count: 1, number: "1", into: "Attic" })).waitFor();
    await idle();
    await page.locator(".rows").getByText(name, { exact: true }).waitFor();

    // What is not empty is counted, with a way to it.
    await row("Attic")
      .getByRole("button", { name: t("folders-more", { name: "Attic" }) })
      .click();
    await page.getByRole("menuitem", { name: t("folders-delete") }).click();
    await dialog.getByText(t("folders-delete-full")).waitFor();
    await dialog.getByRole("link", { name: t("folders-delete-systems", { count: 1, number: "1" }) }).waitFor();
    await page.keyboard.press("Escape");
    // A folder goes into another by hand, and back by the menu.
    await row("South wing").getByRole("link").dragTo(row("Attic"));
    await page.getByText(t("folders-moved", { name: "South wing", into: "Attic" })).waitFor();
    await row("South wing")
      .getByRole("button", { name: t("folders-more", { name: "South wing" }) })
      .click();
    await page.getByRole("menuitem", { name: t("folders-delete") }).click();
    await dialog.getByText(t("folders-delete-no-members")).waitFor();
    const remove = dialog.getByRole("button", { name: t("folders-delete-do") });
    assert.ok(await remove.isDisabled());
    await dialog.getByRole("checkbox").check();
    await remove.click();
    await page.getByText(t("folders-deleted", { name: "South wing" })).waitFor();
    await row("South wing").waitFor({ state: "detached" });
    assert.deepEqual(faults, []);
    await chief.close();
  });

  /** ORG-22: a folder that is taken from somebody while the list is open: its rows go, also under the pointer. */
  it("loses the rows of a folder that is withdrawn", async () => {
    const chief = await enter(harness);
    const account = await call(chief, "accounts.add", {
      login: "hand",
      password: PASSWORD,
      confirmation: PASSWORD,
      role: "operator",
      enabled: true,
      labels: [],
      first_name: "",
      last_name: "",
      telephone: "",
      mobile: "",
      email: "",
      must_change_password: false,
      expires_on: null,
    });
    const grant = (folder) =>
      call(chief, "organizations.set_grants", {
        organization,
        account: account.id,
        role: "operator",
        folders: [folder],
      });
    await grant(folders.top);
    const hand = await visit(harness);
    await hand.page.locator('input[name="login"]').fill("hand");
    await hand.page.locator('input[name="password"]').fill(PASSWORD);
    await hand.page.keyboard.press("Enter");
    await hand.page.locator("nav.rail").waitFor();
    await hand.show("/systems");
    const rows = hand.page.locator('.rows [role="row"]');
    await rows.first().hover();
    const before = await rows.count();
    assert.ok(before > 1);
    await grant(folders.attic);
    await hand.page.waitForFunction(() => document.querySelectorAll('.rows [role="row"]').length === 1, null, {
      timeout: 5000,
    });
    await hand.close();
    await chief.close();
  });

  /** GEN-05, UI-02: the pages in three languages, at the least size. */
  it("fit, and can be read, in three languages", async () => {
    for (const language of LANGUAGES) {
      const visited = await enter(harness, { language, width: 900, height: 600 });
      for (const path of [
        `/organizations/${organization}/members`,
        `/organizations/${organization}/members?open=invite`,
        `/organizations/${organization}/folders`,
        `/organizations/${organization}/activity`,
        `/systems?organization=${organization}`,
      ]) {
        await visited.show(path);
        assert.deepEqual(await misfits(visited), [], `${language} ${path}`);
        assert.deepEqual(await violations(visited), [], `${language} ${path}`);
      }
      assert.deepEqual(visited.faults, []);
      await visited.close();
      const stranger = await visit(harness, { language, width: 900, height: 600 });
      const t = await words(language);
      await stranger.page.getByRole("button", { name: t("invitation-have") }).click();
      assert.deepEqual(await misfits(stranger), [], language);
      assert.deepEqual(await violations(stranger), [], language);
      await stranger.close();
    }
  });
});
