// The demo's processes and files: whatever ends the program, its simulator ends and its folder goes. `cargo xtask test
// desktop` calls this with the built program and a display.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, it } from "node:test";
import { until } from "./webdriver.mjs";

const program = process.env.FLOTILLA_PROGRAM;
assert.ok(program, "start this with `cargo xtask test desktop`");

/** Opening, filling and reading the fleet on a busy machine. */
const PATIENCE = 90_000;

describe("the processes of the demo", { timeout: 300_000 }, () => {
  let folder;
  let running;

  /** Starts a demo whose files stay in this test's folder. */
  function start() {
    running = spawn(program, ["--demo", "--announce"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        TMPDIR: folder,
        XDG_DATA_HOME: join(folder, "data"),
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_CACHE_HOME: join(folder, "cache"),
        DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
        NO_AT_BRIDGE: "1",
      },
    });
    return running;
  }

  /** The program says `ready` when a command was answered by the filled workspace. */
  async function ready(demo) {
    const lines = createInterface(demo.stdout)[Symbol.asyncIterator]();
    assert.equal((await lines.next()).value, "ready");
  }

  /** What demos have in the folder for temporary files. */
  const left = async () => (await readdir(folder)).filter((name) => name.startsWith("flotilla-demo-"));

  /** The simulators that keep their state in this test's folder. */
  async function simulators() {
    const found = [];
    for (const id of await readdir("/proc")) {
      if (!/^\d+$/.test(id)) continue;
      const command = await readFile(join("/proc", id, "cmdline"), "utf8").catch(() => "");
      if (command.includes("flotilla-simulator") && command.includes(folder)) found.push(id);
    }
    return found;
  }
  const noSimulator = () => until("the simulator has ended", async () => (await simulators()).length === 0);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "flotilla-processes-"));
  });

  afterEach(() => running?.kill("SIGKILL"));

  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  // ACC-01: what a killed demo leaves is its folder, until the next one starts.
  it("ends the simulator when the program is killed, and sweeps its folder at the next start", async () => {
    const killed = start();
    await ready(killed);
    assert.equal((await simulators()).length, 1);
    const before = await left();
    assert.equal(before.length, 2, `${before}`);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    await noSimulator();
    assert.deepEqual(await left(), before);

    const next = start();
    await ready(next);
    const now = await left();
    assert.equal(now.length, 2, `${now}`);
    assert.ok(!now.some((name) => before.includes(name)), `${before} and ${now}`);
    next.kill("SIGTERM");
    assert.deepEqual(await once(next, "exit"), [0, null]);
    assert.deepEqual(await left(), []);
    await noSimulator();
  });

  // REL-01: asked to end, it ends in order, whatever it is asked by and however far it is.
  for (const signal of ["SIGINT", "SIGHUP"]) {
    it(`ends in order by ${signal}`, async () => {
      const demo = start();
      await ready(demo);
      demo.kill(signal);
      assert.deepEqual(await once(demo, "exit"), [0, null]);
      assert.deepEqual(await left(), []);
      await noSimulator();
    });
  }

  it("ends in order while the demo is being prepared", async () => {
    const demo = start();
    await until("its simulator runs", async () => (await simulators()).length === 1, PATIENCE);
    demo.kill("SIGTERM");
    assert.deepEqual(await once(demo, "exit"), [0, null]);
    assert.deepEqual(await left(), []);
    await noSimulator();
  });
});
