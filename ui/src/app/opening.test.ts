import { render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import userEvent from '@testing-library/user-event';
import { usePlatform, WireError } from '$platform';
import type { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { session } from '$shared/session.svelte';
import { workspaceState } from '$features/session/testing';
import type { WorkspaceState } from '$wire/types';
import App from './App.svelte';
import { fleet } from './sheet/fleet';

let host: FakePlatform;
let state: WorkspaceState;

beforeEach(() => {
  host = fleet(1);
  usePlatform(host);
  queryClient.clear();
  session.view = null;
  session.ended = false;
  location.hash = '';
  host.on('workspace.state', () => state);
});

/** ADM-04, REL-02 */
describe('a workspace that is being opened', () => {
  test('says so, then how far its migration is, then shows what is there', async () => {
    state = workspaceState({ stage: 'opening' });
    render(App);
    await screen.findByRole('heading', { name: 'Opening the workspace' });
    state = workspaceState({ stage: 'migrating', migration: { done: 1, total: 4 } });
    const progress = await screen.findByRole('progressbar', { name: 'Upgrading the workspace' });
    expect([progress.getAttribute('aria-valuenow'), progress.getAttribute('aria-valuemax')]).toEqual(['1', '4']);
    expect(host.callsOf('session.current')).toEqual([]);
    state = workspaceState();
    await screen.findByRole('navigation', { name: 'Main' });
    expect(screen.queryByRole('progressbar', { name: 'Upgrading the workspace' })).toBeNull();
  });

  /** ACC-01 */
  test('of the demo says that the demo is being prepared', async () => {
    state = workspaceState({ stage: 'opening', demo: true });
    render(App);
    await screen.findByRole('heading', { name: 'Preparing the demo fleet' });
  });

  test('after its password was given shows the migration, and the form again when it failed', async () => {
    state = workspaceState({ stage: 'locked' });
    let fail: (error: WireError) => void = () => undefined;
    vi.spyOn(host, 'unlock').mockImplementation(
      () => new Promise<never>((_, reject) => (fail = (error) => reject(error))),
    );
    render(App);
    const person = userEvent.setup();
    await person.type(await screen.findByLabelText('Database password'), 'a password{Enter}');
    state = workspaceState({ stage: 'migrating', migration: { done: 0, total: 2 } });
    await screen.findByRole('progressbar', { name: 'Upgrading the workspace' });
    state = workspaceState({ stage: 'locked' });
    fail(new WireError({ code: 'workspace.key-wrong' }));
    await waitFor(() => expect(screen.getByText('The database password is wrong')).toBeTruthy());
    expect(screen.queryByRole('progressbar', { name: 'Upgrading the workspace' })).toBeNull();
  });
});
