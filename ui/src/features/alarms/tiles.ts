// The tiles above the alarm list (ALM-05): of one group they combine with *or*, the groups with *and*.

import type { AlarmCount, AlarmType, Criterion, Severity } from '$wire/types';

export const SEVERITIES: readonly Severity[] = ['critical', 'major', 'minor', 'warning'];

export interface Chosen {
  severities: ReadonlySet<Severity>;
  types: ReadonlySet<AlarmType>;
}

/** What the tiles ask the list for; open alarms in any case. */
export function criteriaOf(chosen: Chosen): Criterion[] {
  const criteria: Criterion[] = [{ column: 'state', test: { kind: 'any_of', values: ['open'] } }];
  if (chosen.severities.size > 0)
    criteria.push({ column: 'severity', test: { kind: 'any_of', values: [...chosen.severities] } });
  if (chosen.types.size > 0)
    criteria.push({ column: 'alarm_type', test: { kind: 'any_of', values: [...chosen.types] } });
  return criteria;
}

/** The tiles that criteria stand for. */
export function chosenOf(criteria: readonly Criterion[]): Chosen {
  const values = (column: string): string[] =>
    criteria.flatMap(({ column: name, test }) => (name === column && test.kind === 'any_of' ? test.values : []));
  return {
    severities: new Set(values('severity') as Severity[]),
    types: new Set(values('alarm_type') as AlarmType[]),
  };
}

/** Criteria that no tile stands for and that stay when a tile is chosen. */
export function othersOf(criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter(({ column }) => !['state', 'severity', 'alarm_type'].includes(column));
}

export function bySeverity(counts: readonly AlarmCount[]): Map<Severity, number> {
  const sums = new Map<Severity, number>(SEVERITIES.map((severity) => [severity, 0]));
  for (const { severity, alarms } of counts) sums.set(severity, (sums.get(severity) ?? 0) + alarms);
  return sums;
}

/** Types that have an alarm, most first. */
export function byType(counts: readonly AlarmCount[]): [AlarmType, number][] {
  const sums = new Map<AlarmType, number>();
  for (const { alarm_type, alarms } of counts) sums.set(alarm_type, (sums.get(alarm_type) ?? 0) + alarms);
  return [...sums].sort((left, right) => right[1] - left[1]);
}

export const total = (counts: readonly AlarmCount[]): number => counts.reduce((sum, { alarms }) => sum + alarms, 0);

/** The set with the value taken out or put in. */
export function toggled<Value>(set: ReadonlySet<Value>, value: Value): Set<Value> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
