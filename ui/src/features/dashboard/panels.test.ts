import { expect, it } from 'vitest';
import {
  changesOf,
  connections,
  customersWhere,
  endings,
  hoursOf,
  matrix,
  share,
  states,
  sums,
  unknownLast,
  versionCriterion,
} from './panels';
import { filterOf } from '$shared/lists';
import type { Changes, Happened } from '$wire/types';

/** DSH-02: the matrix adds up in both directions. */
it('adds the alarms up by type and by severity', () => {
  const rows = matrix([
    { alarm_type: 'services', severity: 'minor', alarms: 3 },
    { alarm_type: 'connection', severity: 'critical', alarms: 1 },
    { alarm_type: 'connection', severity: 'minor', alarms: 4 },
  ]);
  expect(rows.map((row) => [row.type, row.all])).toEqual([
    ['connection', 5],
    ['services', 3],
  ]);
  expect(sums(rows)).toEqual([1, 0, 7, 0, 8]);
});

/** DSH-03: a number leads to the list filtered to exactly what was counted. */
it('leads to the filtered list', () => {
  const address = customersWhere(versionCriterion('11.1.3.2'));
  const filter = new URLSearchParams(address.split('?')[1]).get('filter');
  expect(filterOf(filter)).toEqual([{ column: 'version', test: { kind: 'any_of', values: ['11.1.3.2'] } }]);
  expect(versionCriterion('').test).toEqual({ kind: 'empty', value: true });
});

/** DSH-02, DSH-03: what has expired stands first and is not due; each leads to exactly its customers. */
it('tells what has expired from what is due', () => {
  const found = endings(
    {
      expired: { customers: 4, until: 99 },
      within: [
        { days: 30, customers: 6, from: 100, until: 130 },
        { days: 60, customers: 7, from: 100, until: 160 },
      ],
    },
    'licence_until',
  );
  expect(found.map(({ days, customers }) => [days, customers])).toEqual([
    [null, 4],
    [30, 6],
    [60, 7],
  ]);
  expect(found.map(({ address }) => new URLSearchParams(address.split('?')[1]).get('sort'))).toEqual(
    found.map(() => 'licence_until'),
  );
  const ranges = found.map(
    ({ address }) => filterOf(new URLSearchParams(address.split('?')[1]).get('filter'))[0]?.test,
  );
  expect(ranges).toEqual([
    { kind: 'range', from: null, to: 99 },
    { kind: 'range', from: 100, to: 130 },
    { kind: 'range', from: 100, to: 160 },
  ]);
});

/** DSH-02: every connection is shown, also with nobody in it; states only where there is somebody. */
it('keeps the order of states', () => {
  expect(connections([{ connection: 'never', customers: 2 }]).map((part) => part.customers)).toEqual([0, 0, 0, 2]);
  const found = states([
    { state: 'unreachable', systems: 1 },
    { state: 'online', systems: 5 },
    { state: 'upgrading', systems: 0 },
  ]);
  expect(found.map((part) => part.state)).toEqual(['online', 'unreachable']);
});

it('tells shares honestly', () => {
  expect(share(1, 3)).toEqual({ value: 33.3, less: false });
  expect(share(1, 100_000)).toEqual({ value: 0.1, less: true });
  expect(share(0, 10)).toBeNull();
});

/** DSH-02: what is unknown stands last, and is never cut off. */
it('puts what is unknown last', () => {
  const counts = [
    { value: '', customers: 9 },
    { value: '11.1', customers: 4 },
    { value: '12.0', customers: 2 },
  ];
  expect(unknownLast(counts, 3).map(({ value }) => value)).toEqual(['11.1', '12.0', '']);
  expect(unknownLast(counts, 2).map(({ value }) => value)).toEqual(['11.1', '']);
  expect(unknownLast(counts.slice(1), 1).map(({ value }) => value)).toEqual(['11.1']);
});

const happened = (hour: number, count: number): Happened => ({
  count,
  hours: Array.from({ length: 24 }, (_, place) => (place === hour ? count : 0)),
});

/** DSH-02, DSH-03: what changed since yesterday leads to exactly its alarms, open or not; its hours are a table, too. */
it('tells what changed since yesterday', () => {
  const changes: Changes = {
    from: 1_000,
    went_down: happened(0, 3),
    still_down: 1,
    came_back: happened(5, 2),
    mean_duration: 60_000,
    raised: happened(23, 4),
    raised_critical: 3,
    raised_major: 1,
    cleared: happened(23, 5),
  };
  const found = changesOf(changes).map(({ name, address }) => {
    const criteria = filterOf(new URLSearchParams(address.split('?')[1]).get('filter'));
    return [name, criteria.map(({ column, test }) => [column, test.kind === 'range' ? test.from : test.kind])];
  });
  expect(found).toEqual([
    [
      'went-down',
      [
        ['first_at', 1_000],
        ['cause', 'any_of'],
      ],
    ],
    [
      'came-back',
      [
        ['cleared_at', 1_000],
        ['cause', 'any_of'],
      ],
    ],
    ['new-alarms', [['first_at', 1_000]]],
    ['cleared', [['cleared_at', 1_000]]],
  ]);
  const hours = hoursOf(changes);
  expect(hours).toHaveLength(24);
  expect(hours[0]).toEqual({ at: 1_000 + 23 * 3_600_000, counts: [0, 0, 4, 5] });
  expect(hours.at(-1)).toEqual({ at: 1_000, counts: [3, 0, 0, 0] });
});
