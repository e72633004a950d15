// A small WebDriver client: enough to use a window as a person does, by the words that are on it.

import { execFile, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/** How a reference to an element is written on the wire. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** How long something may take to appear before a person would say it does not. */
const PATIENCE = 20_000;

/** Starts the driver and with it the program; `stop` ends both. */
export async function openWindow({ program, arguments: words = [], environment = {} }) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    // A group of its own: the program that the driver starts ends with it, whatever happens.
    detached: true,
    stdio: ["ignore", "ignore", "ignore"],
    env: {
      ...process.env,
      // The window lets itself be driven only when it is told so at its start.
      TAURI_AUTOMATION: "true",
      TAURI_WEBVIEW_AUTOMATION: "true",
      // Neither the person's session nor what a desktop offers around it has a part in this, unless it is asked for.
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
      NO_AT_BRIDGE: "1",
      GTK_USE_PORTAL: "0",
      ...environment,
    },
  });
  const address = `http://127.0.0.1:${port}`;
  try {
    await until("the driver answers", async () => (await fetch(`${address}/status`)).ok);
    const reply = await send("POST", `${address}/session`, {
      capabilities: {
        alwaysMatch: {
          timeouts: { script: 3 * PATIENCE },
          "webkitgtk:browserOptions": { binary: program, args: words },
        },
      },
    });
    return new Window(`${address}/session/${reply.sessionId}`, driver);
  } catch (error) {
    end(driver);
    throw error;
  }
}

class Window {
  #session;
  #driver;

  constructor(session, driver) {
    this.#session = session;
    this.#driver = driver;
  }

  async stop() {
    // Ending the session closes the window, and the program with it.
    await send("DELETE", this.#session).catch(() => undefined);
    end(this.#driver);
  }

  title() {
    return send("GET", `${this.#session}/title`);
  }

  /** Runs a function in the page; what it needs comes in as arguments. */
  evaluate(body, ...values) {
    return send("POST", `${this.#session}/execute/sync`, {
      script: `return (${body}).apply(null, arguments);`,
      args: values,
    });
  }

  /** Turns a wheel over a place in the page, by steps of so many pixels, one each so many milliseconds. */
  async wheel({ x, y }, pixels, steps, every) {
    const place = { x: Math.round(x), y: Math.round(y), deltaX: 0 };
    const actions = Array.from({ length: steps }, (_, step) => ({
      type: "scroll",
      ...place,
      // This driver turns the wheel by what a step has more than the one before.
      deltaY: pixels * (step + 1),
      duration: every,
    }));
    await send("POST", `${this.#session}/actions`, { actions: [{ type: "wheel", id: "wheel", actions }] });
  }

  /** The text a person reads. */
  text() {
    return this.evaluate(() => document.body.innerText);
  }

  /** Waits until the page says something. */
  async sees(pattern, { patience = PATIENCE } = {}) {
    let text = "";
    try {
      const said = async () => {
        text = await this.text();
        return pattern.test(text);
      };
      await until(`the window says ${pattern}`, said, patience);
    } catch (error) {
      throw new Error(`${error.message}; it says:\n${text}`);
    }
    return text;
  }

  /** The element with this role and accessible name, once it is there and can be used. */
  async find(role, name) {
    let found = null;
    await until(`there is a ${role} named ${name}`, async () => {
      found = await this.evaluate(findByRole, role, name.source, name.flags);
      return found !== null;
    }).catch(async (error) => {
      throw new Error(`${error.message}; the window says:\n${await this.text()}`);
    });
    return found[ELEMENT];
  }

  async click(role, name) {
    await send("POST", `${this.#session}/element/${await this.find(role, name)}/click`, {});
  }

  async type(name, text) {
    const element = await this.find("textbox", name);
    await send("POST", `${this.#session}/element/${element}/clear`, {});
    await send("POST", `${this.#session}/element/${element}/value`, { text });
  }

  /** Whether something is there now. */
  async has(role, name) {
    return (await this.evaluate(findByRole, role, name.source, name.flags)) !== null;
  }

  /** What is really on the display, frame and all; the driver's own picture would be of the page only. */
  async picture(file) {
    await mkdir(dirname(file), { recursive: true });
    await promisify(execFile)("import", ["-window", "root", file], { timeout: PATIENCE });
  }
}

/** Runs in the page: the first usable element of a role whose accessible name matches. */
function findByRole(role, source, flags) {
  const selectors = {
    button: 'button, [role="button"]',
    link: 'a[href], [role="link"]',
    textbox: 'input:not([type="checkbox"]):not([type="radio"]), textarea, [role="textbox"]',
    checkbox: 'input[type="checkbox"], [role="checkbox"], [role="switch"]',
    heading: 'h1, h2, h3, [role="heading"]',
  };
  const pattern = new RegExp(source, flags);
  const nameOf = (element) => {
    const labelled = (element.getAttribute("aria-labelledby") ?? "")
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
    const own = element.matches("input, textarea") ? "" : element.textContent;
    return [labelled, element.getAttribute("aria-label"), labels, own]
      .map((text) => (text ?? "").replace(/\s+/g, " ").trim())
      .find((text) => text !== "");
  };
  for (const element of document.querySelectorAll(selectors[role] ?? `[role="${role}"]`)) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.disabled === true) continue;
    if (pattern.test(nameOf(element) ?? "")) return element;
  }
  return null;
}

async function send(method, address, body) {
  const response = await fetch(address, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(4 * PATIENCE),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Ends the driver and all that it started. */
function end(driver) {
  try {
    process.kill(-driver.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** What the driver shows cannot be awaited, only looked at again. */
export async function until(what, condition, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const met = await condition().catch((error) => {
      if (Date.now() > end) throw error;
      return false;
    });
    if (met) return;
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s in vain until ${what}`);
    await pause(100);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
