import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { session } from '$shared/session.svelte';
import type { OrganizationDetails } from '$wire/types';
import { sessionView } from '$features/session/testing';
import CreatePage from './CreatePage.svelte';
import OrganizationPage from './OrganizationPage.svelte';

const person = userEvent.setup();
const ID = '01890000-0000-7000-8000-00000000000a';
const details = (more: Partial<OrganizationDetails> = {}): OrganizationDetails => ({
  id: ID,
  name: 'Werft Nord',
  zone: 'Europe/Berlin',
  language: 'en',
  notes: '',
  address: 'Kai 3',
  telephone: '',
  email: '',
  default_folder: 'f0',
  created_at: 0,
  role: 'owner',
  ...more,
});
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  location.hash = '#/organizations/new';
  session.view = sessionView();
  host = new FakePlatform({
    'session.choose_organization': () => ({}),
    'session.current': () => sessionView({ organization: ID }),
    'organizations.read': () => details(),
  });
  usePlatform(host);
});

describe('a new organization', () => {
  /** ORG-01, ORG-03: whoever makes it works on it from then on. */
  it('becomes the chosen one, and its page opens', async () => {
    host.on('organizations.create', () => details());
    render(CreatePage);
    await person.type(screen.getByLabelText('Name'), 'Werft Nord');
    await person.type(screen.getByLabelText(/^Address/), 'Kai 3');
    await person.click(screen.getByRole('button', { name: 'Create organization' }));
    await waitFor(() => expect(location.hash).toBe(`#/organizations/${ID}?made=now`));
    expect(host.callsOf('organizations.create')[0]).toMatchObject({ name: 'Werft Nord', address: 'Kai 3', notes: '' });
    expect(host.callsOf('session.choose_organization')).toEqual([{ organization: ID }]);
    expect(session.organization).toBe(ID);
  });

  /** ORG-01: every problem stands under its field. */
  it('shows what the core finds wrong under the fields', async () => {
    host.on('organizations.create', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [
          { field: 'name', code: 'field.taken', params: {} },
          { field: 'email', code: 'field.not-an-email', params: {} },
        ],
      });
    });
    render(CreatePage);
    await person.type(screen.getByLabelText('Name'), 'Werft Nord');
    await person.click(screen.getByRole('button', { name: 'Create organization' }));
    await screen.findByText('Already in use');
    expect(screen.getByLabelText(/^E-mail/).getAttribute('aria-invalid')).toBe('true');
    expect(location.hash).toBe('#/organizations/new');
  });

  /** ORG-02: its id is shown and can be copied. */
  it('shows its id with a button that copies it', async () => {
    render(OrganizationPage, { params: { id: ID } });
    await screen.findByText(ID);
    await person.click(screen.getByRole('button', { name: 'Copy Organization ID' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(ID));
  });
});
