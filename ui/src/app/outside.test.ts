import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { customers } from '$features/customers/importable';
import DonePage from '$features/imports/DonePage.svelte';
import { importReceipt, importView } from '$features/imports/testing';
import { usePlatform } from '$platform';
import type { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { OrganizationDetails, OrganizationRow } from '$wire/types';
import App from './App.svelte';
import { fleet, idOf, sessionView } from './sheet/fleet';

const person = userEvent.setup();
const CHOSEN = idOf(2);
const TITLE = 'Outside the chosen organization';
let host: FakePlatform;

beforeEach(() => {
  const view = { ...sessionView, organization: CHOSEN };
  host = fleet(
    10,
    {},
    {
      'session.current': () => view,
      'session.choose_organization': () => ({}),
      'archived_organizations.index': () => packIds([idOf(3)]),
      'archived_organizations.window': () => [{ id: idOf(3), name: 'Werft Nord' } as OrganizationRow],
      'organizations.index': () => packIds([CHOSEN]),
      'organizations.window': () => [
        { id: CHOSEN, name: 'Hafenbetriebe', customer: false, systems: 0 } as OrganizationRow,
      ],
      'organizations.restore': () => ({ id: idOf(3), name: 'Werft Nord' }) as OrganizationDetails,
    },
  );
  usePlatform(host);
  queryClient.clear();
  session.view = null;
  session.ended = false;
});

/** UI-01: what was made outside the chosen organization is not in the list; that is said, with the way to see it. */
describe('outside the chosen organization', () => {
  it('is the customer that was just added', async () => {
    router.go('/customers', { open: idOf(5) }, { replace: true, sure: true });
    render(App);
    await screen.findByText(TITLE);
    await person.click(screen.getByRole('button', { name: 'Show all organizations' }));
    await waitFor(() => expect(host.callsOf('session.choose_organization')).toEqual([{ organization: null }]));
    await waitFor(() => expect(screen.queryByText(TITLE)).toBeNull());
    expect(host.callsOf('customers.index').at(-1)?.organization).toBeNull();
  });

  it('is not the one that is chosen', async () => {
    router.go('/customers', { open: CHOSEN }, { replace: true, sure: true });
    render(App);
    await waitFor(() => expect(host.callsOf('customers.panel')).toEqual([{ id: CHOSEN }]));
    expect(screen.queryByText(TITLE)).toBeNull();
  });

  it('are customers that were imported', () => {
    session.view = { ...sessionView, organization: CHOSEN };
    const { unmount } = render(DonePage, {
      kind: customers,
      view: importView(),
      receipt: importReceipt({ added: 3 }),
      onagain: () => undefined,
    });
    expect(screen.getByText(TITLE)).toBeTruthy();
    unmount();
    render(DonePage, {
      kind: customers,
      view: importView(),
      receipt: importReceipt({ added: 0, updated: 3 }),
      onagain: () => undefined,
    });
    expect(screen.queryByText(TITLE)).toBeNull();
  });

  it('is an organization that was brought back', async () => {
    router.go('/organizations', { show: 'archived' }, { replace: true, sure: true });
    render(App);
    await person.click(await screen.findByRole('button', { name: 'Restore…' }));
    const dialog = await screen.findByRole('dialog', { hidden: true });
    await person.type(within(dialog).getByRole('textbox', { hidden: true }), idOf(3));
    await person.click(within(dialog).getByText('Restore organization'));
    await person.click(await screen.findByRole('tab', { name: 'Active' }));
    await screen.findByText(TITLE);
  });
});
