// The import assistant, from the file to the customers, as a person goes through it (CUS-20 to CUS-25).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { call, enter, open, PASSWORD } from "./harness.mjs";
import { chooseFile, WRONG_FILE, WRONG_ROWS } from "./tour.mjs";
import { words } from "./words.mjs";

const CUSTOMERS = 8;
const SIZE = { width: 1440, height: 900 };
const FULL_HEADER =
  "IP Address/FQDN,Port,Name,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Email,Note,Tags";
const t = await words("en");
/** The cells of a row, left to right, after its tick, number and state. */
const FIELDS = ["host", "port", "name", "user_name", "password", "telephone", "email", "tags"];

describe("the import assistant", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({
      customers: CUSTOMERS,
      trouble: "none",
      imported: false,
    });
  });
  after(() => harness?.close());

  const stored = async () => JSON.parse(await harness.flotilla("customers", "list", "--json"));

  /** CUS-20, CUS-22: every problem of every row at once, each in words under its cell; mended in place; nothing is stored. */
  it("shows every mistake under its cell, has it mended there, and stores nothing", async () => {
    const visited = await enter(harness, { width: 1600, height: 1000 });
    const { page, idle, faults, close } = visited;
    await chooseFile(visited, "mistakes.csv", WRONG_FILE);
    const cell = (row, field) =>
      page
        .locator(`[role="grid"] [role="row"][aria-rowindex="${row + 1}"]`)
        .getByRole("gridcell")
        .nth(3 + FIELDS.indexOf(field));
    const wrong = [
      [2, "host", "error-field-required"],
      [3, "port", "error-field-out-of-range", { least: "1", most: "65,535" }],
      [4, "name", "error-field-required"],
      [5, "tags", "error-field-too-many-tags", { limit: "5" }],
      [6, "name", "error-import-same-name", { row: "7" }],
      [7, "name", "error-import-same-name", { row: "6" }],
      [8, "name", "error-field-invisible-character", { character: "U+200B" }],
      [9, "password", "error-field-required"],
    ];
    for (const [row, field, key, args] of wrong) {
      await cell(row, field).getByText(t(key, args), { exact: true }).waitFor();
      assert.equal(await cell(row, field).getAttribute("aria-invalid"), "true");
    }
    assert.equal(await page.locator('[role="gridcell"][aria-invalid="true"]').count(), wrong.length, "and no other");
    const tile = (key, count) =>
      page.getByRole("button", { name: new RegExp(`^${t(key)}`) }).getByText(String(count), { exact: true });
    await tile("import-state-invalid", wrong.length).waitFor();
    await tile("import-state-new", WRONG_ROWS.length - wrong.length).waitFor();
    const type = async (row, field, text) => {
      await cell(row, field).click();
      await page
        .getByRole("textbox", {
          name: t("import-cell", { column: t(`import-column-${field}`), row }),
        })
        .fill(text);
      await page.keyboard.press("Enter");
    };
    await type(3, "port", "8443");
    // Both of the twins are well by that.
    await type(7, "name", "Not a Twin Ltd");
    await tile("import-state-invalid", wrong.length - 3).waitFor();
    await type(1, "name", "");
    await tile("import-state-invalid", wrong.length - 2).waitFor();
    await cell(1, "name").getByText(t("error-field-required"), { exact: true }).waitFor();
    await idle();
    assert.deepEqual(await stored(), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** CUS-20, CUS-21: what is wrong with the file itself is said above its rows. */
  it("says what is wrong with the file itself", async () => {
    const visited = await enter(harness, { width: 1440, height: 900 });
    const { page, close } = visited;
    await chooseFile(visited, "header.csv", "IP Address/FQDN,Port,Label\r\n127.0.0.1,8443,One\r\n");
    const banners = page.locator(".banners .banner");
    // A column that nobody knows is asked about; what the rows cannot do without is named.
    await page.getByRole("heading", { name: t("import-columns-title") }).waitFor();
    assert.equal(await page.getByLabel(t("import-columns-of", { column: "Label" })).inputValue(), "");
    await chooseFile(
      visited,
      "quoting.csv",
      'IP Address/FQDN,Name,Ipoffice Username,Ipoffice Password\r\n127.0.0.1,"One,COMAdmin,secret\r\n',
    );
    await banners.filter({ hasText: t("error-import-quoting", { line: "2" }) }).waitFor();
    assert.deepEqual(await stored(), []);
    await close();
  });

  const HEADER = "IP Address/FQDN,Name,Ipoffice Username,Ipoffice Password";
  // “東京” as Shift_JIS has it.
  const TOKYO = Buffer.from([0x93, 0x8c, 0x8b, 0x9e]);
  const cases = [
    [
      "shift_jis",
      "comma",
      Buffer.concat([Buffer.from(`${HEADER}\n127.0.0.1,`), TOKYO, Buffer.from(",COMAdmin,secret-1\n")]),
      "東京",
    ],
    ["utf-16le", "comma", Buffer.from(`\ufeff${HEADER}\n127.0.0.1,Zürich,COMAdmin,secret-1\n`, "utf16le"), "Zürich"],
    [
      "utf-8",
      "semicolon",
      Buffer.from(`${HEADER.replaceAll(",", ";")}\r\n127.0.0.1;Nørre;COMAdmin;secret-1\r\n`),
      "Nørre",
    ],
    [
      "windows-1252",
      "tab",
      Buffer.from(`${HEADER.replaceAll(",", "\t")}\r\n127.0.0.1\tÉtude\tCOMAdmin\tsecret-1\r\n`, "latin1"),
      "Étude",
    ],
  ];
  for (const [encoding, separator, bytes, name] of cases) {
    /** CUS-21: detected, shown, changeable. */
    it(`reads ${encoding} with ${separator}`, async () => {
      const visited = await enter(harness, { width: 1440, height: 900 });
      const { page, idle, faults, close } = visited;
      await chooseFile(visited, `${encoding}.csv`, bytes);
      const shown = (key, what) =>
        page.getByRole("button", {
          name: `${t(key)} ${t("import-detected", { what })}`,
        });
      await shown("import-encoding", t(`import-encoding-${encoding}`)).waitFor();
      await shown("import-separator", t(`import-separator-${separator}`)).waitFor();
      await page.locator("main").getByText(name, { exact: true }).first().waitFor();
      if (encoding === "shift_jis") {
        await shown("import-encoding", t(`import-encoding-${encoding}`)).click();
        await page
          .getByRole("menuitemradio", {
            name: t("import-encoding-windows-1252"),
          })
          .click();
        await idle();
        assert.equal(await page.locator("main").getByText(name, { exact: true }).count(), 0);
      }
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** GEN-08, CUS-26: a comma that was not quoted shows no password, in the row nor beside it, until the row is mended. */
  it("shows a line whose cells moved without its password", async () => {
    const visited = await enter(harness, { width: 1600, height: 1000 });
    const { page, idle, faults, close } = visited;
    await chooseFile(visited, "shifted.csv", `${FULL_HEADER}\r\n192.0.2.50,,Shifted, Inc,COMAdmin,S3cret-pw,,,,,\r\n`);
    const row = page.locator('[role="grid"] [role="row"][aria-rowindex="2"]');
    await row.getByText("Shifted", { exact: true }).waitFor();
    const nowhere = async () => assert.ok(!(await page.content()).includes("S3cret"), "no password on the page");
    await nowhere();
    assert.equal(await row.getByText(t("import-line-hidden"), { exact: true }).count(), 3);
    await row.getByText(t("error-import-too-many-columns")).first().waitFor();
    await page.getByRole("button", { name: t("import-open-row", { row: "1" }) }).click();
    const panel = page.locator("aside.panel");
    await panel.getByRole("list", { name: t("import-line") }).waitFor();
    await nowhere();
    // Found by what is shown, and not by what is not.
    const search = page.getByPlaceholder(t("import-search"));
    await search.fill("S3cret");
    await search.press("Enter");
    await page.getByText(t("list-nothing-matches"), { exact: true }).waitFor();
    await search.fill("");
    await search.press("Enter");
    await row.getByText("Shifted", { exact: true }).waitFor();
    await panel.getByLabel(t("import-column-name")).fill("Shifted, Inc");
    await panel.getByLabel(t("import-column-user_name")).fill("COMAdmin");
    await panel.getByLabel(t("import-column-password"), { exact: true }).fill("S3cret-pw");
    await panel.getByRole("button", { name: t("apply"), exact: true }).click();
    await row.getByText("Shifted, Inc", { exact: true }).waitFor();
    await row.getByText(t("import-state-new"), { exact: true }).waitFor();
    await idle();
    await nowhere();
    assert.deepEqual(faults, []);
    await close();
  });

  /** CUS-26: headers that nobody knows are asked about once; the next file with these columns is read by itself. */
  it("asks what foreign columns are, and remembers it", async () => {
    const visited = await enter(harness, { width: 1280, height: 800 });
    const { page, idle, faults, close } = visited;
    const file = (name) => `Kunde;Standort IP;Kennwort\r\n${name};192.0.2.60;S3cret-pw\r\n`;
    await chooseFile(visited, "foreign.csv", file("Hotel Miramar"));
    await page.getByRole("heading", { name: t("import-columns-title") }).waitFor();
    assert.ok(!(await page.content()).includes("S3cret"), "no password on the page");
    const is = (name) => page.getByLabel(t("import-columns-of", { column: name }));
    assert.equal(await is("Kennwort").inputValue(), "password", "what a name says is proposed");
    await is("Kunde").selectOption("name");
    await is("Standort IP").selectOption("host");
    await page.getByRole("button", { name: t("import-columns-apply") }).click();
    await page.getByRole("gridcell", { name: "Hotel Miramar" }).waitFor();
    // Nobody is said to sign in: asked once for all rows.
    const form = page.getByRole("form", { name: t("import-gaps") });
    await form.getByLabel(t("import-column-user_name")).fill("service");
    await form.getByRole("button", { name: t("import-gaps-apply") }).click();
    await page.getByRole("gridcell", { name: "service" }).waitFor();
    await chooseFile(visited, "foreign-2.csv", file("Northwind"));
    await page.getByText(t("import-columns-remembered")).first().waitFor();
    await page.getByRole("gridcell", { name: "Northwind" }).waitFor();
    await page.getByRole("button", { name: t("import-columns-look") }).click();
    assert.equal(await is("Kunde").inputValue(), "name");
    const forget = page.getByRole("button", { name: t("import-columns-forget") });
    await forget.click();
    await forget.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: t("import-columns-title") }).waitFor();
    assert.equal(await is("Kunde").inputValue(), "", "asked again");
    await idle();
    assert.deepEqual(await stored(), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** CUS-11, CUS-22 to CUS-24: from the file to connected customers; passwords are masked, the file's are reminded of. */
  it("tests, has certificates accepted, saves and reminds of the passwords", async () => {
    const visited = await enter(harness, { width: 1440, height: 900 });
    const { page, idle, faults, close } = visited;
    const file = await readFile(`${harness.folder}/customers.csv`);
    await chooseFile(visited, "customers.csv", file);
    const password = file.toString().split("\n")[1].split(",")[4];
    assert.equal(await page.getByText(password).count(), 0, "no password is shown");
    await page.getByRole("button", { name: t("import-test-do"), exact: true }).click();
    const untrusted = t("import-untrusted", {
      count: CUSTOMERS,
      number: String(CUSTOMERS),
    });
    await page.getByRole("button", { name: untrusted }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("import-certificates-all", { number: String(CUSTOMERS) })).check();
    await dialog
      .getByRole("button", {
        name: t("import-certificates-accept", {
          count: CUSTOMERS,
          number: String(CUSTOMERS),
        }),
      })
      .click();
    await page
      .getByRole("button", {
        name: t("import-save", { count: CUSTOMERS, number: String(CUSTOMERS) }),
      })
      .click();
    assert.deepEqual(await stored(), [], "not before it is said");
    await page
      .getByRole("dialog")
      .getByRole("button", {
        name: t("import-save-do-customers", {
          count: CUSTOMERS,
          number: String(CUSTOMERS),
        }),
      })
      .click();
    await page.getByText(t("import-done-added", { count: CUSTOMERS, number: String(CUSTOMERS) })).waitFor();
    await page
      .locator(".banner")
      .filter({ hasText: t("import-file-delete-yourself") })
      .waitFor();
    const customers = await stored();
    assert.equal(customers.length, CUSTOMERS);
    assert.ok(customers.every(({ connection }) => connection === "connected"));
    await page.getByRole("link", { name: t("import-done-home-customers") }).click();
    await idle();
    await page.getByText(t("list-total", { total: String(CUSTOMERS) }), { exact: true }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  /** CUS-26, UI-08: two administrators preview the same customer; the second to save is told, and can look and save again. */
  it("names rows whose customers changed meanwhile", async () => {
    const first = await enter(harness, SIZE);
    await call(first, "accounts.add", {
      login: "second",
      role: "administrator",
      enabled: true,
      password: PASSWORD,
      confirmation: PASSWORD,
    });
    const second = await enter(harness, { ...SIZE, login: "second" });
    const file = (address, by) =>
      `${FULL_HEADER}\r\n${address},,Same 1,COMAdmin,pw-${by},,,,by ${by},\r\n192.0.2.9${by.length},,Own ${by},COMAdmin,pw,,,,,\r\n`;
    await chooseFile(first, "A.csv", file("192.0.2.1", "A"));
    await chooseFile(second, "B.csv", file("192.0.2.2", "BB"));
    const ask = async ({ page }) => {
      await page.getByRole("button", { name: t("import-save-any") }).click();
      await page
        .getByRole("dialog")
        .getByLabel(t("import-save-these-too", { count: 2, number: "2" }))
        .check();
    };
    const save = ({ page }) =>
      page
        .getByRole("dialog")
        .getByRole("button", { name: t("import-save-do-customers", { count: 2, number: "2" }) })
        .click();
    // What the second has been asked is what was previewed before the first saved.
    await ask(second);
    await ask(first);
    await save(first);
    await first.page.getByText(t("import-done-added", { count: 2, number: "2" })).waitFor();
    await save(second);
    const banner = second.page
      .locator(".banner")
      .filter({ hasText: t("import-changed-rows-customers", { count: 1, number: "1" }) });
    await banner.getByText("Same 1").waitFor();
    const notes = async () =>
      (await stored()).filter(({ name }) => /^(Same|Own)/.test(name)).map(({ name, notes }) => [name, notes]);
    assert.deepEqual((await notes()).sort(), [
      ["Own A", ""],
      ["Own BB", ""],
      ["Same 1", "by A"],
    ]);
    await banner.getByRole("button", { name: t("import-changed-show") }).click();
    // It waits, compared with what is there by now.
    const row = second.page.locator('[role="grid"] [role="row"][aria-rowindex="2"]');
    await row.getByText("Same 1", { exact: true }).waitFor();
    await row.getByText(t("import-state-update"), { exact: true }).waitFor();
    await second.idle();
    for (const { faults, close } of [first, second]) {
      assert.deepEqual(faults, []);
      await close();
    }
  });
});
