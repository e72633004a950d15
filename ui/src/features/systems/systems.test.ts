import { render, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import { sessionView } from '$features/session/testing';
import type { ListDescription, SystemKind, SystemRow } from '$wire/types';
import SystemsPage from './SystemsPage.svelte';

const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const KINDS: SystemKind[] = ['telephone_server', 'camera', 'video_server'];
const row = (index: number): SystemRow => ({
  id: idOf(index),
  organization: idOf(9),
  connection: idOf(8),
  customer: 'Werft Nord',
  folder_id: idOf(8),
  folder: 'Main site',
  kind: KINDS[index] ?? 'camera',
  name: `S-${index}`,
  role: 'alone',
  state: 'online',
  model: '',
  serial: '',
  host: '',
  version: '',
  alarms: 0,
  worst_alarm: null,
  services: 0,
  stopped_services: 0,
  last_contact: null,
});
const list: ListDescription = {
  list: 'systems',
  columns: (
    [
      ['name', 'text'],
      ['role', 'choice'],
      ['services', 'number'],
    ] as const
  ).map(([name, kind]) => ({
    name,
    kind,
    choices: [],
    sortable: true,
    filterable: true,
    searchable: false,
    default_visible: true,
  })),
  layout: null,
};

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  router.go('/systems', {}, { replace: true, sure: true });
  usePlatform(
    new FakePlatform({
      'lists.describe': () => list,
      'lists.views': () => [],
      'systems.index': () => packIds(KINDS.map((_, index) => idOf(index))),
      'systems.window': () => KINDS.map((_, index) => row(index)),
    }),
  );
});

/** DEV-10: a camera has no place in a telephone solution and no services; nothing is said of what it cannot have. */
it('shows roles and services of telephone servers alone', async () => {
  render(SystemsPage);
  await screen.findByText('S-2');
  const cells = (name: string): string[] =>
    within(screen.getByText(name).closest('[role=row]') as HTMLElement)
      .getAllByRole('gridcell')
      .slice(-2)
      .map((cell) => cell.textContent.trim());
  expect(cells('S-0')).toEqual(['Standalone', '0']);
  expect(cells('S-1')).toEqual(['–', '–']);
  expect(cells('S-2')).toEqual(['–', '–']);
});
