// What every page must satisfy, whatever it shows.

import { readFile } from "node:fs/promises";

const AXE = await readFile(new URL("../../ui/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Of WCAG 2.2 AA, and not looked at unless asked for.
const BESIDES = {
  "label-content-name-mismatch": { enabled: true },
  "target-size": { enabled: true },
};
const COLOURS = ["color-contrast", "link-in-text-block"];

async function breaches(page, options) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (asked) => {
    const found = await window.axe.run(document, asked);
    return found.violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)} ${node.failureSummary?.split("\n")[1] ?? ""}`),
    );
  }, options);
}

/** WCAG 2.2 AA, as far as a program can tell (UI-02): one line for each element in breach. */
export const violations = ({ page }) =>
  breaches(page, {
    runOnly: LEVELS,
    rules: BESIDES,
    resultTypes: ["violations"],
  });

/** Of that, what colours can be wrong in: another theme changes nothing else. */
export const pale = ({ page }) => breaches(page, { runOnly: { type: "rule", values: COLOURS } });

/**
 * What does not fit its place (GEN-05): text wider or higher than its box, or ended by an ellipsis with nothing that
 * shows it whole; text over the next cell of a table; and whatever reaches out of the window with no way to scroll there.
 */
export async function misfits({ page }) {
  return page.evaluate(() => {
    const found = [];
    const report = (element, why) => {
      const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 60);
      const path = [];
      for (let one = element; one && one !== document.body && path.length < 4; one = one.parentElement) {
        path.unshift(
          `${one.localName}${[...one.classList]
            .filter((name) => !name.startsWith("svelte-"))
            .map((name) => `.${name}`)
            .join("")}`,
        );
      }
      found.push(`${why}: ${path.join(" > ")} "${text}"`);
    };
    const scrolls = (value) => value === "auto" || value === "scroll";
    const scrollable = (element, axis) => {
      for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
        const style = getComputedStyle(one);
        if (scrolls(axis === "x" ? style.overflowX : style.overflowY)) return true;
      }
      return false;
    };
    // The nearest box around an element that hides what reaches out of it to the right, and offers no way there.
    const hiding = (element) => {
      for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        const { overflowX } = getComputedStyle(one);
        if (scrolls(overflowX)) return null;
        if (overflowX !== "visible") return one;
      }
      return null;
    };
    // Shown whole under the pointer, in a panel that opens, or by its element's own tooltip.
    const hasFullText = (element) =>
      element.closest('[title]:not([title=""]), [data-tip], option, select, [aria-hidden="true"]') !== null;
    for (const element of document.querySelectorAll("body *")) {
      if (element.closest("svg, [inert], [hidden], .hidden-text") || element.getClientRects().length === 0) continue;
      const style = getComputedStyle(element);
      if (style.visibility === "hidden") continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrollable(element, "x"))
        report(element, "beside the window");
      if (box.bottom > innerHeight + 1 && !scrollable(element, "y")) report(element, "below the window");
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
      if (!text) continue;
      const around = hiding(element);
      const cutOff = around !== null && box.right > around.getBoundingClientRect().right + 1;
      if (style.display === "inline") {
        if (cutOff && !hasFullText(element)) report(element, "ends in an ellipsis nobody can read on");
        continue;
      }
      if (element.scrollWidth > element.clientWidth + 1 && !scrolls(style.overflowX)) {
        if (style.textOverflow !== "ellipsis") report(element, "wider than its box");
        else if (!hasFullText(element)) report(element, "ends in an ellipsis nobody can read on");
      }
      if (cutOff) report(element, "cut off by what is around it");
      const cell = element.closest("td, th");
      if (cell !== null && box.right > cell.getBoundingClientRect().right + 1) report(element, "over the next cell");
      const high = element.scrollHeight > element.clientHeight + 4;
      if (high && (style.overflowY === "hidden" || style.overflowY === "clip")) report(element, "higher than its box");
    }
    return [...new Set(found)];
  });
}
