// A shared workspace on a simulated fleet, and a browser on it. Everything lies in a folder of this test's own.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { chromium } from "../../ui/node_modules/playwright-core/index.mjs";
import { rowsOf } from "./csv.mjs";

const run = promisify(execFile);
export const ACCOUNT = "chief";
export const PASSWORD = "Hafen-Licht-7";
export const LANGUAGES = ["en", "fr", "ja"];
const LOCALES = { en: "en-GB", fr: "fr-FR", ja: "ja-JP" };

/** Starts a program and waits for the line that says it is ready. */
async function started(program, args, options, ready) {
  const child = spawn(program, args, {
    ...options,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
    lines.on("line", (text) => {
      if (ready.test(text)) resolve(text);
    });
  });
  return { child, line };
}

async function ended({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/**
 * A workspace shared over HTTPS. With `customers` a fleet of so many is simulated and imported, some of it in trouble.
 * `cameras` and `videoServers` are simulated beside it, and belong to nobody yet: `devices` and `servers` say where they are and
 * who signs in there.
 */
export async function open({ customers = 0, cameras = 0, videoServers = 0, trouble = "demo", imported = true } = {}) {
  const cli = process.env.FLOTILLA_CLI;
  const simulator = process.env.FLOTILLA_SIMULATOR;
  assert.ok(cli && simulator, "start this with `cargo xtask test web`");
  const folder = await mkdtemp(join(tmpdir(), "flotilla-web-"));
  const env = {
    ...process.env,
    FLOTILLA_WORKSPACE: join(folder, "workspace"),
    FLOTILLA_DATABASE_PASSWORD: "harbour-at-dawn-7",
    FLOTILLA_ACCOUNT: ACCOUNT,
    FLOTILLA_PASSWORD: PASSWORD,
    LC_ALL: "C.UTF-8",
  };
  const closing = [() => rm(folder, { recursive: true, force: true, maxRetries: 10 })];
  let control = "";
  let devices = [];
  let servers = [];
  const close = async () => {
    while (closing.length > 0) await closing.pop()();
  };
  try {
    /** Tells the simulator what is to happen to a system (its manual: `control.rs`), and answers what it says. */
    const simulate = async (method, path, body) => {
      const answer = await fetch(`${control}${path}`, {
        method,
        body: body && JSON.stringify(body),
      });
      assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
      return answer.json();
    };
    const flotilla = async (...args) => (await run(cli, ["--no-keychain", ...args], { env })).stdout;
    await flotilla("init", "--zone", "Europe/Berlin");
    if (customers > 0) {
      const file = join(folder, "customers.csv");
      const deviceFile = join(folder, "devices.csv");
      const wanted = [
        "--customers",
        String(customers),
        "--cameras",
        String(cameras),
        "--video-servers",
        String(videoServers),
        "--seed",
        "5",
        "--trouble",
        trouble,
        "--control-port",
        "0",
      ];
      const fleet = await started(
        simulator,
        [...wanted, "--write-csv", file, "--write-customer-devices", deviceFile],
        { env },
        /^ready/,
      );
      closing.push(() => ended(fleet));
      const beside = rowsOf(await readFile(deviceFile, "utf8"))
        .slice(1)
        .map(([customer, kind, host, port, name, user, password, serial]) => ({
          customer,
          kind,
          host,
          port: Number(port),
          name,
          user,
          password,
          serial,
        }));
      devices = beside.filter(({ kind }) => kind === "device");
      servers = beside.filter(({ kind }) => kind === "video_server");
      control = `http://127.0.0.1:${/control port (\d+)/.exec(fleet.line)[1]}`;
      if (imported) {
        await flotilla("customers", "import", file, "--yes", "--trust", "--without-contact");
        // Everybody has been asked once before anybody looks.
        await flotilla("poll");
      }
    }
    const serve = (port) => started(cli, ["--no-keychain", "serve", "--port", port], { env }, /^https:/);
    let server = await serve("0");
    closing.push(() => ended(server));
    const address = server.line.trim();
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    });
    closing.push(() => browser.close());
    return {
      folder,
      address,
      /** The server goes; whoever is connected is not told. */
      stop: () => ended(server),
      /** The server comes back where it was. */
      async restart() {
        await ended(server);
        server = await serve(new URL(address).port);
      },
      browser,
      devices,
      servers,
      flotilla,
      simulate,
      close,
    };
  } catch (failure) {
    await close();
    throw failure;
  }
}

/** What the page has asked the server and not yet been told. */
class Calls extends EventEmitter {
  open = new Set();

  constructor(page) {
    super();
    page.on("request", (request) => {
      if (/\/(call|upload|download|assets)\//.test(request.url())) this.open.add(request);
    });
    for (const end of ["requestfinished", "requestfailed"]) {
      page.on(end, (request) => {
        if (this.open.delete(request) && this.open.size === 0) this.emit("quiet");
      });
    }
  }

  async quiet() {
    if (this.open.size > 0) await once(this, "quiet");
  }
}

/** A browser of this language and theme; `before` it opens the interface, something may be arranged. */
async function browse(harness, { language = "en", theme = "light", width = 1280, height = 800 }, before) {
  const context = await harness.browser.newContext({
    // The certificate is the workspace's own.
    ignoreHTTPSErrors: true,
    viewport: { width, height },
    // `system` is what the account says; a browser says light or dark.
    colorScheme: theme === "dark" ? "dark" : "light",
    locale: LOCALES[language],
    timezoneId: "Europe/Berlin",
    // Pictures and measures are of what stands, not of what is on its way.
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  await before(context);
  const page = await context.newPage();
  const calls = new Calls(page);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    // The browser itself notes every answer that refuses; a test says which of them it expects by what is shown.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });

  /** Ends when what happened so far is on screen. */
  const drawn = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  /** Waits until nothing loads and nothing is about to be drawn. */
  const idle = async () => {
    for (;;) {
      await calls.quiet();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null);
      await drawn();
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      if (calls.open.size === 0) return;
    }
  };
  /** Opens an address anew, as from a link. What was asked for before is done first: a person waits for it, too. */
  const show = async (path) => {
    await drawn();
    await calls.quiet();
    await page.goto("about:blank");
    await page.goto(`${harness.address}#${path}`);
    await page.locator("main :is(h1, h2)").first().waitFor();
    await idle();
  };
  await page.goto(harness.address);
  await page.locator("main").first().waitFor();
  return { page, faults, idle, show, close: () => context.close() };
}

/** The interface as somebody sees it who is not signed in. */
export const visit = (harness, options = {}) => browse(harness, options, async () => undefined);

/**
 * The page of the first start, as the desktop shows it. A workspace without an account is not shared, so the stage alone
 * is another one than this server's; what the page does in truth is the desktop's test.
 */
export const visitFirst = (harness, options = {}) =>
  browse(harness, options, (context) =>
    context.route("**/call/workspace.state", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        json: { ...(await answer.json()), stage: "first_start" },
      });
    }),
  );

export async function signIn({ page }, { login = ACCOUNT, password = PASSWORD } = {}) {
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(password);
  await page.keyboard.press("Enter");
}

/** Calls a command as the interface does. */
export async function call({ page }, name, args) {
  return page.evaluate(
    async ([command, body]) => {
      const answer = await fetch(`/call/${command}`, {
        method: "POST",
        headers: { "X-Flotilla": "1", "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    [name, args],
  );
}

/** The interface as an account sees it that has signed in and chosen this language and theme. */
export async function enter(harness, options = {}) {
  const { language = "en", theme = "light", login = ACCOUNT } = options;
  const visited = await browse(harness, options, async (context) => {
    // Signing in by its page has its own test; here the session's cookie is what is wanted.
    for (const [command, data] of [
      ["session.sign_in", { login, password: PASSWORD, language }],
      ["profile.save_appearance", { language, theme, density: null, zone: null }],
    ]) {
      const answer = await context.request.post(new URL(`/call/${command}`, harness.address).href, {
        headers: { "X-Flotilla": "1" },
        data,
      });
      assert.ok(answer.ok(), `${command}: ${await answer.text()}`);
    }
  });
  await visited.page.locator(`html[lang="${language}"] nav.rail`).waitFor();
  return visited;
}
