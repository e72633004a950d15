// Jobs, as whoever looks after cameras works with them: ordered in the assistant, watched, tried again, planned, given up.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { addCameras, berth as name, jobOf, whole } from "./cameras.mjs";
import { call, enter, LANGUAGES, open } from "./harness.mjs";
import { words } from "./words.mjs";

const t = await words("en");
const counted = (count) => ({ count, number: String(count) });
const OLD = "11.5.28";
const NEW = "11.9.33";
const CAMERAS = 5;
/** A job ends well within this. */
const LONG = { timeout: 60_000 };

describe("jobs", { timeout: 300_000 }, () => {
  let harness;
  /** The managed cameras, in the order of the simulated ones. */
  let cameras;
  /** The job in two waves. */
  let trial;
  const row = (page, text) => page.getByRole("row").filter({ hasText: text });
  const button = (where, label) => where.getByRole("button", { name: label, exact: true });
  const ended = (page, state) =>
    page
      .locator("main .where")
      .getByText(t(`choice-jobs-state-${state}`), { exact: true })
      .waitFor(LONG);
  const runsNew = (page, place) =>
    row(page, name(place))
      .getByText(t("jobs-task-runs", { version: NEW }))
      .waitFor();

  before(async () => {
    harness = await open({ customers: 1, cameras: CAMERAS });
    ({ cameras } = await addCameras(harness));
    for (const model of new Set(cameras.map((one) => one.model))) {
      const file = join(harness.folder, `AXIS_${model}_${NEW.replaceAll(".", "_")}.bin`);
      const image = ["--model", model, "--version", NEW, "--size", "2000000", "--output", file];
      execFileSync(process.env.FLOTILLA_SIMULATOR, ["firmware", ...image]);
      await harness.flotilla("repository", "add", file);
    }
  });
  after(() => harness?.close());

  /** OPS-09, DEV-20, JOB-01, JOB-11, JOB-26: a trial of one first, and then the rest. */
  it("upgrade three cameras in two waves", async () => {
    const visited = await enter(harness, { width: 1600 });
    const { page, show } = visited;
    await show("/systems");
    for (const place of [0, 1, 2]) await row(page, name(place)).getByRole("checkbox").check();
    const bar = page.getByRole("region", { name: t("list-selection-bar") });
    await button(bar, t("upgrade-open")).click();
    const customers = t("jobs-customer-count", counted(1));
    await page.getByText(t("upgrade-targets-count", { ...counted(3), devices: "3", customers })).waitFor();
    await button(page, t("continue")).click();
    await button(page, t("rollout-add")).click();
    const first = { wave: "1" };
    await page.getByLabel(t("rollout-unit-of", first)).selectOption("groups");
    await page.getByLabel(t("rollout-size-of", first)).fill("1");
    await page.getByLabel(t("rollout-soak-of", first), { exact: true }).fill("0");
    await page.getByRole("img", { name: t("rollout-bar-words", { wave: "2", ...counted(2) }) }).waitFor();
    await button(page, t("continue")).click();
    await whole(visited);
    await button(page, t("upgrade-do", counted(3))).click();
    trial = await jobOf(page);
    await page.getByRole("list", { name: t("jobs-waves") }).waitFor();
    await ended(page, "completed");
    for (const place of [0, 1, 2]) await runsNew(page, place);
    await show("/systems");
    for (const place of [0, 1, 2]) {
      await row(page, name(place)).getByText(NEW, { exact: true }).first().waitFor();
      assert.equal(await row(page, name(place)).getByText(OLD, { exact: true }).count(), 0);
    }
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** JOB-11, JOB-26, JOB-27, UI-08: one that refuses says why, and is tried again by itself. */
  it("say why one failed, and try it again as another job", async () => {
    const { host } = harness.devices[3];
    await harness.simulate("POST", `/systems/${host}/faults`, { kind: "upgrade-refused", code: 422 });
    const visited = await enter(harness);
    const { page, show } = visited;
    const order = { name: "", schedule: { kind: "now" }, rollout: { waves: [], threshold: null }, priority: 500 };
    const { id: refused } = await call(visited, "devices.upgrade", {
      ids: [cameras[3].id],
      target: null,
      order: { ...order, tolerance_minutes: null },
    });
    await show(`/jobs/${refused}`);
    await ended(page, "failed");
    await row(page, name(3)).getByText(t("error-firmware-unsigned")).waitFor();
    await whole(visited);
    await harness.simulate("DELETE", `/systems/${host}/faults`);
    await button(page, t("jobs-act-retry", counted(1))).click();
    await button(page.getByRole("dialog"), t("jobs-retry-do", counted(1))).click();
    await jobOf(page, refused);
    await ended(page, "completed");
    await runsNew(page, 3);
    const former = page.getByRole("link", { name: t("jobs-retry-of-open") });
    assert.equal(await former.getAttribute("href"), `#/jobs/${refused}`);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** JOB-02, JOB-10, JOB-13, JOB-14, GEN-06: nine in the morning in Tokyo is two at night where this person is. */
  it("are planned, held, given up and deleted, and say what is not allowed", async () => {
    const year = new Date().getFullYear() + 1;
    const start = `15 Jun ${year}, 02:00`;
    const visited = await enter(harness);
    const { page, show } = visited;
    await show(`/devices/upgrade?ids=${cameras[4].id}&step=rollout`);
    await page.getByRole("radio", { name: t("job-schedule-kind-at") }).check();
    await page.getByLabel(t("job-schedule-date"), { exact: true }).fill(`${year}-06-15`);
    await page.getByLabel(t("job-schedule-time"), { exact: true }).fill("9");
    const zone = page.getByLabel(t("job-schedule-zone"), { exact: true });
    await zone.selectOption({ label: t("job-schedule-zone-other") });
    const other = page.getByRole("combobox", { name: t("job-schedule-zone-name") });
    await other.fill("Tokyo");
    await other.press("Enter");
    const starts = page.getByRole("region", { name: t("jobs-next-starts") });
    await starts.getByText("02:00").waitFor();
    await page.getByRole("textbox", { name: t("list-jobs-name") }).fill("Quiet upgrade");
    await button(page, t("continue")).click();
    await button(page, t("upgrade-schedule", counted(1))).click();
    await jobOf(page);
    await ended(page, "scheduled");
    await page.getByText(start).waitFor();

    await show("/jobs");
    const planned = row(page, "Quiet upgrade");
    await planned.getByText(start).waitFor();
    const done = page.getByRole("row").filter({ hasText: t("choice-jobs-state-completed") });
    const bar = page.getByRole("region", { name: t("list-selection-bar") });
    const dialog = page.getByRole("dialog");
    /** Does something with the planned job and one that has ended, which refuses it. */
    const both = async (act, state) => {
      await button(bar, t(`jobs-act-${act}`)).click();
      const left = page.getByRole("dialog", { name: t(`jobs-${act}-left`, counted(1)) });
      await left.getByText(t("error-job-not-allowed")).waitFor();
      await button(left, t("close")).last().click();
      await planned.getByText(t(`choice-jobs-state-${state}`), { exact: true }).waitFor();
    };
    await planned.getByRole("checkbox").check();
    await done.first().getByRole("checkbox").check();
    await both("pause", "paused");
    await both("resume", "scheduled");
    await done.first().getByRole("checkbox").uncheck();
    await button(bar, t("jobs-act-stop")).click();
    await button(dialog, t("jobs-stop-do", counted(1))).click();
    await planned.getByText(t("choice-jobs-state-stopped"), { exact: true }).waitFor();
    await button(bar, t("jobs-act-delete")).click();
    await dialog.getByText("Quiet upgrade").waitFor();
    await button(dialog, t("jobs-delete-do", counted(1))).click();
    await planned.waitFor({ state: "detached" });
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  /** UI-02, UI-05, GEN-05 */
  it("are accessible and whole in three languages, in a narrow window, too", async () => {
    const sizes = [
      { width: 1280, height: 800 },
      { width: 900, height: 600 },
    ];
    const paths = [
      "/jobs",
      `/jobs/${trial}`,
      `/jobs/${trial}/copy`,
      `/devices/upgrade?ids=${cameras.map((one) => one.id).join(",")}&step=rollout`,
    ];
    for (const language of LANGUAGES) {
      const visited = await enter(harness, { language });
      for (const path of paths) {
        await visited.show(path);
        for (const size of sizes) {
          await visited.page.setViewportSize(size);
          await whole(visited, `${path}, ${language}, ${size.width}`);
        }
      }
      assert.deepEqual(visited.faults, []);
      await visited.close();
    }
  });
});
