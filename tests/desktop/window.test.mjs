// The real window, driven as a person would use it. `cargo xtask test desktop` builds the program, gives it a
// display of its own and calls this.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { openWindow } from "./webdriver.mjs";
import { beginning, exactly, somewhere } from "./words.mjs";

const program = process.env.FLOTILLA_PROGRAM;
const cli = process.env.FLOTILLA_CLI;
const pictures = process.env.FLOTILLA_PICTURES;
assert.ok(program && cli && pictures, "start this with `cargo xtask test desktop`");

const DATABASE_PASSWORD = "harbour-at-dawn-7";
const PASSWORD = "Lantern-42-sails";

/** Runs in the page: what the shell says against a call. */
function codeOfCall(name, words) {
  const call = window.__TAURI_INTERNALS__.invoke("call", { name, arguments: words, session: null });
  return call.then(
    () => "done",
    (error) => error.code,
  );
}

describe("the desktop window", { timeout: 300_000 }, () => {
  let folder;
  let window;

  const open = () =>
    openWindow({
      program,
      environment: {
        LANG: "en_GB.UTF-8",
        LC_ALL: "",
        // All that the program and the webview keep stays in the test's own folder.
        FLOTILLA_WORKSPACE: join(folder, "workspace"),
        FLOTILLA_KEYCHAIN: "none",
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-desktop-"));
    window = await open();
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ADM-04
  it("asks for a database password where there is no keychain", async () => {
    assert.equal(await window.title(), "Flotilla");
    await window.sees(somewhere("key-choose-title"));
    await window.picture(join(pictures, "desktop-1-opened.png"));
    await window.type(exactly("key-password"), DATABASE_PASSWORD);
    await window.type(exactly("account-password-again"), DATABASE_PASSWORD);
    await window.click("button", exactly("key-choose-do"));
    await window.sees(somewhere("first-title"));
  });

  // SEC-01
  it("does not trust its own page", async () => {
    const powers = await window.evaluate(() => {
      const attempt = (action) => {
        try {
          return action();
        } catch {
          return "refused";
        }
      };
      return {
        global: typeof window.__TAURI__,
        evaluation: attempt(() => new Function('return "allowed"')()),
        prototype: attempt(() => {
          Object.prototype.planted = true;
          return "planted" in {} ? "allowed" : "refused";
        }),
      };
    });
    assert.deepEqual(powers, { global: "undefined", evaluation: "refused", prototype: "refused" });
  });

  // ACC-01
  it("makes the first administrator and shows the dashboard", async () => {
    await window.type(beginning("account-first-name"), "Maren");
    await window.type(beginning("account-last-name"), "Osei");
    await window.type(beginning("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.type(exactly("account-password-again"), PASSWORD);
    await window.picture(join(pictures, "desktop-2-first-start.png"));
    await window.click("button", exactly("first-create"));
    await window.sees(somewhere("nav-dashboard"));
    await window.picture(join(pictures, "desktop-3-dashboard.png"));
  });

  // ACC-01, ADM-30: whoever can only speak to the shell ends nothing that others rely on.
  it("is not exchanged for another while it is in use", async () => {
    for (const [name, words] of [
      ["host.demo", {}],
      ["host.join", { address: "127.0.0.1", port: 7080, accept: "AB".repeat(32) }],
    ]) {
      assert.equal(await window.evaluate(codeOfCall, name, words), "workspace.in-use", name);
    }
    await window.sees(somewhere("nav-dashboard"));
  });

  // ADM-04, ACC-06
  it("starts again: locked, then signed out, then as it was left", async () => {
    await window.stop();
    window = await open();
    await window.sees(somewhere("key-unlock-title"));
    await window.type(exactly("key-password"), "not-the-password");
    await window.click("button", exactly("key-unlock-do"));
    await window.sees(somewhere("error-workspace-key-wrong"));
    await window.type(exactly("key-password"), DATABASE_PASSWORD);
    await window.click("button", exactly("key-unlock-do"));
    await window.sees(somewhere("sign-in-title"));
    await window.type(exactly("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("nav-dashboard"));
  });
});

describe("a copy at another date", { timeout: 300_000 }, () => {
  let folder;
  let window;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-desktop-"));
    const env = {
      ...process.env,
      FLOTILLA_WORKSPACE: join(folder, "workspace"),
      FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
      FLOTILLA_ACCOUNT: "maren",
      FLOTILLA_PASSWORD: PASSWORD,
    };
    await promisify(execFile)(cli, ["--no-keychain", "init"], { env });
    window = await openWindow({
      program,
      environment: {
        LANG: "en_GB.UTF-8",
        LC_ALL: "",
        FLOTILLA_WORKSPACE: join(folder, "workspace"),
        FLOTILLA_KEYCHAIN: "none",
        FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    });
    await window.type(exactly("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("nav-dashboard"));
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  /** A date field is filled in as its calendar does it. */
  const choose = async (date) => {
    await window.find("textbox", exactly("test-clock-date"));
    await window.evaluate((value) => {
      const field = document.querySelector('dialog[open] input[type="date"]');
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, date);
  };
  const inYears = (years) => `${new Date().getFullYear() + years}-06-15`;
  const copies = async () => (await readdir(join(folder, "workspace", "test-clock")).catch(() => [])).length;

  // LIC-54: opened, marked on every page, gone further in, and thrown away; the person need not sign in again.
  it("is opened, goes forward and is thrown away", async () => {
    await window.click("link", exactly("nav-licences"));
    await window.click("button", exactly("test-clock-command"));
    await choose(inYears(1));
    await window.picture(join(pictures, "desktop-10-test-clock-date.png"));
    await window.click("button", exactly("test-clock-open"));
    await window.sees(somewhere("test-clock-why"));
    await window.sees(new RegExp(`15 Jun ${new Date().getFullYear() + 1}`));
    for (const page of ["nav-dashboard", "nav-customers", "nav-licences"]) {
      await window.click("link", exactly(page));
      await window.sees(somewhere("test-clock-why"));
    }
    await window.picture(join(pictures, "desktop-11-test-clock.png"));
    assert.notEqual(await copies(), 0);
    await window.click("button", exactly("test-clock-another"));
    await choose(inYears(3));
    await window.click("button", exactly("test-clock-go-on"));
    await window.sees(new RegExp(`15 Jun ${new Date().getFullYear() + 3}`));
    await window.click("button", exactly("test-clock-leave"));
    await window.click("button", exactly("test-clock-command"));
    assert.doesNotMatch(await window.text(), somewhere("test-clock-why"));
    assert.equal(await copies(), 0);
  });
});

describe("the demo", { timeout: 300_000 }, () => {
  let folder;
  let window;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-desktop-"));
    window = await openWindow({
      program,
      environment: {
        LANG: "en_GB.UTF-8",
        LC_ALL: "",
        FLOTILLA_WORKSPACE: join(folder, "workspace"),
        FLOTILLA_KEYCHAIN: "none",
        FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
        // The demo's own workspace, too, stays in this test's folder.
        TMPDIR: folder,
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    });
  });

  after(async () => {
    await window?.stop();
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ACC-01: from the first page of a new workspace to a fleet that lives, with no form to fill.
  it("opens from the first page, with a fleet on the dashboard", async () => {
    await window.click("button", exactly("first-demo-open"));
    await window.sees(/40 customers/, { patience: 90_000 });
    await window.sees(somewhere("demo-banner"));
    await window.sees(somewhere("connection-connected"));
    await window.picture(join(pictures, "desktop-4-demo.png"));
  });

  // DSH-03: a number leads to the list behind it, in the window as in a browser.
  it("leads from a number to its list", async () => {
    await window.click("link", somewhere("connection-connected"));
    await window.sees(somewhere("list-customers-status"));
    await window.picture(join(pictures, "desktop-5-demo-customers.png"));
  });

  // ACC-06, ACC-10: whoever signs out is signed out; from there the account is one as any other.
  it("is signed out of to the ordinary page, and signed in to again", async () => {
    await window.click("button", /Demo Fleet/);
    await window.click("menuitem", exactly("app-sign-out"));
    await window.sees(somewhere("sign-in-title"));
    assert.equal(await window.evaluate(codeOfCall, "session.current", {}), "session.missing");
    await window.type(exactly("account-login"), "demo");
    await window.type(exactly("account-password"), "Seven-Gulls-2026");
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("nav-dashboard"));
  });
});

describe("a shared workspace", { timeout: 300_000 }, () => {
  const CUSTOMER = "North Quay Terminal";
  let folder;
  let window;
  let server;
  let port;
  let fingerprint;

  const open = () =>
    openWindow({
      program,
      environment: {
        LANG: "en_GB.UTF-8",
        LC_ALL: "",
        FLOTILLA_WORKSPACE: join(folder, "workspace"),
        FLOTILLA_KEYCHAIN: "none",
        FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    });
  const kept = () => join(folder, "workspace", "joined.json");

  async function signIn() {
    await window.sees(somewhere("sign-in-title"));
    await window.sees(new RegExp(`127\\.0\\.0\\.1:${port}`));
    await window.type(exactly("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("nav-dashboard"));
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-desktop-"));
    const env = {
      ...process.env,
      FLOTILLA_WORKSPACE: join(folder, "shared"),
      FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
      FLOTILLA_ACCOUNT: "maren",
      FLOTILLA_PASSWORD: PASSWORD,
    };
    const flotilla = (...words) => promisify(execFile)(cli, ["--no-keychain", ...words], { env });
    await flotilla("init");
    const file = join(folder, "customers.csv");
    const header =
      "Name,IP Address/FQDN,Port,Ipoffice Username,Ipoffice Password,Note,Address,Telephone Number,Email,Tags";
    await writeFile(file, `${header}\n${CUSTOMER},127.0.0.1,1,reader,harbour-word,,,,,\n`);
    await flotilla("customers", "import", file, "--yes", "--without-contact");
    server = spawn(cli, ["--no-keychain", "serve", "--port", "0"], { env, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    port = Number(new URL((await lines.next()).value).port);
    fingerprint = (await lines.next()).value.replace("SHA-256 ", "");
    window = await open();
  });

  after(async () => {
    await window?.stop();
    if (server?.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ACC-01, ADM-30, CRT-11: the certificate shown is the one the server tells of; only then somebody signs in there.
  it("is joined from the first page", async () => {
    await window.sees(somewhere("first-title"));
    await window.click("button", exactly("join-open"));
    await window.type(exactly("join-address"), "127.0.0.1");
    await window.type(exactly("join-port"), String(port));
    await window.click("button", exactly("join-connect"));
    const text = await window.sees(somewhere("join-met"));
    assert.ok(text.replace(/\s/g, "").includes(fingerprint), `${fingerprint} in ${text}`);
    await window.picture(join(pictures, "desktop-6-join.png"));
    await window.click("button", exactly("join-accept"));
    await signIn();
    await window.click("link", exactly("nav-customers"));
    await window.sees(new RegExp(CUSTOMER));
    await window.picture(join(pictures, "desktop-7-joined.png"));
  });

  // ADM-30: nobody leaves in somebody else's name.
  it("is not left while somebody is signed in", async () => {
    assert.equal(await window.evaluate(codeOfCall, "host.leave", {}), "workspace.in-use");
  });

  // ADM-30: the next start is there again; the way back is in the menu of the person.
  it("is still joined after a new start, until it is left", async () => {
    await window.stop();
    window = await open();
    await window.sees(somewhere("joined-title"));
    await window.picture(join(pictures, "desktop-8-joined-sign-in.png"));
    await signIn();
    await window.click("link", exactly("nav-customers"));
    await window.sees(new RegExp(CUSTOMER));
    await window.click("button", /maren/);
    await window.click("menuitem", exactly("joined-leave"));
    await window.sees(somewhere("first-title"));
    await assert.rejects(access(kept()), { code: "ENOENT" });
  });

  // ADM-30, GEN-04: a server that is away is called that, and does not keep anybody.
  it("can be left while its server is away", async () => {
    await window.click("button", exactly("join-open"));
    await window.type(exactly("join-address"), "127.0.0.1");
    await window.type(exactly("join-port"), String(port));
    await window.click("button", exactly("join-connect"));
    await window.click("button", exactly("join-accept"));
    await window.sees(somewhere("joined-title"));
    server.kill();
    await once(server, "exit");
    await window.type(exactly("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("error-host-unreachable"));
    await window.stop();
    window = await open();
    await window.sees(somewhere("error-host-unreachable"));
    await window.picture(join(pictures, "desktop-9-joined-away.png"));
    await window.click("button", exactly("joined-leave"));
    await window.sees(somewhere("first-title"));
  });
});
