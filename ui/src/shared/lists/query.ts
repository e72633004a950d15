// What a list is asked, and how a person changes it. Pure: the table draws what these decide.

import type { ColumnDescription, ColumnLayout, ColumnPlace, Criterion, ListQuery, Sort, Test } from '$wire/types';

export const emptyQuery = (organization: string | null = null): ListQuery => ({
  organization,
  search: '',
  criteria: [],
  sort: null,
});

/** UI-20: first click descending, then ascending, then unsorted. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort === null || sort.column !== column) return { column, descending: true };
  return sort.descending ? { column, descending: false } : null;
}

/** UI-22: a criterion takes the place of the one its column had; the others, and the search, stay. None: it goes. */
export function setCriterion(query: ListQuery, column: string, test: Test | null): ListQuery {
  if (test === null) return removeCriterion(query, column);
  const known = query.criteria.some((criterion) => criterion.column === column);
  return {
    ...query,
    criteria: known
      ? query.criteria.map((criterion) => (criterion.column === column ? { column, test } : criterion))
      : [...query.criteria, { column, test }],
  };
}

export const removeCriterion = (query: ListQuery, column: string): ListQuery => ({
  ...query,
  criteria: query.criteria.filter((criterion) => criterion.column !== column),
});

/** Whether a person narrowed the list: by a search or a filter. The chosen organization is not theirs to clear here. */
export const isNarrowed = (query: ListQuery): boolean => query.search !== '' || query.criteria.length > 0;

/** Whether a list asks what it asks by itself, and nothing that a person narrowed it to. `chosen`: the chosen rows alone are shown. */
export const isUsual = (query: ListQuery, usual: readonly Criterion[], chosen: boolean): boolean =>
  !chosen && query.search === '' && JSON.stringify(query.criteria) === JSON.stringify(usual);

/** What a criterion's form holds while it is filled in; empty means: no criterion for this column. */
export interface Draft {
  text: string;
  values: string[];
  from: string;
  to: string;
  /** Whether rows without a value are asked for, or rows with one. */
  empty: 'any' | 'yes' | 'no';
}
export const emptyDraft = (): Draft => ({ text: '', values: [], from: '', to: '', empty: 'any' });

const DAY = 86_400_000;

/** Midnight of a calendar day in the viewer's zone, in milliseconds. */
export function startOfDay(iso: string, zone: string): number {
  const utc = Date.parse(`${iso}T00:00:00Z`);
  // The offset at that midnight: what the zone's clock shows at the UTC instant, less that instant. Asked twice,
  // since the first guess may lie on the other side of a change of clocks.
  let time = utc;
  for (let round = 0; round < 2; round += 1) time = utc - offsetAt(time, zone);
  return time;
}
function offsetAt(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(time / 1000) * 1000;
}

/** The ISO day a moment falls on in a zone. */
export function dayOf(time: number, zone: string): string {
  return new Date(time + offsetAt(time, zone)).toISOString().slice(0, 10);
}

function bound(column: ColumnDescription, text: string, zone: string, end: boolean): number | null {
  if (text === '') return null;
  if (column.kind === 'number') {
    const value = Number(text);
    return Number.isFinite(value) ? Math.trunc(value) : null;
  }
  const days = Date.parse(`${text}T00:00:00Z`) / DAY;
  if (Number.isNaN(days)) return null;
  if (column.kind === 'date') return days;
  // A day means all of it: up to the last millisecond before the next one begins.
  if (!end) return startOfDay(text, zone);
  return startOfDay(new Date((days + 1) * DAY).toISOString().slice(0, 10), zone) - 1;
}

/** The test a filled form stands for; null: nothing was asked. */
export function testOf(column: ColumnDescription, draft: Draft, zone: string): Test | null {
  if (draft.empty !== 'any') return { kind: 'empty', value: draft.empty === 'yes' };
  switch (column.kind) {
    // Nobody types an id.
    case 'id':
      return null;
    case 'text':
    case 'version':
    case 'tags':
      if (draft.values.length > 0) return { kind: 'any_of', values: draft.values };
      return draft.text.trim() === '' ? null : { kind: 'contains', text: draft.text.trim() };
    case 'choice':
      return draft.values.length === 0 ? null : { kind: 'any_of', values: draft.values };
    case 'yes_no': {
      const [value] = draft.values;
      return value === undefined ? null : { kind: 'yes_no', value: value === '1' };
    }
    case 'number':
    case 'time':
    case 'date': {
      const from = bound(column, draft.from, zone, false);
      const to = bound(column, draft.to, zone, true);
      return from === null && to === null ? null : { kind: 'range', from, to };
    }
  }
}

/** The form of a criterion in force, so that opening the panel shows what filters now. */
export function draftOf(column: ColumnDescription, test: Test | undefined, zone: string): Draft {
  const draft = emptyDraft();
  if (test === undefined) return draft;
  const edge = (value: number | null): string => {
    if (value === null) return '';
    if (column.kind === 'number') return String(value);
    return column.kind === 'date' ? new Date(value * DAY).toISOString().slice(0, 10) : dayOf(value, zone);
  };
  switch (test.kind) {
    case 'contains':
      return { ...draft, text: test.text };
    case 'any_of':
      return { ...draft, values: test.values };
    case 'yes_no':
      return { ...draft, values: [test.value ? '1' : '0'] };
    case 'empty':
      return { ...draft, empty: test.value ? 'yes' : 'no' };
    case 'range':
      return { ...draft, from: edge(test.from), to: edge(test.to) };
  }
}

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 800;
export const clampWidth = (width: number): number => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));

/** The columns to show, in order. A stored layout may name columns that are gone: they are left out. */
export function shownColumns(
  columns: readonly ColumnDescription[],
  layout: ColumnLayout | null,
): (ColumnDescription & { width: number | null })[] {
  if (layout === null)
    return columns.filter((column) => column.default_visible).map((column) => ({ ...column, width: null }));
  const shown = layout.columns.flatMap((place) => {
    const column = columns.find((one) => one.name === place.name);
    return column === undefined ? [] : [{ ...column, width: place.width }];
  });
  // A list without any column could not be read nor mended.
  return shown.length === 0 ? shownColumns(columns, null) : shown;
}

/** These columns, and after the first the one that the rows are ordered by: an order that is not seen says nothing. */
export function withSorted<Shown extends ColumnDescription>(
  shown: readonly (Shown & { width: number | null })[],
  columns: readonly Shown[],
  sort: Sort | null,
): (Shown & { width: number | null })[] {
  const missing = columns.find(({ name }) => name === sort?.column && !shown.some((column) => column.name === name));
  return missing === undefined ? [...shown] : [...shown.slice(0, 1), { ...missing, width: null }, ...shown.slice(1)];
}

const places = (columns: readonly ColumnDescription[], layout: ColumnLayout | null): ColumnPlace[] =>
  shownColumns(columns, layout).map(({ name, width }) => ({ name, width }));

export function showColumn(
  columns: readonly ColumnDescription[],
  layout: ColumnLayout | null,
  name: string,
  visible: boolean,
): ColumnLayout {
  const now = places(columns, layout);
  if (!visible) return { columns: now.length > 1 ? now.filter((place) => place.name !== name) : now };
  return now.some((place) => place.name === name) ? { columns: now } : { columns: [...now, { name, width: null }] };
}

export function moveColumn(
  columns: readonly ColumnDescription[],
  layout: ColumnLayout | null,
  name: string,
  by: number,
): ColumnLayout {
  const now = places(columns, layout);
  const from = now.findIndex((place) => place.name === name);
  const to = from + by;
  const moved = now[from];
  if (moved === undefined || to < 0 || to >= now.length) return { columns: now };
  now.splice(from, 1);
  now.splice(to, 0, moved);
  return { columns: now };
}

/** The column stands at this place from the left, counted from 0. */
export function placeColumn(
  columns: readonly ColumnDescription[],
  layout: ColumnLayout | null,
  name: string,
  place: number,
): ColumnLayout {
  const from = places(columns, layout).findIndex((one) => one.name === name);
  return moveColumn(columns, layout, name, place - from);
}

export function widenColumn(
  columns: readonly ColumnDescription[],
  layout: ColumnLayout | null,
  name: string,
  width: number,
): ColumnLayout {
  return {
    columns: places(columns, layout).map((place) => (place.name === name ? { name, width: clampWidth(width) } : place)),
  };
}
