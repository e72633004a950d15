import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { router } from '$shared/router.svelte';
import Unsaved from '$shared/Unsaved.svelte';
import type { AccountDetails } from '$wire/types';
import { accountDetails } from '$features/session/testing';

import AccountPanel from './AccountPanel.svelte';
import DeleteDialog from './DeleteDialog.svelte';

const person = userEvent.setup();
let host: FakePlatform;
const handlers = { onclose: vi.fn(), onsaved: vi.fn(), ondelete: vi.fn() };

beforeEach(() => {
  queryClient.clear();
  Object.values(handlers).forEach((one) => one.mockReset());
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  host = new FakePlatform({
    'accounts.labels': () => ['North Quay'],
    'accounts.read': () => accountDetails(),
  });
  usePlatform(host);
});

describe('the form of an account', () => {
  /** ACC-02 */
  it('shows every problem of a new account under its field, all at once', async () => {
    host.on('accounts.add', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [
          { field: 'login', code: 'field.taken' },
          { field: 'telephone', code: 'field.not-a-telephone', params: { limit: 15 } },
          { field: 'last_name', code: 'field.names-too-long', params: { limit: 31 } },
        ],
      });
    });
    render(AccountPanel, { id: null, ...handlers });
    await person.click(screen.getByRole('button', { name: 'Add account' }));
    await screen.findByText('Already in use');
    expect(screen.getByText('At most 15 digits, optionally with a leading +')).toBeTruthy();
    expect(screen.getByText('First and last name together at most 31 characters')).toBeTruthy();
    expect(handlers.onsaved).not.toHaveBeenCalled();
  });

  /** ACC-02, ACC-16 */
  it('asks for labels of operators only, and proposes an expiry a year away', async () => {
    host.on('accounts.add', (fields) => accountDetails({ ...fields, id: 'a2' } as Partial<AccountDetails>));
    render(AccountPanel, { id: null, ...handlers });
    expect(screen.getByLabelText(/^Labels/)).toBeTruthy();
    await person.click(screen.getByRole('radio', { name: /Administrator/ }));
    expect(screen.queryByLabelText(/^Labels/)).toBeNull();
    await person.click(screen.getByRole('checkbox', { name: /Expires on a date/ }));
    const date = screen.getByLabelText<HTMLInputElement>('Disabled at the start of');
    const days = (Date.parse(date.value) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(363);
    expect(days).toBeLessThan(367);
    await person.type(screen.getByLabelText('Login name'), 'priya');
    await person.click(screen.getByRole('button', { name: 'Add account' }));
    await waitFor(() => expect(handlers.onsaved).toHaveBeenCalled());
    expect(host.callsOf('accounts.add')[0]).toMatchObject({
      login: 'priya',
      role: 'administrator',
      expires_on: date.value,
    });
  });

  /** ACC-17 */
  it('keeps the password of another account unless one is typed, and sends the revision', async () => {
    host.on('accounts.save', (fields) => accountDetails({ first_name: fields.first_name, revision: 8 }));
    render(AccountPanel, { id: 'a1', ...handlers });
    const name = await screen.findByLabelText('First name');
    await person.type(name, 'than');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(handlers.onsaved).toHaveBeenCalled());
    expect(host.callsOf('accounts.save')[0]).toMatchObject({
      id: 'a1',
      revision: 7,
      first_name: 'Jonasthan',
      password: null,
      confirmation: null,
    });
  });

  /** ACC-18 */
  it('does not offer what a protected account may not lose', async () => {
    host.on('accounts.read', () => accountDetails({ role: 'administrator', protected: true }));
    render(AccountPanel, { id: 'a1', ...handlers });
    await screen.findByText(/cannot be deleted, disabled/);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Enabled/ }).disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Operator/ }).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Delete…' })).toBeNull();
  });

  it('asks before it forgets what was typed', async () => {
    router.go('/accounts', { open: 'a1' });
    render(AccountPanel, { id: 'a1', ...handlers, onclose: () => router.setQuery({ open: null }) });
    render(Unsaved);
    await person.type(await screen.findByLabelText('First name'), 'x');
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(router.query('open')).toBe('a1');
    await person.click(await screen.findByRole('button', { name: 'Discard', hidden: true }));
    await waitFor(() => expect(router.query('open')).toBeNull());
  });
});

describe('deleting accounts', () => {
  /** ACC-24 */
  it('erases personal data where that is ticked', async () => {
    host.on('accounts.delete', () => ({}));
    const ondone = vi.fn();
    render(DeleteDialog, { ids: ['a1', 'a2', 'a3'], ondone, onclose: vi.fn() });
    await screen.findByText('Delete 3 accounts?');
    await person.click(screen.getByLabelText(/Also erase personal data/));
    await person.click(screen.getByText('Delete 3 accounts'));
    await waitFor(() => expect(ondone).toHaveBeenCalledWith(['a1', 'a2', 'a3']));
    expect(host.callsOf('accounts.delete')).toEqual([{ ids: ['a1', 'a2', 'a3'], erase: true }]);
  });

  /** ACC-18 */
  it('says where the account is the only owner, and stays open', async () => {
    host.on('accounts.delete', () => {
      throw new WireError({ code: 'account.sole-owner', params: { organizations: 'Hafenbetriebe' } });
    });
    const ondone = vi.fn();
    render(DeleteDialog, { ids: ['a1'], name: 'jonas', ondone, onclose: vi.fn() });
    await person.click(await screen.findByText('Delete account'));
    await screen.findByText('The account is the only owner of Hafenbetriebe');
    expect(ondone).not.toHaveBeenCalled();
    expect(screen.getByText('Delete the account jonas?')).toBeTruthy();
  });
});
