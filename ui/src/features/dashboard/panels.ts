// What the panels of the dashboard show, and the list each number leads to (DSH-03).

import { anyOf, filterText } from '$shared/lists';
import { href } from '$shared/router.svelte';
import type {
  AlarmCount,
  AlarmType,
  Changes,
  ConnectionCount,
  ConnectionState,
  Criterion,
  Ending,
  Happened,
  Severity,
  StateCount,
  SystemState,
  TextCount,
} from '$wire/types';

export const CONNECTIONS: readonly ConnectionState[] = ['connected', 'problems', 'disconnected', 'never'];
export const SEVERITIES: readonly Severity[] = ['critical', 'major', 'minor', 'warning'];
/** DEV-11, what is well first, then what needs a person. */
export const STATES: readonly SystemState[] = [
  'online',
  'limited_api',
  'reachable_no_api',
  'authentication_failed',
  'needs_setup',
  'certificate_changed',
  'unreachable',
  'upgrading',
  'unknown',
];

export const customersWhere = (...criteria: Criterion[]): string =>
  href('/customers', { filter: filterText(criteria) });
export const systemsWhere = (...criteria: Criterion[]): string => href('/systems', { filter: filterText(criteria) });
export const alarmsWhere = (...criteria: Criterion[]): string =>
  href('/alarms', { filter: filterText([anyOf('state', ['open']), ...criteria]) });

/** The open alarms of one customer, those of these criteria. */
export const alarmsOf = (organization: string, ...criteria: Criterion[]): string =>
  href('/alarms', { organization, filter: filterText([anyOf('state', ['open']), ...criteria]) });

export interface Change {
  name: 'went-down' | 'came-back' | 'new-alarms' | 'cleared';
  happened: Happened;
  address: string;
}

/** What has happened since yesterday; each leads to exactly its alarms, whether they are open or not, the latest first. */
export function changesOf(changes: Changes): Change[] {
  const since = (column: string): Criterion => ({ column, test: { kind: 'range', from: changes.from, to: null } });
  const where = (column: string, ...criteria: Criterion[]): string =>
    href('/alarms', { filter: filterText([since(column), ...criteria]), sort: `-${column}` });
  const noContact = anyOf('cause', ['no_contact']);
  return [
    { name: 'went-down', happened: changes.went_down, address: where('first_at', noContact) },
    { name: 'came-back', happened: changes.came_back, address: where('cleared_at', noContact) },
    { name: 'new-alarms', happened: changes.raised, address: where('first_at') },
    { name: 'cleared', happened: changes.cleared, address: where('cleared_at') },
  ];
}

const HOUR = 3_600_000;

/** The same as a table: when each hour began, the latest first, and how often each thing happened in it. */
export function hoursOf(changes: Changes): { at: number; counts: number[] }[] {
  const all = changesOf(changes);
  return changes.raised.hours
    .map((_, hour) => ({
      at: changes.from + hour * HOUR,
      counts: all.map(({ happened }) => happened.hours[hour] ?? 0),
    }))
    .reverse();
}

/** A line of a panel of what ends. */
export interface EndingLine {
  id: string;
  name: string;
  expired: boolean;
  /** What ends, and all of it where that is short for more. */
  what?: string;
  whole?: string;
  /** When, in words; and exactly. */
  when: string;
  exact?: string;
  /** It is due so soon that somebody should act. */
  soon: boolean;
}

/** What has expired (without days) and what is due within so many days, each with the list of exactly these by their day. */
export function endings(
  { expired, within }: Ending,
  column: string,
): { days: number | null; customers: number; address: string }[] {
  const address = (from: number | null, to: number): string =>
    href('/customers', { filter: filterText([{ column, test: { kind: 'range', from, to } }]), sort: column });
  return [
    { days: null, customers: expired.customers, address: address(null, expired.until) },
    ...within.map(({ days, customers, from, until }) => ({ days, customers, address: address(from, until) })),
  ];
}

/** Customers without a version, or with this one. */
export const versionCriterion = (version: string): Criterion =>
  version === '' ? { column: 'version', test: { kind: 'empty', value: true } } : anyOf('version', [version]);

/** Those that say something, most first; what is unknown after them, and never cut off (DSH-02). */
export function unknownLast(counts: readonly TextCount[], lines: number): TextCount[] {
  const unknown = counts.filter(({ value }) => value === '');
  return [...counts.filter(({ value }) => value !== '').slice(0, lines - unknown.length), ...unknown];
}

/** Every connection in its order, zero where there is none. */
export function connections(counts: readonly ConnectionCount[]): { connection: ConnectionState; customers: number }[] {
  return CONNECTIONS.map((connection) => ({
    connection,
    customers: counts.find((count) => count.connection === connection)?.customers ?? 0,
  }));
}

/** States that some system is in, in their order. */
export function states(counts: readonly StateCount[]): StateCount[] {
  return STATES.flatMap((state) => counts.filter((count) => count.state === state && count.systems > 0));
}

export interface MatrixRow {
  type: AlarmType;
  counts: number[];
  all: number;
}

/** Alarms by type (most first) and severity. */
export function matrix(counts: readonly AlarmCount[]): MatrixRow[] {
  const types = [...new Set(counts.map((count) => count.alarm_type))];
  return types
    .map((type) => {
      const own = SEVERITIES.map((severity) =>
        counts
          .filter((count) => count.alarm_type === type && count.severity === severity)
          .reduce((sum, count) => sum + count.alarms, 0),
      );
      return { type, counts: own, all: own.reduce((sum, count) => sum + count, 0) };
    })
    .sort((left, right) => right.all - left.all);
}

/** The sums under the matrix, the last of them of everything. */
export function sums(rows: readonly MatrixRow[]): number[] {
  const bySeverity = SEVERITIES.map((_, place) => rows.reduce((sum, row) => sum + (row.counts[place] ?? 0), 0));
  return [...bySeverity, bySeverity.reduce((sum, count) => sum + count, 0)];
}

/** A share of a whole in per cent with one digit; what is there but rounds to nothing is *less than*. */
export function share(count: number, whole: number): { value: number; less: boolean } | null {
  if (whole === 0 || count === 0) return null;
  const value = Math.round((count / whole) * 1_000) / 10;
  return value < 0.1 ? { value: 0.1, less: true } : { value, less: false };
}
