// The pages of Flotilla, each with something on it to see.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jobEnded } from "./cameras.mjs";
import { call, enter } from "./harness.mjs";

/** One of every mistake of CUS-21 and CUS-22, each in its own row, besides one row that is right. */
export const WRONG_ROWS = [
  ["127.0.0.9", "8443", "Alpenblick Hotel", "Administrator", "secret-1", "hotel;alps"],
  ["", "8443", "No Address Ltd", "Administrator", "secret-1", ""],
  ["127.0.0.10", "99999", "Bad Port Ltd", "Administrator", "secret-1", ""],
  ["127.0.0.11", "8443", "", "Administrator", "secret-1", ""],
  ["127.0.0.12", "8443", "Six Tags Ltd", "Administrator", "secret-1", "a;b;c;d;e;f"],
  ["127.0.0.13", "8443", "Twin Ltd", "Administrator", "secret-1", ""],
  ["127.0.0.14", "8443", "Twin Ltd", "Administrator", "secret-1", ""],
  ["127.0.0.15", "8443", "Zero\u200bWidth Ltd", "Administrator", "secret-1", ""],
  ["127.0.0.16", "8443", "No Password Ltd", "Administrator", "", ""],
];
const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const HEADER = "IP Address/FQDN,Port,Name,Ipoffice Username,Ipoffice Password,Tags,Address,Telephone Number,Email,Note";
export const WRONG_FILE = [HEADER, ...WRONG_ROWS.map((row) => [...row, "", "", "", ""].map(quoted).join(","))].join(
  "\r\n",
);

/** Devices of which one is to be put into a folder that is not there, and one has no password. */
const DEVICE_FILE = [
  "Address,Port,Name,Folder,User name,Password",
  "127.0.0.21,443,Entrance,Hauptgebäude/Serverraum 地下,root,secret-1",
  "127.0.0.22,,Car park,Hauptgebäude/Dachgeschoss,root,secret-1",
  "camera-23.example,8443,,,root,",
].join("\r\n");

/** Puts a file into the import assistant as a person does, and answers the address of its waiting list. */
export async function chooseFile(visited, name, text) {
  await visited.show("/customers/import");
  return chooseFileHere(visited, name, text);
}

/** The same with a file of devices, which are added to this organization. */
export async function chooseDeviceFile(visited, organization, name, text) {
  const { page, idle, show } = visited;
  await show("/devices/import");
  await page.getByRole("radio", { name: organization, exact: true }).check();
  await idle();
  return chooseFileHere(visited, name, text);
}

async function chooseFileHere({ page, idle }, name, text) {
  const asked = page.waitForEvent("filechooser");
  await page.locator("main section .btn.primary").first().click();
  await (await asked).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.waitForFunction(() => /^#\/(customers|devices)\/import\/./.test(location.hash));
  await idle();
  return page.evaluate(() => location.hash.slice(1));
}

/** A product of the catalogue whose need is said by hand. */
const LICENSED = "camera-station-edge";
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/**
 * Gives the workspace what the fleet alone does not: people, organizations without connections, and a list waiting to be
 * imported.
 */
export async function prepare(harness) {
  const customers = JSON.parse(await harness.flotilla("customers", "list", "--json"));
  const visited = await enter(harness);
  const people = [
    {
      login: "m.osei",
      first_name: "Maren",
      last_name: "Osei",
      role: "operator",
    },
    {
      login: "k.tanaka",
      first_name: "健一",
      last_name: "田中",
      role: "operator",
    },
    {
      login: "a.dubois",
      first_name: "Amélie",
      last_name: "Dubois-Lefèvre",
      role: "administrator",
    },
  ];
  for (const person of people) {
    await call(visited, "accounts.add", {
      password: "Leuchtturm-42",
      confirmation: "Leuchtturm-42",
      labels: [],
      telephone: "",
      mobile: "",
      email: `${person.login}@example.com`,
      enabled: true,
      must_change_password: true,
      expires_on: null,
      ...person,
    });
  }
  const make = (name) =>
    call(visited, "organizations.create", {
      name,
      zone: "Europe/Berlin",
      language: "en",
    });
  const { id: unconnected } = await make("Werft Nord");
  const { id: archived } = await make("Hafenamt");
  await call(visited, "organizations.archive", {
    id: archived,
    confirmation: archived,
  });
  // Members, folders and an invitation for the first customer, whichever a page shows of them.
  for (const { id } of customers) {
    const { default_folder } = await call(visited, "organizations.read", { id });
    const site = await call(visited, "folders.create", { parent: default_folder, name: "Hauptgebäude" });
    const cellar = await call(visited, "folders.create", { parent: site.id, name: "Serverraum 地下" });
    await call(visited, "invitations.send", {
      organization: id,
      emails: ["f.dubreuil-montagnier@example.com"],
      role: "operator",
      folders: [cellar.id],
      place: null,
    });
  }
  const [licensed] = customers;
  const act = (more) => ({
    operation: crypto.randomUUID(),
    organization: licensed.id,
    product: LICENSED,
    screen: "",
    ...more,
  });
  // A subscription that has run for a year and a half, with something in the wallet and something short.
  await call(visited, "licences.register", act());
  const start = daysAgo(550);
  await call(
    visited,
    "licences.open",
    act({
      start,
      reference: "Portal, as of today",
      lots: [
        {
          key: "AB12-CD34-EF56",
          licence_type: "device",
          term: 1,
          order: "PO-20417",
          redeemed: start,
          wallet: 6,
          years: [{ year: 1, quantity: 4 }],
        },
      ],
    }),
  );
  await call(visited, "licences.set_requirement", act({ system: null, licence_type: "device", quantity: 7 }));
  const waiting = await chooseFile(visited, "customers with mistakes.csv", WRONG_FILE);
  const waitingDevices = await chooseDeviceFile(visited, licensed.name, "devices with mistakes.csv", DEVICE_FILE);
  await fillRepository(harness, visited);
  const devices = await findDevices(harness, visited, licensed.id);
  await visited.close();
  return { customers, waiting, waitingDevices, unconnected, devices };
}

/** Devices found in a search, some of them added, some refused: the search, the act, and a job on the added one. */
async function findDevices({ devices, simulate }, visited, organization) {
  const [added, refusing, fresh] = devices;
  await simulate("POST", `/systems/${fresh.host}/faults`, { kind: "factory-new" });
  await call(visited, "credential_sets.save", {
    id: null,
    organization,
    revision: 0,
    name: "Installers",
    user_name: added.user,
    password: added.password,
  });
  const { default_folder } = await call(visited, "organizations.read", { id: organization });
  const device = ({ host, port }, accept = null) => ({ host, port, name: "", serial: "", accept });
  const { id: act } = await call(visited, "devices.add", {
    organization,
    folder: default_folder,
    devices: [device(added), device(refusing)],
    credentials: { kind: "typed", user_name: added.user, password: added.password },
    first_account: null,
    accept_first_met: true,
  });
  while ((await call(visited, "devices.act", { id: act })).finished_at === null) await visited.page.waitForTimeout(200);
  const { id: search } = await call(visited, "discovery.start", {
    ways: ["mdns", "ssdp", "ws_discovery", "ranges"],
    interfaces: null,
    ranges: `${devices[0].host}-${devices.at(-1).host}`,
  });
  while ((await call(visited, "discovery.read", { id: search })).finished_at === null)
    await visited.page.waitForTimeout(200);
  const { rows } = await call(visited, "discovery.rows", { id: search, since: 0 });
  const managed = rows.find(({ system }) => system !== null).system;
  const { id: job } = await call(visited, "devices.restart", { ids: [managed] });
  await jobEnded(visited, job);
  return { act, search, managed, job };
}

/** Packages of several kinds, one whose name does not tell its model, and a file that stopped half-way. */
export async function fillRepository({ flotilla, folder }, visited) {
  for (const [place, name] of [
    "AXIS_P3265-V_12_11_77.bin",
    "P3265-V_11_11_178.bin",
    "firmware.bin",
    "ipose-12.0.0-55.iso",
    "AdminTools 4.2.1.exe",
  ].entries()) {
    const path = join(folder, name);
    await writeFile(path, Buffer.alloc(250_000 * (place + 1), place + 1));
    await flotilla("repository", "add", path);
  }
  await call(visited, "repository.begin_upload", { name: "ipose-12.1.0-3.iso", size: 4_200_000_000 });
}

/** What the vendor shows of a product, with differences. */
const chooseReport = async ({ page, idle }) => {
  const asked = page.waitForEvent("filechooser");
  await page.locator("main .page-body .btn.primary").first().click();
  const buffer = Buffer.from("type;term;wallet\r\nDevice;1;99\r\nDevice;3;5\r\n");
  await (await asked).setFiles({ name: "portal-2026-07.csv", mimeType: "text/csv", buffer });
  await page.locator("main tbody .tick").first().check();
  await idle();
};

const firstRow = async ({ page, idle }) => {
  await page
    .locator('[role="grid"] .rows [role="row"]')
    .first()
    .click({ position: { x: 120, y: 10 } });
  await page.locator("aside.panel").waitFor();
  await idle();
};

/** The name of a system opens it beside the list. */
const firstName = async ({ page, idle }) => {
  await page.locator('[role="grid"] .rows [role="row"] a.name').first().click();
  await page.locator("aside.panel").waitFor();
  await idle();
};

/** The question before an organization is archived: the first of the page's two buttons. */
const archiveDialog = async ({ page, idle }) => {
  await page.locator(".page-head button.btn").last().click();
  await page.locator("dialog[open] .facts").waitFor();
  await idle();
};

/** What the menu of a folder offers last: deleting it. */
const deleteFolder = async ({ page, idle }) => {
  await page.locator(".tree li .place button.btn").last().click();
  await page.locator('[role="menuitem"]').last().click();
  await page.locator("dialog[open]").waitFor();
  await idle();
};
/** The assistant for the first member. */
const firstAccess = async ({ page, idle }) => {
  await page.locator('[role="grid"] .rows [role="row"] input.tick').first().check();
  await page.locator(".selection-acts button.btn").first().click();
  await page.locator("aside.panel").waitFor();
  await idle();
};

/** Everything that can be added is chosen, and the panel that adds it is open. */
const addAll = async ({ page, idle }) => {
  await page.locator('[role="grid"] .list-head .tick').check();
  await page.locator("main .foot .btn.primary").click();
  await page.locator("aside.panel").waitFor();
  await idle();
};

/** Devices get addresses from a range, and what stands there already was typed. */
const chooseRange = async ({ page, idle }) => {
  await page.locator('main form input[type="radio"]').last().check();
  await idle();
};

/** A dialog that the page's main button opens. */
const mainButton = async ({ page, idle }) => {
  await page.locator(".page-head .btn.primary").click();
  await page.locator("dialog[open]").waitFor();
  await idle();
};

/** Every page by its name and address; `act` opens on it what only a click opens. */
export function pagesOf({ customers, waiting, waitingDevices, unconnected, devices }) {
  const healthy = customers.find((one) => one.connection === "connected") ?? customers[0];
  const licences = `/licences/of/${customers[0].id}`;
  const product = `${licences}/${LICENSED}`;
  const troubled = customers.find((one) => one.connection !== "connected") ?? customers[0];
  return [
    { name: "dashboard", path: "/" },
    { name: "customers", path: "/customers" },
    { name: "customer", path: `/customers?open=${healthy.id}` },
    { name: "customer-in-trouble", path: `/customers?open=${troubled.id}` },
    { name: "customer-new", path: "/customers/new" },
    { name: "customer-edit", path: `/customers/edit/${healthy.id}` },
    { name: "organization-new", path: "/organizations/new" },
    { name: "organizations", path: "/organizations" },
    { name: "organizations-archived", path: "/organizations?show=archived" },
    { name: "organization", path: `/organizations/${healthy.id}` },
    {
      name: "organization-unconnected",
      path: `/organizations/${unconnected}`,
    },
    { name: "organization-edit", path: `/organizations/${unconnected}/edit` },
    { name: "members", path: `/organizations/${healthy.id}/members` },
    { name: "members-invite", path: `/organizations/${healthy.id}/members?open=invite` },
    { name: "members-access", path: `/organizations/${healthy.id}/members`, act: firstAccess },
    { name: "folders", path: `/organizations/${healthy.id}/folders` },
    { name: "folder-delete", path: `/organizations/${healthy.id}/folders`, act: deleteFolder },
    { name: "activity", path: `/organizations/${healthy.id}/activity` },
    { name: "systems-folders", path: `/systems?organization=${healthy.id}` },
    {
      name: "organization-archive",
      path: `/organizations/${healthy.id}`,
      act: archiveDialog,
    },
    { name: "import", path: "/customers/import" },
    { name: "import-list", path: waiting },
    { name: "systems", path: "/systems" },
    { name: "system", path: "/systems", act: firstName },
    { name: "devices-find", path: "/devices/find" },
    { name: "devices-found", path: `/devices/find/${devices.search}` },
    { name: "devices-add-found", path: `/devices/find/${devices.search}`, act: addAll },
    { name: "devices-add", path: "/devices/add" },
    { name: "devices-import", path: "/devices/import" },
    { name: "devices-import-list", path: waitingDevices },
    { name: "devices-commission", path: `/devices/commission?ids=${devices.managed}`, act: chooseRange },
    { name: "devices-acts", path: "/devices/acts" },
    { name: "devices-act", path: `/devices/acts/${devices.act}` },
    { name: "devices-result", path: `/devices/acts/${devices.act}`, act: firstRow },
    { name: "jobs", path: "/jobs" },
    { name: "jobs-panel", path: `/jobs?open=${devices.job}` },
    { name: "job", path: `/jobs/${devices.job}` },
    { name: "job-task", path: `/jobs/${devices.job}`, act: firstRow },
    { name: "job-copy", path: `/jobs/${devices.job}/copy` },
    { name: "upgrade", path: `/devices/upgrade?ids=${devices.managed}` },
    { name: "upgrade-rollout", path: `/devices/upgrade?ids=${devices.managed}&step=rollout` },
    { name: "upgrade-summary", path: `/devices/upgrade?ids=${devices.managed}&step=summary` },
    { name: "credential-sets", path: `/organizations/${customers[0].id}/credentials` },
    { name: "credential-set-new", path: `/organizations/${customers[0].id}/credentials`, act: mainButton },
    { name: "alarms", path: "/alarms" },
    { name: "alarm", path: "/alarms", act: firstRow },
    { name: "licences", path: "/licences" },
    { name: "licences-endings", path: "/licences/endings" },
    { name: "licences-wallets", path: "/licences/wallets" },
    { name: "licences-history", path: "/licences/history" },
    { name: "licences-products", path: licences },
    { name: "licences-overview", path: product },
    { name: "licences-licensing", path: `${product}/licensing` },
    { name: "licences-wallet", path: `${product}/wallet` },
    { name: "licences-postings", path: `${product}/wallet?account=wallet` },
    { name: "licences-systems", path: `${product}/systems` },
    { name: "licences-product-history", path: `${product}/history` },
    { name: "licences-allocate", path: `${product}/licensing?do=allocate` },
    { name: "licences-transfer", path: `${product}/wallet?do=transfer` },
    { name: "licences-end", path: `${product}?do=end` },
    { name: "licences-redeem", path: `${product}/redeem` },
    { name: "licences-reconcile", path: `${product}/reconcile`, act: chooseReport },
    { name: "licences-catalogue", path: "/licences/catalogue?open=camera-station-edge" },
    { name: "licences-issuers", path: "/licences/issuers" },
    { name: "repository", path: "/repository" },
    { name: "repository-file", path: "/repository", act: firstRow },
    { name: "repository-address", path: "/repository?add=address" },
    { name: "repository-indexes", path: "/repository?add=index" },
    { name: "accounts", path: "/accounts" },
    { name: "account", path: "/accounts", act: firstRow },
    { name: "account-new", path: "/accounts?open=new" },
    { name: "preferences", path: "/preferences" },
    { name: "audit", path: "/audit" },
    { name: "audit-entry", path: "/audit", act: firstRow },
    { name: "audit-verification", path: "/audit?open=verification" },
    { name: "application-centre", path: "/application-centre" },
    { name: "profile", path: "/profile" },
    { name: "not-found", path: "/no-such-page" },
  ];
}
