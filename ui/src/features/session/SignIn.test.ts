import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { session } from '$shared/session.svelte';
import { sessionView, workspaceState } from './testing';
import { DEMO_PASSWORD } from './demo';
import SignIn from './SignIn.svelte';
import { remembered } from './remembered.svelte';

let host: FakePlatform;
const person = userEvent.setup();

beforeEach(() => {
  host = new FakePlatform({ 'session.sign_in': () => ({ token: 'token', session: sessionView() }) });
  usePlatform(host);
  session.view = null;
  session.ended = false;
  remembered.login = '';
  remembered.passwordChanged = false;
});

describe('signing in', () => {
  /** ACC-06 */
  it('redraws the page at once when the language changes, and takes the language along', async () => {
    render(SignIn, { workspace: workspaceState() });
    expect(screen.getByRole('heading', { name: 'Sign in' })).toBeTruthy();
    await person.type(screen.getByLabelText('Login name'), 'maren');
    await person.click(screen.getByRole('button', { name: 'Français' }));
    await screen.findByRole('heading', { name: 'Se connecter' });
    // What was typed is still there.
    expect(screen.getByLabelText<HTMLInputElement>('Nom de connexion').value).toBe('maren');
    await person.type(screen.getByLabelText('Mot de passe'), 'Secret-2026{Enter}');
    await waitFor(() => expect(session.view?.profile.login).toBe('maren'));
    expect(host.callsOf('session.sign_in')).toEqual([{ login: 'maren', password: 'Secret-2026', language: 'fr' }]);
    expect(host.session).toBe('token');
  });

  /** ACC-06 */
  it('leaves the language of the account alone when none was chosen', async () => {
    render(SignIn, { workspace: workspaceState() });
    await person.type(screen.getByLabelText('Login name'), 'maren');
    await person.type(screen.getByLabelText('Password'), 'Secret-2026{Enter}');
    await waitFor(() => expect(session.view).not.toBeNull());
    expect(host.callsOf('session.sign_in')[0]?.language).toBeNull();
  });

  /** ACC-06 */
  it('says why it was refused, and asks for the password again', async () => {
    host.on('session.sign_in', () => {
      throw new WireError({ code: 'sign-in.refused' });
    });
    render(SignIn, { workspace: workspaceState() });
    await person.type(screen.getByLabelText('Login name'), 'maren');
    await person.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    await screen.findByText('Incorrect login name or password');
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    expect(password.value).toBe('');
    expect(document.activeElement).toBe(password);
  });

  it('opens the demo without a word', async () => {
    render(SignIn, { workspace: workspaceState({ demo: true, demo_login: 'demo' }) });
    await person.click(screen.getByRole('button', { name: 'Open the demo' }));
    await waitFor(() => expect(session.view).not.toBeNull());
    expect(host.callsOf('session.sign_in')[0]).toEqual({ login: 'demo', password: DEMO_PASSWORD, language: null });
  });

  /** ACC-10 */
  it('covers a page whose session has ended with a form for the same account', async () => {
    session.view = sessionView();
    session.ended = true;
    render(SignIn, { workspace: workspaceState(), covering: true });
    expect(screen.queryByLabelText('Login name')).toBeNull();
    expect(screen.getByText(/Sign in as maren/)).toBeTruthy();
    await person.type(screen.getByLabelText('Password'), 'Secret-2026{Enter}');
    await waitFor(() => expect(session.ended).toBe(false));
    expect(host.callsOf('session.sign_in')[0]?.login).toBe('maren');
  });

  /** ACC-10 */
  it('lets somebody else sign in, on an empty frame', async () => {
    session.view = sessionView();
    session.ended = true;
    render(SignIn, { workspace: workspaceState(), covering: true });
    await person.click(screen.getByText('Sign in with another account'));
    expect(session.view).toBeNull();
    expect(session.ended).toBe(false);
  });
});
