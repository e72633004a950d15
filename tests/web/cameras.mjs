// Simulated cameras as the devices of a customer, and what tests of device pages wait for.

import assert from "node:assert/strict";
import { misfits, violations } from "./checks.mjs";
import { call, enter } from "./harness.mjs";

/** What a camera is called, by its place among the simulated ones. */
export const berth = (place) => `Berth-${String(place).padStart(2, "0")}`;

/** Everything that every page has to be. */
export async function whole(visited, of = "") {
  await visited.idle();
  assert.deepEqual(await violations(visited), [], of);
  assert.deepEqual(await misfits(visited), [], of);
}

/** Waits until an act has ended, and answers on how many it was done, with the reasons where it was not. */
export async function ended(visited, id) {
  for (;;) {
    const { finished_at, counts, reasons } = await call(visited, "devices.act", { id });
    if (finished_at !== null) return [counts.done, ...reasons.map(({ code }) => code)];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The act whose results the page went to. */
export async function actOf(page) {
  await page.waitForFunction(() => /^#\/devices\/acts\/./.test(location.hash));
  return page.evaluate(() => location.hash.split("/").at(-1).split("?")[0]);
}

/** Waits until a job has ended, and answers how it ended and on how many systems it was done. */
export async function jobEnded(visited, id) {
  for (;;) {
    const { row } = await call(visited, "jobs.job", { id });
    if (row.finished_at !== null) return [row.state, row.counts.done];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The job to whose page it went; `former`: it went there from this one's. */
export async function jobOf(page, former = "") {
  const found = await page.waitForFunction((other) => {
    const job = /^#\/jobs\/([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? other;
    return job !== other && job;
  }, former);
  return found.jsonValue();
}

/** The ids of the managed cameras; an index is packed, and only its bytes are answered. */
async function cameraIds({ page }) {
  return page.evaluate(async () => {
    const answer = await fetch("/call/systems.index", {
      method: "POST",
      headers: { "X-Flotilla": "1", "Content-Type": "application/json" },
      body: JSON.stringify({
        organization: null,
        search: "",
        criteria: [{ column: "kind", test: { kind: "any_of", values: ["camera"] } }],
        sort: null,
      }),
    });
    const hex = [...new Uint8Array(await answer.arrayBuffer())].map((one) => one.toString(16).padStart(2, "0"));
    return Array.from({ length: hex.length / 16 }, (_, at) =>
      hex
        .slice(at * 16, at * 16 + 16)
        .join("")
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    );
  });
}

/**
 * Adds the simulated cameras to the first customer, without troubles and with a version that takes any first account. Answers
 * the customer and the rows of the cameras, in the order of the simulated ones.
 */
export async function addCameras(harness) {
  const [customer] = JSON.parse(await harness.flotilla("customers", "list", "--json"));
  const visited = await enter(harness);
  const { default_folder } = await call(visited, "organizations.read", { id: customer.id });
  for (const [place, { host, port, user, password, serial }] of harness.devices.entries()) {
    await harness.simulate("DELETE", `/systems/${host}/faults`);
    await harness.simulate("POST", `/systems/${host}/version`, { version: "11.5.28" });
    const begun = await call(visited, "devices.add", {
      organization: customer.id,
      folder: default_folder,
      devices: [{ host, port, name: berth(place), serial, accept: null }],
      credentials: { kind: "typed", user_name: user, password },
      first_account: null,
      accept_first_met: true,
    });
    assert.deepEqual(await ended(visited, begun.id), [1], host);
  }
  const rows = await call(visited, "systems.window", { ids: await cameraIds(visited) });
  await visited.close();
  const named = new Map(rows.map((row) => [row.name, row]));
  assert.equal(named.size, harness.devices.length);
  return { customer, cameras: harness.devices.map((_, place) => named.get(berth(place))) };
}
