import { expect, it, vi } from 'vitest';
import { customers } from '$features/customers/importable';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import type { ImportRow } from '$wire/types';
import { ImportList } from './import-list.svelte';
import { importRow, importView } from './testing';

/** CUS-22: an answer older than a change does not take the place of the newer one. */
it('keeps the newer row where the older answer comes last', async () => {
  const answers: ((rows: ImportRow[]) => void)[] = [];
  usePlatform(
    new FakePlatform({
      'customers.import_view': () => importView(),
      'customers.import_rows': ({ state }) => (state === null ? [1] : []),
      'customers.import_window': () => new Promise((resolve) => answers.push(resolve)),
    }),
  );
  const list = new ImportList(customers, 'i1');
  const stop = list.start();
  await vi.waitFor(() => expect(list.order).toEqual([1]));
  list.see(0, 1);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  void list.take(importView());
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.([importRow(1, { name: 'new' })]);
  await vi.waitFor(() => expect(list.row(1)?.cells.name).toBe('new'));
  answers[0]?.([importRow(1, { name: 'old' })]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(list.row(1)?.cells.name).toBe('new');
  stop();
});

/** CUS-22, CUS-26: when customers come or go the rows are asked for only once they have been compared with them. */
it('asks for the order after the rows were compared', async () => {
  let compared: (() => void) | undefined;
  let order = [1];
  const host = new FakePlatform({
    'customers.import_view': () => importView(),
    'customers.import_rows': ({ state }) => (state === null ? order : []),
    'customers.import_window': ({ rows }) => rows.map((row) => importRow(row)),
  });
  usePlatform(host);
  const list = new ImportList(customers, 'i1');
  const stop = list.start();
  await vi.waitFor(() => expect(list.order).toEqual([1]));
  host.on(
    'customers.import_view',
    () =>
      new Promise((resolve) => {
        compared = () => {
          order = [1, 2];
          resolve(importView());
        };
      }),
  );
  host.emit({ kind: 'changed', feature: 'customers', ids: ['c1'], membership: true, many: false });
  await vi.waitFor(() => expect(compared).toBeDefined());
  compared?.();
  await vi.waitFor(() => expect(list.order).toEqual([1, 2]));
  stop();
});
