import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { session } from '$shared/session.svelte';
import type { Profile } from '$wire/types';
import { profile, sessionView } from '$features/session/testing';
import ProfilePage from './ProfilePage.svelte';
import { zoneNames } from './zones';

const person = userEvent.setup();
let host: FakePlatform;
let stored: Profile;

beforeEach(() => {
  queryClient.clear();
  URL.createObjectURL ??= () => 'blob:picture';
  URL.revokeObjectURL ??= () => undefined;
  stored = profile();
  session.view = sessionView();
  host = new FakePlatform({
    'profile.read': () => stored,
    'profile.save_appearance': (asked) =>
      (stored = {
        ...stored,
        ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)),
      } as Profile),
    'preferences.read': () => {
      throw new WireError({ code: 'right.missing' });
    },
  });
  usePlatform(host);
});

describe('the profile', () => {
  /** ACC-22 */
  it('applies language, theme and density at once', async () => {
    render(ProfilePage);
    await person.selectOptions(await screen.findByLabelText('Theme'), 'dark');
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    await person.selectOptions(screen.getByLabelText('Density'), 'compact');
    await waitFor(() => expect(document.documentElement.dataset.density).toBe('compact'));
    await person.selectOptions(screen.getByLabelText('Language'), 'fr');
    await screen.findByRole('heading', { name: 'Profil' });
    expect(session.view?.profile).toMatchObject({ language: 'fr', theme: 'dark', density: 'compact' });
  });

  /** ACC-21 */
  it('says why a picture was refused', async () => {
    host.upload = { upload: 'u1', name: 'me.gif', size: 12 };
    host.on('profile.set_avatar', () => {
      throw new WireError({ code: 'picture.unreadable' });
    });
    render(ProfilePage);
    await person.click(await screen.findByRole('button', { name: 'Choose picture…' }));
    await screen.findByText('The file is not a readable image');
    expect(host.callsOf('profile.set_avatar')).toEqual([{ upload: 'u1' }]);
  });

  /** ACC-20 */
  it('says under its field that the present password is wrong, and signs nobody out', async () => {
    host.on('session.change_password', () => {
      throw new WireError({ code: 'password.wrong' });
    });
    render(ProfilePage);
    await person.click(await screen.findByRole('button', { name: 'Change password…' }));
    await person.type(screen.getByLabelText('Current password'), 'guess{Enter}');
    await screen.findByText('The current password is incorrect');
    expect(screen.getByLabelText('Current password').getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(session.view).not.toBeNull();
  });

  /** ACC-20 */
  it('asks for the present password, and signs out after the change', async () => {
    host.on('session.change_password', () => ({})).on('session.sign_out', () => ({}));
    render(ProfilePage);
    await person.click(await screen.findByRole('button', { name: 'Change password…' }));
    await person.type(screen.getByLabelText('Current password'), 'Old-2026');
    await person.type(screen.getByLabelText('New password'), 'New-2026');
    await person.type(screen.getByLabelText('Confirm new password'), 'New-2026{Enter}');
    await waitFor(() => expect(session.view).toBeNull());
    expect(host.callsOf('session.change_password')).toEqual([
      { present: 'Old-2026', password: 'New-2026', confirmation: 'New-2026' },
    ]);
  });
});

it('knows UTC and a zone this machine does not', () => {
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Europe/Paris']);
  expect(zoneNames('Moon/Tranquility')).toEqual(['Europe/Paris', 'Moon/Tranquility', 'UTC']);
});
