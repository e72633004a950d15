import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { sessionView } from '$features/session/testing';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists/packed';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { ColumnDescription, MemberRow } from '$wire/types';
import MembersPage from './MembersPage.svelte';
import { details, ID } from './testing';

const id = (index: number): string => `01890000-0000-7000-8000-00000000000${index}`;
const column = (name: string): ColumnDescription => ({
  name,
  kind: 'text',
  sortable: true,
  filterable: true,
  searchable: true,
  choices: [],
  default_visible: true,
});
const member = (one: string, more: Partial<MemberRow>): MemberRow => ({
  id: one,
  account: 'a1',
  name: 'Lena Voss',
  login: 'lena',
  email: 'lena@example.org',
  has_avatar: false,
  role: 'viewer',
  promotion: null,
  origin: 'invitation',
  labels: [],
  every_folder: true,
  folders: [],
  other_folders: 0,
  state: 'active',
  expires_at: null,
  last_seen: null,
  ...more,
});
const MEMBERS = [
  member(id(1), {}),
  member(id(2), { state: 'promotion_waiting', promotion: 'operator', account: 'a2', name: 'Timo Falk' }),
  member(id(3), { state: 'invited', account: null, name: '', login: '', email: 'mia@example.org', expires_at: 1 }),
];
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  router.go(`/organizations/${ID}/members`, {}, { replace: true, sure: true });
  host = new FakePlatform({
    'organizations.read': () => details(),
    'folders.tree': () => [],
    'lists.describe': () => ({
      list: 'members',
      columns: ['name', 'state', 'last_seen'].map(column),
      layout: null,
    }),
    'lists.views': () => [],
    'lists.values': () => ({ values: [{ value: 'promotion_waiting', rows: 1 }], rows: 3 }),
    'members.index': () => packIds(MEMBERS.map((one) => one.id)),
    'members.window': ({ ids }) => MEMBERS.filter((one) => ids.includes(one.id)),
    'members.promote': ({ ids }) => ids.map((one) => ({ id: one, name: '', problem: null })) as never,
    'invitations.renew': () => ({ id: id(3), email: 'mia@example.org', code: 'C', text: 'T', expires_at: 2 }),
    'session.current': () => sessionView(),
  });
  usePlatform(host);
});

/** UI-03, ORG-12, ORG-13: one stop for all rows; each is reached by arrows, and what is done with it by its menu. */
it('members and invitations are worked by a few keys, however many there are', async () => {
  const user = userEvent.setup();
  render(MembersPage, { params: { id: ID } });
  await screen.findByText('mia@example.org');
  const grid = screen.getByRole('grid');
  // No row is a stop on the way through the page.
  expect(grid.querySelectorAll('.row :is(a, button, input):not([tabindex="-1"])')).toHaveLength(0);
  grid.focus();
  await user.keyboard('{End}{Enter}');
  await screen.findByRole('menuitem', { name: /^Send again/ });
  expect(screen.getByRole('menuitem', { name: 'Revoke invitation' })).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  await user.keyboard('{ArrowUp}{Shift>}{F10}{/Shift}');
  await user.click(await screen.findByRole('menuitem', { name: 'Grant Operator to Timo Falk' }));
  await waitFor(() => expect(host.callsOf('members.promote')).toEqual([{ organization: ID, ids: [id(2)] }]));
  grid.focus();
  await user.keyboard('{End}{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: /^Send again/ }));
  await waitFor(() => expect(host.callsOf('invitations.renew')).toMatchObject([{ organization: ID, id: id(3) }]));
});
