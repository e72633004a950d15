// Files dropped on the real window from another program (REP-03). The web view of Linux hands a page no files; what is seen here
// is that Flotilla takes them all the same, for its own workspace and for one that was joined. `cargo xtask test desktop`
// calls this with a display of its own.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openWindow, until } from "./webdriver.mjs";
import { exactly, somewhere } from "./words.mjs";

const run = promisify(execFile);
const program = process.env.FLOTILLA_PROGRAM;
const cli = process.env.FLOTILLA_CLI;
const pictures = process.env.FLOTILLA_PICTURES;
assert.ok(program && cli && pictures, "start this with `cargo xtask test desktop`");

const DATABASE_PASSWORD = "harbour-at-dawn-7";
const PASSWORD = "Lantern-42-sails";

/** Drags files out of another program and drops them where the page says that it takes them. */
async function drop(window, paths) {
  const program = fileURLToPath(new URL("drag-source.py", import.meta.url));
  const source = spawn("/usr/bin/python3", [program, ...paths], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const lines = createInterface(source.stdout)[Symbol.asyncIterator]();
    const says = async (word) => {
      for (;;) {
        const { value, done } = await lines.next();
        assert.ok(!done, `the program that files are dragged from did not say: ${word}`);
        if (value === word) return;
      }
    };
    await says("ready");
    const pointer = (...words) => run("xdotool", words.map(String));
    await pointer("mousemove", 20, 20);
    await pointer("mousedown", 1);
    let place = 0;
    await until("the page takes the files", async () => {
      place += 1;
      await pointer("mousemove", 500 + (place % 40) * 5, 400);
      return /over/.test(await window.evaluate(() => document.querySelector("main").className));
    });
    await says("taken");
    await window.picture(join(pictures, `desktop-12-drop-${paths.length}.png`));
    await pointer("mouseup", 1);
    await says("ended");
  } finally {
    source.kill();
    if (source.exitCode === null && source.signalCode === null) await once(source, "exit");
  }
}

describe("files dropped on the window", { timeout: 300_000 }, () => {
  let folder;
  let window;
  let server;
  const env = (workspace) => ({
    FLOTILLA_WORKSPACE: join(folder, workspace),
    FLOTILLA_DATABASE_PASSWORD: DATABASE_PASSWORD,
  });
  const flotilla = (workspace, ...words) =>
    run(cli, ["--no-keychain", ...words], {
      env: { ...process.env, ...env(workspace), FLOTILLA_ACCOUNT: "maren", FLOTILLA_PASSWORD: PASSWORD },
    });
  const open = (workspace) =>
    openWindow({
      program,
      environment: {
        ...env(workspace),
        LANG: "en_GB.UTF-8",
        LC_ALL: "",
        FLOTILLA_KEYCHAIN: "none",
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    });
  async function signIn() {
    await window.type(exactly("account-login"), "maren");
    await window.type(exactly("account-password"), PASSWORD);
    await window.click("button", exactly("sign-in-do"));
    await window.sees(somewhere("nav-dashboard"));
    await window.click("link", exactly("nav-repository"));
    await window.sees(somewhere("repository-empty"));
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-desktop-"));
    // Odd characters are written otherwise in the addresses by which programs name files.
    await writeFile(join(folder, "P3265-V_12_1_60.bin"), "firmware");
    await writeFile(join(folder, "Werkzeug für München 50 %.zip"), "tool");
  });

  afterEach(async () => {
    await window?.stop();
  });

  after(async () => {
    if (server?.exitCode === null && server.signalCode === null) {
      server.kill();
      await once(server, "exit");
    }
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  /** REP-03 */
  it("come into the own workspace", async () => {
    await flotilla("own", "init");
    window = await open("own");
    await signIn();
    await drop(window, [join(folder, "P3265-V_12_1_60.bin"), join(folder, "Werkzeug für München 50 %.zip")]);
    await window.sees(/P3265-V_12_1_60\.bin/);
    await window.sees(/Werkzeug für München 50 %\.zip/);
  });

  /** REP-03: a folder is none, and says so. */
  it("are refused when they are a folder", async () => {
    await flotilla("folders", "init");
    window = await open("folders");
    await signIn();
    await drop(window, [folder]);
    await window.sees(somewhere("error-file-unreadable"));
  });

  /** REP-03, ADM-30: the workspace is elsewhere; the file is sent to it. */
  it("are sent to a joined workspace", async () => {
    await flotilla("shared", "init");
    server = spawn(cli, ["--no-keychain", "serve", "--port", "0"], {
      env: { ...process.env, ...env("shared") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    const { port } = new URL((await lines.next()).value);
    window = await open("joins");
    await window.sees(somewhere("first-title"));
    await window.click("button", exactly("join-open"));
    await window.type(exactly("join-address"), "127.0.0.1");
    await window.type(exactly("join-port"), port);
    await window.click("button", exactly("join-connect"));
    await window.click("button", exactly("join-accept"));
    await window.sees(somewhere("sign-in-title"));
    await signIn();
    await drop(window, [join(folder, "P3265-V_12_1_60.bin")]);
    await window.sees(/12\.1\.60/);
    const { stdout } = await flotilla("shared", "repository", "list");
    assert.match(stdout, /P3265-V_12_1_60\.bin/);
  });
});
