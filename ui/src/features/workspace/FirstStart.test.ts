import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { session } from '$shared/session.svelte';
import { sessionView, workspaceState } from '$features/session/testing';
import DatabasePassword from './DatabasePassword.svelte';
import FirstStart from './FirstStart.svelte';

const person = userEvent.setup();
const onready = vi.fn();
let host: FakePlatform;

beforeEach(() => {
  host = new FakePlatform();
  usePlatform(host);
  session.view = null;
  onready.mockReset();
});

describe('a new workspace', () => {
  /** ACC-01 */
  it('creates the first administrator in the language and zone of the page', async () => {
    host.on('workspace.create_first', () => ({ token: 'token', session: sessionView() }));
    render(FirstStart, { workspace: workspaceState({ stage: 'first_start' }), onready });
    await person.type(screen.getByLabelText('Login name'), 'maren');
    await person.type(screen.getByLabelText('Password'), 'Secret-2026');
    await person.type(screen.getByLabelText('Confirm password'), 'Secret-2026{Enter}');
    await waitFor(() => expect(onready).toHaveBeenCalled());
    expect(host.callsOf('workspace.create_first')[0]).toMatchObject({
      login: 'maren',
      password: 'Secret-2026',
      confirmation: 'Secret-2026',
      language: 'en',
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    expect(session.view?.profile.login).toBe('maren');
  });

  /** ACC-02, ACC-03 */
  it('shows every problem under its field, all at once', async () => {
    host.on('workspace.create_first', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [
          { field: 'login', code: 'field.required' },
          { field: 'password', code: 'password.too-short', params: { limit: 8 } },
          { field: 'confirmation', code: 'password.differ' },
        ],
      });
    });
    render(FirstStart, { workspace: workspaceState({ stage: 'first_start' }), onready });
    // What the browser itself would refuse reaches the core too, so that all problems are told at once, in our words.
    await person.type(screen.getByLabelText(/^E-mail/), 'nobody');
    await person.click(screen.getByRole('button', { name: 'Create the workspace' }));
    await screen.findByText('At least 8 characters');
    expect(screen.getByText('Required')).toBeTruthy();
    expect(screen.getByText('The passwords do not match')).toBeTruthy();
    expect(screen.getByLabelText('Login name').getAttribute('aria-invalid')).toBe('true');
    expect(onready).not.toHaveBeenCalled();
  });

  /** ACC-01 */
  it('offers the demo fleet only where it can be had, and says why it could not be', async () => {
    const { unmount } = render(FirstStart, { workspace: workspaceState({ demo_available: false }), onready });
    expect(screen.queryByRole('button', { name: 'Explore the demo fleet' })).toBeNull();
    unmount();
    render(FirstStart, { workspace: workspaceState(), onready });
    await person.click(screen.getByRole('button', { name: 'Explore the demo fleet' }));
    await screen.findByText('The demo fleet is not available here');
  });
});

/** ADM-04 */
describe('the database password', () => {
  it('is chosen twice and given once', async () => {
    const asked: (string | null)[][] = [];
    vi.spyOn(host, 'unlock').mockImplementation(((password: string, confirmation: string | null) => {
      asked.push([password, confirmation]);
      return Promise.resolve(workspaceState());
    }) as never);
    const { unmount } = render(DatabasePassword, {
      workspace: workspaceState({ stage: 'choose_database_password' }),
      onready,
    });
    await person.type(screen.getByLabelText('Database password'), 'long enough');
    await person.type(screen.getByLabelText('Confirm password'), 'long enough{Enter}');
    await waitFor(() => expect(onready).toHaveBeenCalledTimes(1));
    unmount();
    render(DatabasePassword, { workspace: workspaceState({ stage: 'locked' }), onready });
    expect(screen.queryByLabelText('Confirm password')).toBeNull();
    await person.type(screen.getByLabelText('Database password'), 'long enough{Enter}');
    await waitFor(() => expect(onready).toHaveBeenCalledTimes(2));
    expect(asked).toEqual([
      ['long enough', 'long enough'],
      ['long enough', null],
    ]);
  });

  it('says that it is wrong', async () => {
    vi.spyOn(host, 'unlock').mockRejectedValue(new WireError({ code: 'workspace.key-wrong' }) as never);
    render(DatabasePassword, { workspace: workspaceState({ stage: 'locked' }), onready });
    await person.type(screen.getByLabelText('Database password'), 'guess{Enter}');
    await screen.findByText('The database password is wrong');
    expect(onready).not.toHaveBeenCalled();
  });
});
