import { beforeEach, expect, it, vi } from 'vitest';
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
