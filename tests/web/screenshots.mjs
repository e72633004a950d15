// A picture of every page in both themes and three languages, to be looked at:
//   cargo build -p flotilla-cli -p flotilla-simulator && (cd ui && npm run build)
//   FLOTILLA_CLI=… FLOTILLA_SIMULATOR=… node tests/web/screenshots.mjs FOLDER [language…]

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LANGUAGES, enter, open, visit, visitFirst } from "./harness.mjs";
import { pagesOf, prepare } from "./tour.mjs";

const [folder, ...chosen] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node tests/web/screenshots.mjs FOLDER [language…]");
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const languages = chosen.length > 0 ? chosen : LANGUAGES;
const looks = languages.flatMap((language) => ["light", "dark"].map((theme) => ({ language, theme })));
// The smallest window, a usual one, and the smallest at 200 %.
const sizes = {
  wide: { width: 1280, height: 800 },
  narrow: { width: 900, height: 600 },
  doubled: { width: 450, height: 300 },
};

const photograph = ({ page }, { language, theme }, size, name) =>
  page.screenshot({
    path: join(folder, `${name}-${language}-${theme}-${size}.png`),
  });

const empty = await open();
try {
  for (const look of looks) {
    const visited = await visitFirst(empty, { ...look, ...sizes.wide });
    await visited.idle();
    await photograph(visited, look, "wide", "first-start");
    await visited.close();
  }
} finally {
  await empty.close();
}

const harness = await open({ customers: 40, cameras: 6 });
try {
  const tour = await prepare(harness);
  for (const look of looks) {
    for (const [size, measures] of Object.entries(sizes)) {
      const stranger = await visit(harness, { ...look, ...measures });
      await stranger.idle();
      await photograph(stranger, look, size, "sign-in");
      await stranger.close();
      const visited = await enter(harness, { ...look, ...measures });
      for (const { name, path, act } of pagesOf(tour)) {
        await visited.show(path);
        await act?.(visited);
        await photograph(visited, look, size, name);
      }
      await visited.close();
    }
  }
} finally {
  await harness.close();
}
