import { describe, expect, it } from 'vitest';
import type { ColumnDescription } from '$wire/types';
import { tagsIn } from './measure';
import { stayingColumn, tracksOf, withoutYielding, type Needs } from './layouts';

type Shown = ColumnDescription & { width: number | null };
const column = (name: string, kind: ColumnDescription['kind'], width: number | null = null): Shown => ({
  name,
  kind,
  sortable: true,
  filterable: true,
  searchable: true,
  choices: [],
  default_visible: true,
  width,
});
/** So much space the columns take at least, with what stands beside them. */
const leastOf = (tracks: string): number =>
  tracks
    .replaceAll(/, [^)]*\)/g, ')')
    .split(' ')
    .reduce((sum, track) => sum + Number(/\d+/.exec(track)?.[0]), 28);

/** UI-24, UI-05 */
describe('the width of columns', () => {
  const usual = [
    column('name', 'text'),
    column('host', 'text'),
    column('status', 'choice'),
    column('systems', 'number'),
    column('tags', 'tags'),
    column('last_contact', 'time'),
  ];
  const added = column('notes', 'text');
  const natural = leastOf(tracksOf(usual, {}, true));

  it('is that of their kinds where there is space, and where it is not known', () => {
    expect(tracksOf(usual, {}, true, natural)).toBe(tracksOf(usual, {}, true));
    expect(tracksOf(usual, {}, true, 0)).toBe(tracksOf(usual, {}, true));
    expect(tracksOf([column('name', 'text', 200)], {}, false, 100)).toBe('200px');
  });

  it('gives way to a column that is added, so that the last one stays in view', () => {
    const more = [...usual.slice(0, 1), added, ...usual.slice(1)];
    expect(leastOf(tracksOf(more, {}, true))).toBeGreaterThan(natural);
    const fitted = tracksOf(more, {}, true, natural);
    expect(leastOf(fitted)).toBeLessThanOrEqual(natural);
    // What does not share the space keeps its width, and no column that does becomes too narrow to read.
    expect(fitted).toContain('minmax(72px, 96px)');
    const shares = [...fitted.matchAll(/minmax\((\d+)px, [\d.]+fr\)/g)].map(([, least]) => Number(least));
    expect(shares[0]).toBeGreaterThanOrEqual(128);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(84);
  });

  it('is taken from those with the smallest share first, and from what names the row last', () => {
    const shares = (space: number): number[] =>
      [...tracksOf(usual, {}, true, space).matchAll(/minmax\((\d+)px, [\d.]+fr\)/g)].map(([, least]) => Number(least));
    const [name, host, status, tags] = shares(natural) as [number, number, number, number];
    expect(shares(natural - 20)).toEqual([name, host, status - 10, tags - 10]);
    expect(shares(natural - 60)).toEqual([name, host - 8, 84, 84]);
    expect(shares(natural - 100)).toEqual([name - 22, 84, 84, 84]);
  });

  /** UI-05: what a row is called stands beside the columns that one scrolls to. */
  it('keeps the first column of words in view', () => {
    expect(stayingColumn([column('place', 'number'), column('key', 'text'), column('customer', 'text')])?.name).toBe(
      'key',
    );
    expect(stayingColumn([column('state', 'choice'), column('date', 'date')])?.name).toBe('state');
  });

  it('stays as it is where nothing would make all of them fit: the list is scrolled', () => {
    expect(tracksOf(usual, {}, true, 300)).toBe(tracksOf(usual, {}, true));
  });

  it('is left alone where a person has set it', () => {
    const own = usual.map((one) => ({ ...one, width: one.name === 'host' ? 260 : null }));
    expect(tracksOf(own, {}, true, leastOf(tracksOf(own, {}, true)) - 40)).toContain(' 260px ');
  });
});

/** UI-24: what one came to read is not cut while there is space beside it. */
describe('the width of columns whose content is known', () => {
  const shown = [
    column('name', 'text'),
    column('host', 'text'),
    column('organization', 'text'),
    column('status', 'choice'),
    column('details', 'text'),
  ];
  const widths = { host: '152px' };
  const needs: Needs = {
    name: { head: 50, cells: [180, 190, 200] },
    host: { head: 70, cells: [110, 118] },
    organization: { head: 84, cells: [] },
    status: { head: 60, cells: [80, 80, 130] },
    details: { head: 60, cells: [300, 310] },
  };
  const leastWith = (space: number): number[] =>
    tracksOf(shown, widths, false, space, needs)
      .replaceAll(/, [^)]*\)/g, ')')
      .split(' ')
      .map((track) => Number(/\d+/.exec(track)?.[0]));

  it('is that of the content, and an empty column takes no place from a full one', () => {
    const [name, host, organization, status, details] = leastWith(28 + 842) as [number, number, number, number, number];
    expect([name, host, organization, status, details]).toEqual([200, 118, 84, 130, 310]);
  });

  it('is never less than the words of a choice that is drawn need, however wide their letters are', () => {
    const states = [column('state', 'choice'), column('name', 'text')];
    const drawn: Needs = { state: { head: 40, cells: [90, 111] }, name: { head: 50, cells: [120] } };
    expect(tracksOf(states, { state: '102px' }, false, 600, drawn).split(' ')[0]).toBe('111px');
    expect(tracksOf(states, { state: '130px' }, false, 600, drawn).split(' ')[0]).toBe('130px');
  });

  it('goes where it makes most cells whole, and never beyond the list', () => {
    for (const space of [600, 650, 700, 750, 800]) {
      const sizes = leastWith(space);
      expect(sizes.reduce((sum, size) => sum + size, 28)).toBeLessThanOrEqual(space);
      // An address is never cut.
      expect(sizes[1]).toBe(118);
    }
    expect(leastWith(700)[0]).toBeGreaterThanOrEqual(180);
  });

  it('is left alone where a person has set it', () => {
    const own = shown.map((one) => ({ ...one, width: one.name === 'organization' ? 260 : null }));
    expect(tracksOf(own, widths, false, 800, needs)).toContain(' 260px ');
  });

  it('has columns give way one after the other, and none while nothing is known', () => {
    const names = (space: number, known: Needs = needs): string[] =>
      withoutYielding(shown, ['organization', 'status'], widths, false, space, known).map(({ name }) => name);
    expect(names(900)).toEqual(['name', 'host', 'organization', 'status', 'details']);
    expect(names(760)).toEqual(['name', 'host', 'status', 'details']);
    expect(names(500)).toEqual(['name', 'host', 'details']);
    expect(names(500, {})).toEqual(['name', 'host', 'organization', 'status', 'details']);
  });
});

/** UI-24: what a page draws in a column of tags in a way of its own is measured as it is drawn. */
it('tells tags from what else stands in their column', () => {
  expect(tagsIn([['retail'], undefined, []])).toEqual([['retail'], [], []]);
  expect(tagsIn([['retail'], { names: ['North'], total: 3 }])).toBeNull();
  expect(tagsIn([[{ id: 'f1', name: 'North' }]])).toBeNull();
});
