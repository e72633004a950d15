import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WireError } from '$platform';
import type { ColumnDescription } from '$wire/types';
import { BesideRows, withBeside } from './beside.svelte';

const column = (name: string): ColumnDescription & { width: number | null } => ({
  name,
  kind: 'text',
  choices: [],
  sortable: true,
  filterable: true,
  searchable: true,
  default_visible: true,
  width: null,
});

test('a column beside another one follows it, and is not there without it', () => {
  const beside = [
    { name: 'track', after: 'version' },
    { name: 'recommended', after: 'version' },
  ];
  const names = (...shown: string[]): string[] => withBeside(shown.map(column), beside).map(({ name }) => name);
  expect(names('version', 'name')).toEqual(['version', 'track', 'recommended', 'name']);
  expect(names('name', 'host')).toEqual(['name', 'host']);
  expect(withBeside([column('version')], beside).map(({ sortable }) => sortable)).toEqual([true, false, false]);
});

/** UI-27, PERF-18 */
describe('rows beside a list', () => {
  let asked: {
    ids: string[];
    answer: (values: Record<string, string>) => Promise<void>;
    refuse: () => Promise<void>;
  }[];
  let rows: BesideRows<string>;
  const flushed = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    rows = new BesideRows(
      (ids) =>
        new Promise((resolve, reject) =>
          asked.push({
            ids,
            answer: (values) => (resolve(new Map(Object.entries(values))), flushed()),
            refuse: () => (reject(new WireError({ code: 'workspace.busy' })), flushed()),
          }),
        ),
    );
  });
  afterEach(() => {
    rows.stop();
    vi.useRealTimers();
  });

  test('asks once for each row in view, and tells what has no answer from what is not known yet', async () => {
    rows.see(['a', 'b']);
    expect(rows.of('a')).toBeUndefined();
    await asked[0]?.answer({ a: 'one' });
    expect([rows.of('a'), rows.of('b')]).toEqual(['one', null]);
    rows.see(['b', 'c']);
    expect(asked.map(({ ids }) => ids)).toEqual([['a', 'b'], ['c']]);
  });

  test('does not ask for rows that passed by while a question was under way', async () => {
    rows.see(['a']);
    rows.see(['b']);
    rows.see(['c']);
    await asked[0]?.answer({});
    expect(asked.map(({ ids }) => ids)).toEqual([['a'], ['c']]);
  });

  test('shows what it knew until a change is answered, and asks at most 200 at a time', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `row-${index}`);
    rows.see(many);
    expect(asked[0]?.ids).toHaveLength(200);
    await asked[0]?.answer({ 'row-0': 'old' });
    expect(asked[1]?.ids).toHaveLength(100);
    await asked[1]?.answer({});
    rows.changed(['row-0', 'unseen']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked[2]?.ids).toEqual(['row-0']);
    expect(rows.of('row-0')).toBe('old');
    await asked[2]?.answer({ 'row-0': 'new' });
    expect(rows.of('row-0')).toBe('new');
  });

  test('says why it failed, and asks no more until somebody wants it', async () => {
    rows.see(['a']);
    await asked[0]?.refuse();
    expect(rows.error?.code).toBe('workspace.busy');
    rows.see(['a', 'b']);
    expect(asked).toHaveLength(1);
    rows.retry();
    await asked[1]?.answer({ a: 'one', b: 'two' });
    expect([rows.error, rows.of('b')]).toEqual([null, 'two']);
  });
});
