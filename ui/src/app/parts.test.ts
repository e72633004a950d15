import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Route } from '$shared/app-types';
import { loadOthers, loadPage } from './parts';

let idle: (() => void)[] = [];
const asked: string[] = [];

beforeEach(() => {
  idle = [];
  asked.length = 0;
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run));
  vi.stubGlobal('cancelIdleCallback', (id: number) => void (idle[id - 1] = () => undefined));
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.head.replaceChildren();
});

const page = (path: string, ...answers: ('here' | 'away')[]): Route => ({
  path,
  title: path,
  component: () => {
    asked.push(path);
    return answers.shift() === 'away' ? Promise.reject(new Error('away')) : Promise.resolve({ default: {} as never });
  },
});
/** The browser is idle, once. */
async function rest(): Promise<void> {
  const waiting = idle;
  idle = [];
  for (const run of waiting) run();
  await new Promise((resolve) => setTimeout(resolve));
}

/** CUS-43 */
test('the other parts are fetched in idle time, one after another, and none twice', async () => {
  const [first, second, third] = [page('/first'), page('/second'), page('/third')];
  await loadPage(first);
  loadOthers([first, second, third]);
  expect(asked).toEqual(['/first']);
  await rest();
  expect(asked).toEqual(['/first', '/second']);
  await rest();
  expect(asked).toEqual(['/first', '/second', '/third']);
  loadOthers([first, second, third]);
  await rest();
  expect(asked).toHaveLength(3);
});

test('it ends with the first that does not arrive, and goes on with that one when it is asked for again', async () => {
  const routes = [page('/a', 'away'), page('/b')];
  loadOthers(routes);
  await rest();
  await rest();
  expect(asked).toEqual(['/a']);
  loadOthers(routes);
  await rest();
  await rest();
  expect(asked).toEqual(['/a', '/a', '/b']);
});

test('it ends when it is stopped', async () => {
  const stop = loadOthers([page('/a'), page('/b')]);
  await rest();
  stop();
  await rest();
  expect(asked).toEqual(['/a']);
});

test('where the browser does not say when it is idle there is a pause before each', async () => {
  vi.stubGlobal('requestIdleCallback', undefined);
  vi.useFakeTimers();
  try {
    loadOthers([page('/a'), page('/b')]);
    await vi.advanceTimersByTimeAsync(900);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual(['/a']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['/a', '/b']);
  } finally {
    vi.useRealTimers();
  }
});

test('a style sheet that did not arrive is fetched before its page is asked for again', async () => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = 'page.css';
  document.head.append(link);
  link.dispatchEvent(new Event('error'));
  const loading = loadPage(page('/a'));
  const fresh = document.head.querySelector('link');
  expect(fresh).not.toBe(link);
  expect(fresh?.getAttribute('href')).toBe('page.css');
  expect(asked).toEqual([]);
  fresh?.dispatchEvent(new Event('load'));
  await loading;
  expect(asked).toEqual(['/a']);
});
