// PERF-18: how many frames are late while a list of 100,000 rows is scrolled, beside a plain virtual list of the same
// row height, cells and words in the same window. The list and its floor take turns, so that both are slowed alike by
// whatever else this machine does.

/** A frame that took longer was seen to be late. In milliseconds. */
const LATE = 50;
/** Turns of each; the first of each warms up and does not count. */
const TURNS = 4;
/**
 * How it is scrolled: by steps of a wheel, by so many rows each frame as a wheel does that is turned fast, and so that
 * every row in view is another each frame, as under a scroll bar that is dragged.
 */
const SPEEDS = {
  wheel: { rows: 3, steps: 60, every: 16 },
  fast: { rows: 3, frames: 200 },
  drag: { rows: 40, frames: 200 },
};

/** On a machine that is slower than that a turn has fewer frames. In milliseconds. */
const LONGEST_TURN = 20_000;

const LIST = '.list-body';
const FLOOR = '#plain-list';

/** In the page: a list of recycled rows of text over the hidden application, the least that shows the same. */
function addFloor(list, rows) {
  const ours = document.querySelector(list);
  const drawn = [...ours.querySelectorAll('.row[aria-rowindex]')].filter((row) => row.children.length > 1);
  const { height } = drawn[0].getBoundingClientRect();
  const { left, top, width, height: view } = ours.getBoundingClientRect();
  const style = getComputedStyle(drawn[0]);
  const words = drawn.map((row) => [...row.children].map((cell) => cell.textContent.trim()));
  // A style sheet that is made by the page itself is no foreign one: the content security policy lets it be.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    #plain-list { position: fixed; left: ${left}px; top: ${top}px; width: ${width}px; height: ${view}px; overflow: auto;
      z-index: 10000; background: ${getComputedStyle(document.body).backgroundColor}; font: ${style.font};
      visibility: visible; }
    #plain-list > div { position: relative; height: ${ours.scrollHeight}px; }
    .plain-row { position: absolute; inset: 0 0 auto; height: ${height}px; display: grid; contain: strict;
      grid-template-columns: ${style.gridTemplateColumns}; align-items: center; }
    .plain-row span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
    .floor-alone > :not(#plain-list) { visibility: hidden; }
    body:not(.floor-alone) > #plain-list { display: none; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const plain = document.createElement('div');
  plain.id = 'plain-list';
  const all = plain.appendChild(document.createElement('div'));
  document.body.append(plain);
  const pool = Array.from({ length: Math.ceil(view / height) + 16 }, () => {
    const row = document.createElement('div');
    row.className = 'plain-row';
    const cells = words[0].map(() => row.appendChild(document.createElement('span')).appendChild(document.createTextNode('')));
    all.append(row);
    return { row, cells, index: -1 };
  });
  const draw = () => {
    const first = Math.max(0, Math.floor(plain.scrollTop / height) - 8);
    for (let index = first; index < Math.min(rows, first + pool.length); index += 1) {
      const one = pool[index % pool.length];
      if (one.index === index) continue;
      one.index = index;
      one.row.style.transform = `translateY(${index * height}px)`;
      const said = words[index % words.length];
      one.cells.forEach((cell, place) => (cell.data = said[place]));
    }
  };
  plain.addEventListener('scroll', draw, { passive: true });
  draw();
  return { height, x: left + width / 2, y: top + view / 2 };
}

/** In the page: shows the floor or the list, at its beginning. */
function show(selector, alone) {
  document.body.classList.toggle('floor-alone', alone);
  document.querySelector(selector).scrollTop = 0;
}

/**
 * In the page: begins to note how long frames take. Each frame scrolls by so many pixels, or by none where something
 * else turns the wheel. Tasks that the engine calls long are counted, where it tells of them.
 */
export function begin(selector, pixels) {
  const list = document.querySelector(selector);
  const tells = PerformanceObserver.supportedEntryTypes.includes('longtask');
  const seen = { list, took: [], tasks: tells ? 0 : null, going: true, whenSoMany: () => undefined };
  seen.observer = new PerformanceObserver((entries) => (seen.tasks += entries.getEntries().length));
  if (tells) seen.observer.observe({ type: 'longtask' });
  let last = null;
  const frame = (now) => {
    if (!seen.going) return;
    if (last !== null) seen.took.push(now - last);
    last = now;
    if (pixels !== 0) list.scrollTop += pixels;
    seen.whenSoMany();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.scrolling = seen;
}

/** In the page: waits for so many frames since the beginning, or so long, and answers what was seen. */
export function end(frames, longest) {
  const seen = window.scrolling;
  const latest = performance.now() + longest;
  return new Promise((resolve) => {
    seen.whenSoMany = () => {
      if (seen.took.length < frames && performance.now() < latest) return;
      seen.going = false;
      if (seen.tasks !== null) seen.tasks += seen.observer.takeRecords().length;
      seen.observer.disconnect();
      resolve({ took: seen.took, tasks: seen.tasks, moved: seen.list.scrollTop });
    };
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** What is said of the frames of all turns. */
export function frames(turns) {
  const all = turns.flatMap((turn) => turn.took);
  const sorted = all.toSorted((left, right) => left - right);
  return {
    frames: all.length,
    late: all.filter((took) => took > LATE).length,
    median: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    longest: sorted.at(-1),
    // Null: this engine tells of no tasks.
    long_tasks: turns.some((turn) => turn.tasks === null) ? null : turns.reduce((sum, turn) => sum + turn.tasks, 0),
  };
}

/**
 * Scrolls the list on a page and its floor by turns: `page.evaluate(function, …arguments)` runs a function in the page,
 * `page.wheel({ x, y }, pixels, steps, every)` turns a wheel there by steps of so many pixels, every so many milliseconds.
 */
export async function measure(page, rows, { speeds = Object.keys(SPEEDS), turns = TURNS } = {}) {
  const place = await page.evaluate(addFloor, LIST, rows);
  const results = {};
  for (const speed of speeds) {
    const kept = { list: [], floor: [] };
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [name, selector] of Object.entries({ floor: FLOOR, list: LIST })) {
        await page.evaluate(show, selector, name === 'floor');
        const seen = await scroll(page, selector, SPEEDS[speed], place);
        if (seen.moved === 0) throw new Error(`the ${name} was not scrolled (${speed})`);
        if (turn > 0) kept[name].push(seen);
      }
    }
    results[speed] = { list: frames(kept.list), floor: frames(kept.floor) };
  }
  return results;
}

async function scroll(page, selector, { rows, frames: count, steps, every }, { height, ...middle }) {
  const pixels = rows * height;
  await page.evaluate(begin, selector, steps === undefined ? pixels : 0);
  if (steps !== undefined) await page.wheel(middle, pixels, steps, every);
  return page.evaluate(end, count ?? 1, LONGEST_TURN);
}

/** In words, for who measures by hand. */
export function inWords(results) {
  const line = ({ late, frames, median, p99, longest, long_tasks }) =>
    `${late} of ${frames} frames over ${LATE} ms, median ${median.toFixed(1)}, 99 % ${p99.toFixed(1)}, longest ` +
    `${longest.toFixed(1)} ms${long_tasks === null ? '' : `, ${long_tasks} long tasks`}`;
  return Object.entries(results)
    .map(([speed, { list, floor }]) => `${speed}: ${line(list)}\n  a plain list: ${line(floor)}`)
    .join('\n');
}
