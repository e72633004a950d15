// The dashboard in a browser: what stands where at every width, and where its numbers lead.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "./checks.mjs";
import { enter, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
/** The most urgent first. */
const ORDER = [
  "dashboard-by-customer",
  "dashboard-connections",
  "dashboard-licences",
  "dashboard-certificates",
  "dashboard-alarms",
  "dashboard-states",
  "dashboard-versions",
  "dashboard-profiles",
  "dashboard-tags",
].map((key) => t(key));

describe("the dashboard", { timeout: 300_000 }, () => {
  let harness;
  before(async () => {
    harness = await open({ customers: 24 });
  });
  after(() => harness?.close());

  /** DSH-02, UI-05 */
  it("has the most urgent at the top of every column, and no column much shorter than another", async () => {
    for (const [width, columns] of [
      [900, 2],
      [1280, 3],
      [2560, 4],
    ]) {
      const visited = await enter(harness, { width, height: 800 });
      await visited.show("/");
      const boards = await visited.page.locator(".board").evaluateAll((all) =>
        all.map((board) => ({
          titles: [...board.querySelectorAll("h2")].map((title) => title.textContent.trim()),
          height: board.lastElementChild.getBoundingClientRect().bottom - board.getBoundingClientRect().top,
          tallest: Math.max(...[...board.children].map((box) => box.getBoundingClientRect().height)),
        })),
      );
      assert.equal(boards.length, columns, `${width} pixels`);
      assert.equal(boards[0].titles[0], ORDER[0]);
      for (const { titles } of boards) {
        const places = titles.map((title) => ORDER.indexOf(title));
        assert.ok(!places.includes(-1), titles.join(", "));
        assert.deepEqual(
          places,
          places.toSorted((one, other) => one - other),
        );
      }
      const heights = boards.map(({ height }) => height);
      const tallest = Math.max(...boards.map((board) => board.tallest));
      assert.ok(Math.max(...heights) - Math.min(...heights) <= tallest + 120, `${width}: ${heights.join(", ")}`);
      assert.deepEqual(visited.faults, []);
      await visited.close();
    }
  });

  /** DSH-02, DSH-03 */
  it("tells what changed since yesterday, as numbers, hour by hour, and as the alarms themselves", async () => {
    const visited = await enter(harness, { width: 1280, height: 800 });
    const { page, show, idle } = visited;
    for (const name of ["went-down", "new-alarms"]) {
      await show("/");
      const strip = page.getByRole("region", { name: t("dashboard-changes") });
      const figure = strip.locator("a.figure").filter({ hasText: t(`dashboard-${name}`) });
      const count = Number(await figure.locator("b").innerText());
      assert.ok(count > 0, name);
      if (name === "went-down") {
        await strip.getByRole("button", { name: t("dashboard-hour-by-hour") }).click();
        const table = strip.getByRole("table", { name: t("dashboard-hour-by-hour") });
        assert.equal(await table.locator("tbody tr").count(), 24);
        const counted = await table.locator("tbody tr td:nth-child(2)").allInnerTexts();
        assert.equal(
          counted.reduce((sum, text) => sum + (Number(text) || 0), 0),
          count,
        );
        assert.deepEqual(await violations(visited), []);
      }
      await figure.click();
      await page.getByRole("heading", { level: 1, name: t("nav-alarms") }).waitFor();
      await page.locator(`[role="grid"][aria-rowcount="${count + 1}"][aria-busy="false"]`).waitFor();
      await idle();
    }
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** What is critical is named, and leads to where it is. */
  it("names in the notifications what is critical", async () => {
    const visited = await enter(harness, { width: 1280, height: 800 });
    const { page, show } = visited;
    await show("/");
    const critical = page
      .getByRole("table", { name: t("dashboard-by-customer") })
      .locator("tbody tr")
      .first();
    const name = await critical.locator("th a").innerText();
    assert.ok(Number(await critical.locator("td").first().innerText()) > 0, `${name} has a critical alarm`);
    await page.locator("button:has(.bell)").click();
    const entry = page.getByRole("dialog").getByRole("link").filter({ hasText: name });
    await entry.first().click();
    await page.locator("aside.panel").getByRole("heading", { level: 2, name }).waitFor();
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** UI-04: what is told covers nothing that is used, and moves nothing. */
  it("tells what happened below everything that is used", async () => {
    const visited = await enter(harness, { width: 900, height: 600 });
    const { page, show } = visited;
    await show("/customers");
    await page.locator('[role="grid"] .rows .tick-cell').first().click();
    const bar = page.getByRole("region", { name: t("list-selection-bar") });
    const before = await bar.boundingBox();
    await bar.getByRole("button", { name: t("refresh") }).click();
    const toast = page.locator(".toast");
    await toast.waitFor();
    const [message, acts] = [await toast.boundingBox(), await bar.boundingBox()];
    assert.ok(acts.y + acts.height <= message.y, `${acts.y} + ${acts.height} reaches ${message.y}`);
    assert.deepEqual(acts, before);
    await bar.getByRole("button", { name: t("list-clear-selection") }).click();
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** The sections of a long page are one click away, and each has its address. */
  it("leads to each section of the preferences", async () => {
    const visited = await enter(harness, { width: 1280, height: 800 });
    const { page, show } = visited;
    await show("/preferences");
    const index = page.getByRole("navigation", { name: t("preferences-index") });
    await index.getByRole("link", { name: t("preferences-consoles") }).click();
    const section = page.getByRole("region", { name: t("preferences-consoles") });
    await page.waitForFunction((title) => document.activeElement?.textContent === title, t("preferences-consoles"));
    const [head, place] = [await index.boundingBox(), await section.boundingBox()];
    assert.ok(place.y >= head.y + head.height - 1 && place.y < 700, `${place.y}`);
    assert.match(page.url(), /part=consoles/);
    await page.reload();
    await index.locator('[aria-current="true"]').waitFor();
    assert.deepEqual(await violations(visited), []);
    await visited.close();
  });
});
