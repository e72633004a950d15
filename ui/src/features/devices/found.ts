// What a search has found: which of it can be added, how it is narrowed and in which order it stands (DEV-01, DEV-03). Pure.

import { sortOf } from '$shared/lists/address';
import type { FoundDevice, FoundState, Sort } from '$wire/types';

/** In the order in which they are listed: what waits for somebody first, what needs nobody last. */
export const STATES: readonly FoundState[] = [
  'factory_new',
  'asks_password',
  'new_certificate',
  'moved',
  'replaced',
  'no_api',
  'managed',
  'managed_elsewhere',
];

/** What a tile stands for. */
export type Group = 'all' | 'factory_new' | 'asks_password' | 'new_certificate' | 'look' | 'managed';
export const GROUPS: readonly Group[] = ['all', 'factory_new', 'asks_password', 'new_certificate', 'look', 'managed'];

const GROUP_OF: Record<FoundState, Group> = {
  factory_new: 'factory_new',
  asks_password: 'asks_password',
  new_certificate: 'new_certificate',
  moved: 'look',
  replaced: 'look',
  no_api: 'look',
  managed: 'managed',
  managed_elsewhere: 'managed',
};

/** Which devices can be taken in; one that has moved is led to its new address by that. */
const ADDABLE: ReadonlySet<FoundState> = new Set<FoundState>([
  'factory_new',
  'asks_password',
  'new_certificate',
  'moved',
]);
export const canAdd = (device: FoundDevice): boolean => ADDABLE.has(device.state);

/** A device with what it is found and ordered by, made once. */
export interface Entry {
  device: FoundDevice;
  text: string;
  /** The address as a number; none: it is not one of version 4. */
  address: number | null;
  rank: number;
}

export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function entryOf(device: FoundDevice): Entry {
  const { model, serial, name, brand, version, host, addresses, folder, note } = device;
  return {
    device,
    text: fold([model, serial, name, brand, version, host, ...addresses, folder, note].join('\n')),
    address: addressNumber(host),
    rank: STATES.indexOf(device.state),
  };
}

function addressNumber(host: string): number | null {
  const parts = host.split('.').map(Number);
  const whole = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return whole ? parts.reduce((sum, part) => sum * 256 + part, 0) : null;
}

export interface Narrowing {
  group: Group;
  search: string;
  sort: Sort | null;
}

/** Whether it is of the group, and has every word of the search somewhere (UI-21). */
export function matches(entry: Entry, group: Group, words: readonly string[]): boolean {
  return (
    (group === 'all' || GROUP_OF[entry.device.state] === group) && words.every((word) => entry.text.includes(word))
  );
}

export const wordsOf = (search: string): string[] => fold(search).split(/\s+/).filter(Boolean);

export const SORTABLE = ['model', 'serial', 'host', 'version', 'state'] as const;
export type SortColumn = (typeof SORTABLE)[number];

/** What an address says of the rows; what it says that is none of these is left out. */
export function narrowingOf(value: (name: string) => string | null): Narrowing {
  const sort = sortOf(value('sort'));
  return {
    group: GROUPS.find((group) => group === value('group')) ?? 'all',
    search: value('search') ?? '',
    sort: SORTABLE.some((column) => column === sort?.column) ? sort : null,
  };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function byAddress(left: Entry, right: Entry): number {
  if (left.address !== null && right.address !== null) return left.address - right.address;
  if (left.address === null && right.address === null) return collator.compare(left.device.host, right.device.host);
  return left.address === null ? 1 : -1;
}

/** Of two with the same value the lower address comes first, whichever way the column is sorted. */
export function compareBy(sort: Sort | null): (left: Entry, right: Entry) => number {
  const byState = (left: Entry, right: Entry): number => left.rank - right.rank;
  if (sort === null) return (left, right) => byState(left, right) || byAddress(left, right);
  const sign = sort.descending ? -1 : 1;
  const column = sort.column as SortColumn;
  const byColumn =
    column === 'state'
      ? byState
      : column === 'host'
        ? byAddress
        : (left: Entry, right: Entry): number => collator.compare(left.device[column], right.device[column]);
  return (left, right) => sign * byColumn(left, right) || byAddress(left, right);
}

/** The keys of what matches, in order. */
export function arranged(entries: Iterable<[string, Entry]>, { group, search, sort }: Narrowing): string[] {
  const words = wordsOf(search);
  const found: [string, Entry][] = [];
  for (const pair of entries) if (matches(pair[1], group, words)) found.push(pair);
  const compare = compareBy(sort);
  return found.sort((left, right) => compare(left[1], right[1])).map(([key]) => key);
}

/** How many there are of each group. */
export function counted(entries: Iterable<Entry>): Record<Group, number> {
  const counts: Record<Group, number> = {
    all: 0,
    factory_new: 0,
    asks_password: 0,
    new_certificate: 0,
    look: 0,
    managed: 0,
  };
  for (const { device } of entries) {
    counts.all += 1;
    counts[GROUP_OF[device.state]] += 1;
  }
  return counts;
}
