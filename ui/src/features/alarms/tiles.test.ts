import { expect, it } from 'vitest';
import { bySeverity, byType, chosenOf, criteriaOf, othersOf, toggled, total } from './tiles';

const counts = [
  { alarm_type: 'connection', severity: 'major', alarms: 4 },
  { alarm_type: 'connection', severity: 'minor', alarms: 2 },
  { alarm_type: 'services', severity: 'minor', alarms: 7 },
] as const;

/** ALM-05: the tiles' numbers add up to all of them, by severity and by type. */
it('counts the same alarms both ways', () => {
  expect(total(counts)).toBe(13);
  expect([...bySeverity(counts).values()].reduce((sum, count) => sum + count, 0)).toBe(13);
  expect(byType(counts)).toEqual([
    ['services', 7],
    ['connection', 6],
  ]);
});

/** ALM-05: what tiles ask for is read back as the same tiles; other criteria are left alone. */
it('turns tiles into criteria and back', () => {
  const chosen = { severities: new Set(['major', 'minor'] as const), types: new Set(['services'] as const) };
  const other = { column: 'customer', test: { kind: 'contains', text: 'x' } } as const;
  const criteria = [...criteriaOf(chosen), other];
  expect(chosenOf(criteria)).toEqual(chosen);
  expect(othersOf(criteria)).toEqual([other]);
  expect(toggled(toggled(chosen.types, 'services'), 'services')).toEqual(chosen.types);
});
