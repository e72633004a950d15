// Licences in the browser: from registering a product to a licensed year, a transfer that waits and is recalled, and what
// ends; every step leads on to the next (LIC-03 to LIC-05, LIC-11, LIC-20, LIC-30, LIC-45, LIC-46, LIC-62, LIC-75).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "./checks.mjs";
import { call, enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const PRODUCT = "camera-station-edge";

describe("licences", { timeout: 300_000 }, () => {
  let harness;
  let sender;
  let receiver;
  before(async () => {
    harness = await open();
    const visited = await enter(harness);
    const make = (name) => call(visited, "organizations.create", { name, zone: "Europe/Berlin", language: "en" });
    sender = await make("Werft Nord");
    receiver = await make("Hafenamt");
    await visited.close();
  });
  after(() => harness?.close());

  const path = (organization, part = "overview") => `/licences/of/${organization.id}/${PRODUCT}/${part}`;

  /** LIC-03, LIC-05, LIC-11, LIC-15, LIC-20, LIC-21, LIC-30 */
  it("lead from the product list to a licensed year", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    await show(`/licences/of/${sender.id}`);
    await page
      .getByRole("row", { name: /Camera Station Edge/ })
      .getByRole("link", { name: t("licences-do-register") })
      .click();
    await button("licences-register-confirm").click();
    await button("licences-do-start").first().click();
    await button("licences-start-confirm").click();
    // Nothing is needed yet: a person says how much.
    await show(path(sender, "systems"));
    await button("licences-do-need").first().click();
    await page.getByRole("spinbutton", { name: t("licences-need-licences") }).fill("4");
    await button("save").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    // The wallet is empty, so keys are redeemed first.
    await show(path(sender, "redeem"));
    await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill("AB12-CD34-EF56\nGH78-IJ90-KL12");
    const keys = page.getByRole("region", { name: t("licences-held"), exact: true });
    for (const [place, number] of ["4", "6"].entries())
      await keys
        .getByRole("spinbutton", { name: t("licences-number") })
        .nth(place)
        .fill(number);
    await button("licences-redeem-keys", { count: 2 }).click();
    await page.getByRole("heading", { name: t("licences-lots") }).waitFor();
    await show(path(sender, "licensing"));
    await button("licences-allocate-number", { number: "4" }).click();
    await button("licences-confirm-allocation").click();
    await button("licences-confirm").click();
    await page.locator(".status-line", { hasText: t("licences-status-licensed", { date: "" }).trim() }).waitFor();
    // The number leads to what it is made of.
    await page
      .getByRole("region", { name: t("licences-by-year") })
      .locator("a.plain", { hasText: /^4$/ })
      .last()
      .click();
    await page.locator("aside.panel tfoot", { hasText: "4" }).waitFor();
    await idle();
    assert.deepEqual(await violations({ page }), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-20: the same key counts once, in the whole workspace, and the row says so. */
  it("refuse a key that was redeemed before", async () => {
    const t = await words("en");
    const visited = await enter(harness);
    const { page, show, close } = visited;
    await call(visited, "licences.register", {
      operation: crypto.randomUUID(),
      organization: receiver.id,
      product: PRODUCT,
      screen: "",
    });
    await show(path(receiver, "redeem"));
    await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill("ab12 cd34 ef56");
    await page.getByText(t("licences-keys-left-out", { count: 1 })).waitFor();
    await page
      .getByRole("region", { name: t("licences-held"), exact: true })
      .getByText(sender.name)
      .waitFor();
    assert.ok(
      await page.getByRole("button", { name: t("licences-redeem-keys", { count: 0 }), exact: true }).isDisabled(),
    );
    await close();
  });

  /** LIC-66: what the vendor shows is compared line by line; a difference that is chosen is resolved with its reason, the others stay. */
  it("are compared with what the vendor shows", async () => {
    const t = await words("en");
    const { page, show, idle, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    const take = async (name, text) => {
      const coming = page.waitForEvent("filechooser");
      await button(name).click();
      await (await coming).setFiles({ name: "portal.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    };
    await show(path(sender, "reconcile"));
    await take("licences-reconcile-file", "key;order\r\nAB12;PO-1\r\n");
    await page.getByText(t("licences-balance-head-missing", { columns: "type and term" })).waitFor();
    // The wallet has 6 of one year and the year that runs 4: as the vendor shows them.
    await take("licences-reconcile-other", "type;term;wallet;0\r\nDevice;1;6;4\r\n");
    await page.getByText(t("licences-reconcile-same")).waitFor();
    await take("licences-reconcile-other", "type;term;wallet;0\r\nDevice;one;6;4\r\n");
    await page.getByText(t("licences-reconcile-problems")).waitFor();
    await take("licences-reconcile-other", "type;term;wallet;0\r\nDevice;1;7;4\r\nDevice;3;2;\r\n");
    const rows = page.getByRole("region", { name: t("licences-reconcile-differences") }).getByRole("row");
    await rows.nth(2).waitFor();
    assert.equal(await rows.count(), 3);
    assert.ok(await button("licences-reconcile-none").isDisabled());
    await rows.nth(1).getByRole("checkbox").check();
    await button("licences-reconcile-confirm", { count: 1, number: "1" }).click();
    const reason = page.getByRole("textbox", { name: t("licences-reconcile-reason") });
    assert.equal(await reason.getAttribute("aria-invalid"), "true", "a reason is asked for");
    await idle();
    assert.deepEqual(await violations({ page }), []);
    await reason.fill("bought over the telephone");
    await button("licences-reconcile-confirm", { count: 1, number: "1" }).click();
    await page.getByText(t("choice-licence_history-kind-reconciled")).first().waitFor();
    await show(path(sender, "reconcile"));
    await take("licences-reconcile-file", "type;term;wallet;0\r\nDevice;1;7;4\r\nDevice;3;2;\r\n");
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2, "the other one is left");
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-21, LIC-61: the same key in two windows at once counts once; the last licences are allocated once, and the other hears of it. */
  it("are used once by two windows at once", async () => {
    const t = await words("en");
    const windows = [await enter(harness), await enter(harness)];
    const make = (name) => call(windows[0], "organizations.create", { name, zone: "Europe/Berlin", language: "en" });
    const organizations = [await make("Tonnenhof"), await make("Schleuse")];
    const act = (organization, more) => ({
      operation: crypto.randomUUID(),
      organization: organization.id,
      product: PRODUCT,
      screen: "",
      ...more,
    });
    for (const organization of organizations) await call(windows[0], "licences.register", act(organization, {}));
    const both = (how) => Promise.all(windows.map(how));
    const press = ({ page }, key, values) => page.getByRole("button", { name: t(key, values), exact: true }).click();
    await both(async ({ page, show }, place) => {
      await show(path(organizations[place], "redeem"));
      await page.getByRole("textbox", { name: t("licences-keys"), exact: true }).fill("AB12-CD34-EF56-TWICE");
      await page
        .getByRole("region", { name: t("licences-held"), exact: true })
        .getByRole("spinbutton", { name: t("licences-number") })
        .first()
        .fill("5");
    });
    const lots = windows.map(({ page }) => page.getByRole("heading", { name: t("licences-lots") }));
    const refused = windows.map(({ page }) => page.getByText(/The licence key .* (was|has already been) redeemed/));
    // Whoever is later hears of it as the answer to the press, or already before it: then there is nothing left to press.
    await both((visited, place) =>
      Promise.race([
        press(visited, "licences-redeem-keys", { count: 1 }).then(() =>
          lots[place].or(refused[place]).first().waitFor(),
        ),
        refused[place].first().waitFor(),
      ]),
    );
    const won = [await lots[0].isVisible(), await lots[1].isVisible()];
    assert.deepEqual(won.filter(Boolean), [true], "one of them has it");
    const owner = organizations[won.indexOf(true)];
    await call(
      windows[0],
      "licences.set_requirement",
      act(owner, { system: null, licence_type: "device", quantity: 5 }),
    );
    await call(windows[0], "licences.start", act(owner, { together_with: null }));
    await both(async (visited) => {
      await visited.show(path(owner, "licensing"));
      await press(visited, "licences-allocate-number", { number: "5" });
      await press(visited, "licences-confirm-allocation");
    });
    await both((visited) => press(visited, "licences-confirm"));
    const overtaken = windows.map(({ page }) => page.getByText(t("licences-wallet-changed")));
    const done = windows.map(({ page }) => page.getByText(t("licences-allocate-done", { count: 5 })));
    await both((_, place) => overtaken[place].or(done[place]).first().waitFor());
    const second = (await overtaken[0].isVisible()) ? 0 : 1;
    assert.ok(await overtaken[second].isVisible());
    await press(windows[second], "cancel");
    // Both pages go on with what is there now: nothing in the wallet for the year after.
    const missing = t("licences-missing", { what: t("licences-amount", { number: "5", name: "Device" }) });
    await both(({ page }) => page.getByText(missing).waitFor());
    await both(({ faults, close }) => (assert.deepEqual(faults, []), close()));
  });

  /** LIC-45, LIC-46, LIC-62 */
  it("wait at an organization that has not started the product, and are recalled", async () => {
    const t = await words("en");
    const { page, show, faults, close } = await enter(harness);
    const button = (key, values) => page.getByRole("button", { name: t(key, values), exact: true });
    await show(`${path(sender, "wallet")}?do=transfer`);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("spinbutton").first().fill("3");
    await button("continue").click();
    await dialog.getByRole("radio", { name: receiver.name }).check();
    await button("continue").click();
    await page.getByText(t("licences-transfer-waits", { customer: receiver.name })).waitFor();
    await button("licences-transfer-confirm", { count: 3 }).click();
    await button("licences-do-recall").click();
    await button("licences-recall-confirm").click();
    await page.getByText(t("licences-recall-done")).waitFor();
    await show(path(sender, "history"));
    await page.getByText(t("choice-licence_history-kind-transfer_returned")).first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** LIC-17, LIC-22, LIC-77: what is told in time leads to the years with the way to buy, and is dismissed for good. */
  it("tell in time what is missing, in each language", async () => {
    const organization = await (async () => {
      const visited = await enter(harness);
      const made = await call(visited, "organizations.create", {
        name: "Lotsenhaus",
        zone: "Europe/Berlin",
        language: "en",
      });
      const act = (more) => ({
        operation: crypto.randomUUID(),
        organization: made.id,
        product: PRODUCT,
        screen: "",
        ...more,
      });
      await call(visited, "licences.register", act({}));
      await call(visited, "licences.set_requirement", act({ system: null, licence_type: "device", quantity: 3 }));
      await call(visited, "licences.start", act({ together_with: null }));
      const form = await call(visited, "preferences.read", {});
      const reseller = {
        reseller_name: "Nordlicht Telekom",
        reseller_telephone: "+49 40 5550 112",
        reseller_email: "licences@nordlicht.example",
        reseller_web: "https://nordlicht.example/shop",
      };
      await call(visited, "preferences.save", { ...form, preferences: { ...form.preferences, ...reseller } });
      await visited.close();
      return made;
    })();
    for (const language of ["en", "fr", "ja"]) {
      const t = await words(language);
      const { page, show, idle, faults, close } = await enter(harness, { language });
      const list = page.getByRole("list", { name: t("licences-notices") });
      await show("/");
      await list.getByText("Lotsenhaus").waitFor();
      await idle();
      assert.deepEqual(await violations({ page }), []);
      await show("/licences");
      await list.getByRole("link", { name: /Lotsenhaus/ }).waitFor();
      await idle();
      assert.deepEqual(await violations({ page }), []);
      await list.getByRole("link", { name: /Lotsenhaus/ }).click();
      const buy = page.getByRole("group", { name: t("licences-where-to-buy") });
      await buy.getByText("+49 40 5550 112").waitFor();
      await buy.getByRole("button", { name: t("licences-buy-at", { name: "Nordlicht Telekom" }) }).waitFor();
      await idle();
      assert.deepEqual(await violations({ page }), []);
      await show("/preferences?part=reseller");
      await page.getByRole("textbox", { name: t("preferences-reseller-name"), exact: true }).waitFor();
      assert.deepEqual(faults, []);
      await close();
    }
    const t = await words("en");
    const { page, show, close } = await enter(harness);
    const list = page.getByRole("list", { name: t("licences-notices") });
    await show("/licences");
    const notice = { customer: "Lotsenhaus", product: "AXIS Camera Station Edge" };
    await list.getByRole("button", { name: t("licences-notice-dismiss", notice) }).click();
    await list.getByText("Lotsenhaus").waitFor({ state: "detached" });
    await show(`/licences/of/${organization.id}`);
    await show("/licences");
    await page.getByRole("heading", { name: t("nav-licences") }).waitFor();
    assert.equal(await list.getByText("Lotsenhaus").count(), 0);
    await close();
  });

  /** LIC-75: what ends within 90 days is one click away from the list. */
  it("show what ends, in each language", async () => {
    for (const language of ["en", "fr", "ja"]) {
      const t = await words(language);
      const { page, show, idle, faults, close } = await enter(harness, { language });
      await show("/licences");
      await page
        .getByRole("link", {
          name: new RegExp(
            t("licences-soon", { number: "" })
              .replace(/\s*件?$/, "")
              // Accessible names have plain spaces.
              .replaceAll(/\s+/g, "\\s"),
          ),
        })
        .click();
      await idle();
      await page.getByRole("group", { name: t("licences-by-month") }).waitFor();
      assert.equal(
        await page
          .getByRole("group", { name: t("licences-by-month") })
          .getByRole("button")
          .count(),
        13,
      );
      assert.deepEqual(await violations({ page }), []);
      assert.deepEqual(faults, []);
      await close();
    }
  });
});
