// The words on the window are those of the English locale; who drives it reads them from there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const locale = await readFile(new URL("../../ui/locales/en.ftl", import.meta.url), "utf8");

function words(key) {
  const found = locale.match(new RegExp(`^${key} = (.+)$`, "m"));
  assert.ok(found, `en.ftl has no ${key}`);
  return found[1];
}
const escaped = (key) => words(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const exactly = (key) => new RegExp(`^${escaped(key)}$`);
export const beginning = (key) => new RegExp(`^${escaped(key)}`);
export const somewhere = (key) => new RegExp(escaped(key));
