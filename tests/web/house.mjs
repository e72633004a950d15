// A shared workspace on a simulated fleet, and a browser on it. Everything lies in a folder of this test's own.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium } from '../../ui/node_modules/playwright-core/index.mjs';

const run = promisify(execFile);
export const ACCOUNT = 'chief';
export const PASSWORD = 'Hafen-Licht-7';

/** Starts a program and waits for the line that says it is ready. */
async function started(program, args, options, ready) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    lines.on('line', (text) => {
      if (ready.test(text)) resolve(text);
    });
  });
  return { child, line };
}

async function ended({ child }) {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** A workspace with an administrator and `customers` simulated customers, shared over HTTPS. */
export async function open(customers) {
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-web-'));
  const env = {
    ...process.env,
    FLOTILLA_WORKSPACE: join(folder, 'workspace'),
    FLOTILLA_DATABASE_PASSWORD: 'a database password',
    FLOTILLA_ACCOUNT: ACCOUNT,
    FLOTILLA_PASSWORD: PASSWORD,
  };
  const cli = process.env.FLOTILLA_CLI;
  const file = join(folder, 'customers.csv');
  const fleet = await started(
    process.env.FLOTILLA_SIMULATOR,
    ['--customers', String(customers), '--seed', '5', '--trouble', 'demo', '--ports', '--write-csv', file],
    { env },
    /^ready/,
  );
  await run(cli, ['init', '--zone', 'Europe/Berlin'], { env });
  await run(cli, ['customers', 'import', file, '--yes', '--trust', '--without-contact'], { env });
  const server = await started(cli, ['serve', '--port', '0'], { env }, /^https:/);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  return {
    folder,
    address: server.line.trim(),
    browser,
    async close() {
      await browser.close();
      await ended(server);
      await ended(fleet);
      await rm(folder, { recursive: true });
    },
  };
}

/** A page of the interface in this language and theme; what goes wrong on it is collected. */
export async function visit(house, { language = 'en', theme = 'light', width = 1280, height = 800 } = {}) {
  const context = await house.browser.newContext({
    // The certificate is the workspace's own.
    ignoreHTTPSErrors: true,
    viewport: { width, height },
    colorScheme: theme,
    locale: { en: 'en-GB', fr: 'fr-FR', ja: 'ja-JP' }[language],
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Before anybody is signed in the session is asked for, and refused.
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text());
  });
  await page.goto(house.address);
  return { page, context, faults };
}

export async function signIn(page, { password = PASSWORD } = {}) {
  await page.locator('input[autocomplete="username"]').fill(ACCOUNT);
  await page.locator('input[type="password"]').first().fill(password);
  await page.keyboard.press('Enter');
}

/** Signs in, and has the account look like this. */
export async function enter(house, options = {}) {
  const visited = await visit(house, options);
  const { page } = visited;
  await signIn(page);
  await page.locator('nav').first().waitFor();
  const { language = 'en', theme = 'light' } = options;
  await page.evaluate(
    async (appearance) => {
      const answer = await fetch('/call/profile.save_appearance', {
        method: 'POST',
        headers: { 'X-Flotilla': '1', 'Content-Type': 'application/json' },
        body: JSON.stringify(appearance),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    { language, theme },
  );
  await page.reload();
  await page.locator('nav').first().waitFor();
  return visited;
}

export async function show(page, path) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await page.locator('main h1').first().waitFor();
  // Nothing is loading any more.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null);
}
