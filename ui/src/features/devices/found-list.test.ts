import { beforeEach, expect, it, vi } from 'vitest';
import { router } from '$shared/router.svelte';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import type { FoundDevice } from '$wire/types';
import { FoundList } from './found-list.svelte';
import { discoveryView, foundDevice } from './testing';

let host: FakePlatform;
/** What the host tells next, one answer after another. */
let answers: { rows?: FoundDevice[]; gone?: string[]; more?: boolean }[];
let revision = 0;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  revision = 0;
  host = new FakePlatform({
    'discovery.read': () => discoveryView(),
    'discovery.rows': () => {
      const { rows = [], gone = [], more = false } = answers.shift() ?? {};
      revision += rows.length + gone.length;
      return { revision, rows, gone, more };
    },
  });
  usePlatform(host);
  return () => vi.useRealTimers();
});
const passedOn = async (): Promise<void> => {
  host.emit({ kind: 'changed', feature: 'discovery', ids: ['d1'], membership: false, many: false });
  await vi.advanceTimersByTimeAsync(1000);
};
const at = (key: string, last: number, more: Partial<FoundDevice> = {}): FoundDevice =>
  foundDevice(key, { host: `10.0.0.${last}`, ...more });

/** UI-01: search, group and order stand in the address; what is typed on is one step. */
it('is narrowed by its address', async () => {
  router.go('/devices/find/d1', { group: 'managed', sort: '-host' }, { sure: true });
  const list = new FoundList('d1');
  const managed = { state: 'managed' } as const;
  answers = [{ rows: [at('A', 1, managed), at('B', 2, managed), at('C', 3)] }];
  const stop = list.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(list.order).toEqual(['B', 'A']);
  const steps = history.length;
  list.ask({ search: '0.0.0.2' });
  list.ask({ search: '10.0.0.2' });
  expect(list.order).toEqual(['B']);
  expect(router.query('search')).toBe('10.0.0.2');
  expect(history.length).toBe(steps + 1);
  list.ask({ search: '', group: 'all', sort: null });
  expect(router.address).toBe('#/devices/find/d1');
  expect(list.order).toHaveLength(3);
  router.setQuery({ group: 'odd', sort: 'password' }, { sure: true });
  expect(list.narrowing).toEqual({ group: 'all', search: '', sort: null });
  router.go('/', {}, { sure: true });
  stop();
});

/** DEV-01, UI-26 */
it('takes everything in parts, follows the search, and moves no row under the pointer', async () => {
  const list = new FoundList('d1');
  answers = [{ rows: [at('B', 5)], more: true }, { rows: [at('C', 9)] }];
  const stop = list.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(list.loaded).toBe(true);
  expect(list.order).toEqual(['B', 'C']);
  expect(host.callsOf('discovery.rows').map(({ since }) => since)).toEqual([0, 1]);

  list.attended = true;
  answers = [{ rows: [at('A', 1), at('C', 9, { state: 'managed' })] }];
  await passedOn();
  expect(list.order).toEqual(['B', 'C', 'A']);
  expect(list.unsorted).toBe(1);
  expect(list.row('C')?.state).toBe('managed');
  list.sortAgain();
  expect(list.order).toEqual(['A', 'B', 'C']);
  expect(list.unsorted).toBe(0);
  list.attended = false;
  answers = [{ rows: [at('Z', 2)] }];
  await passedOn();
  expect(list.order).toEqual(['A', 'Z', 'B', 'C']);
  // Another search is none of it.
  host.emit({ kind: 'changed', feature: 'discovery', ids: ['d2'], membership: false, many: false });
  const asked = host.callsOf('discovery.rows').length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(host.callsOf('discovery.rows')).toHaveLength(asked);
  stop();
  await passedOn();
  expect(host.callsOf('discovery.rows')).toHaveLength(asked);
});

/** UI-26: there is nothing to sort again where the rows stand in order already. */
it('asks to sort again only where that changes the order', async () => {
  const list = new FoundList('d1');
  list.attended = true;
  answers = [{ rows: [at('C', 9), at('B', 5)] }];
  const stop = list.start();
  await vi.advanceTimersByTimeAsync(0);
  expect([list.order, list.unsorted]).toEqual([['B', 'C'], 0]);
  answers = [{ rows: [at('E', 20), at('D', 12)] }];
  await passedOn();
  expect([list.order, list.unsorted]).toEqual([['B', 'C', 'D', 'E'], 0]);
  answers = [{ rows: [at('A', 1)] }];
  await passedOn();
  expect([list.order, list.unsorted]).toEqual([['B', 'C', 'D', 'E', 'A'], 1]);
  // What stood in the wrong place is gone.
  answers = [{ gone: ['A'] }];
  await passedOn();
  expect([list.order, list.unsorted]).toEqual([['B', 'C', 'D', 'E'], 0]);
  stop();
});

it('keeps chosen what becomes part of another row, and forgets what cannot be added any more', async () => {
  const list = new FoundList('d1');
  answers = [{ rows: [at('10.0.0.5', 5, { state: 'new_certificate' }), at('B', 6)] }];
  const stop = list.start();
  await vi.advanceTimersByTimeAsync(0);
  list.chosen = new Set(['10.0.0.5', 'B']);
  answers = [{ gone: ['10.0.0.5'], rows: [at('A', 5)] }];
  await passedOn();
  expect([...list.chosen].sort()).toEqual(['A', 'B']);
  answers = [{ rows: [at('B', 6, { state: 'managed' })] }];
  await passedOn();
  expect(list.selected.map(({ key }) => key)).toEqual(['A']);
  stop();
});

it('says why it could not be read, and goes on when asked again', async () => {
  const list = new FoundList('d1');
  host.on('discovery.read', () => Promise.reject(new Error('away')));
  const stop = list.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(list.error).not.toBeNull();
  host.on('discovery.read', () => discoveryView({ finished_at: 9 }));
  answers = [{ rows: [at('B', 5)] }];
  await list.read();
  expect(list.error).toBeNull();
  expect(list.order).toEqual(['B']);
  stop();
});
