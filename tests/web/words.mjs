// The words of the interface, from the files it takes them from.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { FluentBundle, FluentResource } from "../../ui/node_modules/@fluent/bundle/esm/index.js";

const bundles = new Map();

async function bundleOf(language) {
  let bundle = bundles.get(language);
  if (bundle === undefined) {
    const source = await readFile(new URL(`../../ui/locales/${language}.ftl`, import.meta.url), "utf8");
    bundle = new FluentBundle(language, { useIsolating: false });
    bundle.addResource(new FluentResource(source));
    bundles.set(language, bundle);
  }
  return bundle;
}

/** `words('fr')` answers `t`: the words of a key in that language. */
export async function words(language) {
  const bundle = await bundleOf(language);
  return (key, args = {}) => {
    const [name, attribute] = key.split(".", 2);
    const message = bundle.getMessage(name);
    const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
    assert.ok(pattern, `${language}.ftl has no ${key}`);
    return bundle.formatPattern(pattern, args);
  };
}
