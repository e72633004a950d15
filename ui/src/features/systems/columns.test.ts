import { describe, expect, it } from 'vitest';
import { customerWidths } from '$features/customers/columns';
import { LANGUAGES, setLanguage } from '$shared/i18n';
import { tracksOf } from '$shared/lists/layouts';
import type { ColumnKind } from '$wire/types';
import { systemWidths } from './columns';

/** A window of 1,280 without what stands beside the list. */
const SPACE = 1080;
const shown = (names: Record<string, ColumnKind>) =>
  Object.entries(names).map(([name, kind]) => ({
    name,
    kind,
    sortable: true,
    filterable: true,
    searchable: true,
    choices: [],
    default_visible: true,
    width: null,
  }));
const SYSTEMS = shown({
  state: 'choice',
  name: 'text',
  customer: 'text',
  model: 'text',
  serial: 'text',
  host: 'text',
  version: 'version',
  track: 'text',
  recommended: 'text',
  alarms: 'number',
  last_contact: 'time',
});
const CUSTOMERS = shown({
  name: 'text',
  mode: 'choice',
  systems: 'number',
  host: 'text',
  version: 'version',
  alarms: 'number',
  status: 'choice',
  tags: 'tags',
  licences: 'choice',
  last_contact: 'time',
});

/** UI-24: in the narrowest usual window the usual columns fit, and an address is whole. */
describe.each(LANGUAGES)('the lists of systems and customers (%s)', (language) => {
  it.each([
    ['systems', SYSTEMS, systemWidths, 128],
    ['customers', CUSTOMERS, customerWidths, 152],
  ] as const)('%s', async (_, columns, widths, address) => {
    await setLanguage(language);
    const tracks = tracksOf(columns, widths(), true, SPACE)
      .replaceAll(/, [^)]*\)/g, ')')
      .split(' ')
      .map((track) => Number(/\d+/.exec(track)?.[0]));
    expect(tracks.reduce((sum, track) => sum + track, 28)).toBeLessThanOrEqual(SPACE);
    expect(tracks[1 + columns.findIndex(({ name }) => name === 'host')]).toBe(address);
    // What names a row can be read.
    expect(tracks[1 + columns.findIndex(({ name }) => name === 'name')]).toBeGreaterThanOrEqual(98);
  });
});

/** UI-02: so wide these words are in the browser, in pixels; beside them stand the mark and the ends of the cell. */
it.each([
  ['en', 'Authentication failed', 127],
  ['fr', 'Identifiants refusés', 117],
  ['ja', '到達可能、API なし', 114],
] as const)('the states of systems are whole in the list (%s: %s)', async (language, _word, wide) => {
  await setLanguage(language);
  expect(Number.parseInt(systemWidths().state ?? '', 10)).toBeGreaterThanOrEqual(wide + 32);
});
