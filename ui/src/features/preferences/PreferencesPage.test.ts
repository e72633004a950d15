import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { invalidate, queryClient } from '$shared/data.svelte';
import type { PreferencesForm } from '$wire/types';
import PreferencesPage from './PreferencesPage.svelte';
import { preferences } from './sample';

const person = userEvent.setup();
let host: FakePlatform;
let form: PreferencesForm;

beforeEach(() => {
  queryClient.clear();
  form = { revision: 3, preferences: structuredClone(preferences) };
  host = new FakePlatform({ 'preferences.read': () => form });
  usePlatform(host);
});

/** ADM-03 */
describe('the preferences', () => {
  it('are saved with the revision they were read with', async () => {
    host.on('preferences.save', (saved) => ({ ...saved, revision: 4 }));
    render(PreferencesPage);
    const timeout = await screen.findByLabelText('Session timeout');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await person.clear(timeout);
    await person.type(timeout, '15');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(host.callsOf('preferences.save')).toHaveLength(1));
    expect(host.callsOf('preferences.save')[0]).toEqual({
      revision: 3,
      preferences: { ...preferences, session_timeout_minutes: 15 },
    });
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true));
  });

  it('show the limits under the fields that break them', async () => {
    host.on('preferences.save', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [
          { field: 'session_timeout_minutes', code: 'field.out-of-range', params: { least: 5, most: 30 } },
          { field: 'log_days', code: 'field.out-of-range', params: { least: 1, most: 30 } },
        ],
      });
    });
    render(PreferencesPage);
    await person.clear(await screen.findByLabelText('Session timeout'));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('5 to 30');
    expect(screen.getByText('1 to 30', { selector: '.error span' })).toBeTruthy();
    expect(screen.getByLabelText('Session timeout').getAttribute('aria-invalid')).toBe('true');
  });

  it('do not overwrite what is being typed when somebody else saves', async () => {
    render(PreferencesPage);
    const days = await screen.findByLabelText<HTMLInputElement>('Days to keep');
    await person.clear(days);
    await person.type(days, '9');
    form = { revision: 4, preferences: { ...preferences, log_days: 30 } };
    invalidate('preferences');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(days.value).toBe('9');
    await person.click(screen.getByRole('button', { name: 'Discard changes' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Days to keep').value).toBe('30'));
  });
});
