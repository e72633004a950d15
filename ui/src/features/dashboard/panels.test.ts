import { expect, it } from 'vitest';
import {
  connections,
  customersWhere,
  endings,
  matrix,
  share,
  states,
  sums,
  unknownLast,
  versionCriterion,
} from './panels';
import { filterOf } from '$shared/lists';

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
