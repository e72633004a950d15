import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists/packed';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import { sessionView } from '$features/session/testing';
import CreatePage from './CreatePage.svelte';
import EditPage from './EditPage.svelte';
import { differences, emptyForm, merged } from './organization-form';
import InvitePanel from './members/InvitePanel.svelte';
import OrganizationPage from './OrganizationPage.svelte';
import OrganizationsPage from './OrganizationsPage.svelte';
import { details, ID } from './testing';

const person = userEvent.setup();
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  location.hash = '#/organizations/new';
  session.view = sessionView();
  host = new FakePlatform({
    'session.choose_organization': () => ({}),
    'session.current': () => sessionView({ organization: ID }),
    'organizations.read': () => details(),
    'connections.of': () => [],
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

describe('an organization without connections', () => {
  /** CUS-10: it becomes a customer with its first connection. */
  it('is connected from its page', async () => {
    render(OrganizationPage, { params: { id: ID } });
    await person.click(await screen.findByRole('button', { name: 'Connect its system…' }));
    await screen.findByLabelText('IP address or FQDN');
    expect(screen.queryByRole('link', { name: 'Open customer' })).toBeNull();
  });

  /** RGT-06, RGT-10: who may not change it is offered nothing that changes it. */
  it('offers nothing to who only sees it', async () => {
    host.on('organizations.read', () => details({ role: 'viewer', may_manage: false, may_archive: false }));
    render(OrganizationPage, { params: { id: ID } });
    await screen.findByText('No system is connected yet');
    for (const name of ['Connect its system…', 'Archive…', 'Add connection'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Edit…' })).toBeNull();
  });

  it('leads to the customer once it is one', async () => {
    host.on('organizations.read', () => details({ customer: true }));
    render(OrganizationPage, { params: { id: ID } });
    const link = await screen.findByRole('link', { name: 'Open customer' });
    expect(link.getAttribute('href')).toBe(`#/customers?open=${ID}`);
    expect(screen.queryByRole('button', { name: 'Connect its system…' })).toBeNull();
  });
});

describe('archiving', () => {
  /** CUS-13: who comes from a customer without connections is asked at once. */
  it('is asked about where the address asks for it, once', async () => {
    router.go(`/organizations/${ID}`, { do: 'archive' }, { replace: true, sure: true });
    render(OrganizationPage, { params: { id: ID } });
    await screen.findByRole('dialog', { name: 'Archive Werft Nord?' });
    expect(router.query('do')).toBeNull();
  });

  /** ORG-06: numbers, the id pasted, a tick; a wrong id is told under the field, and the dialog stays. */
  it('wants the id and a tick, and says in numbers what goes', async () => {
    host.on('organizations.plan_archive', () => ({
      systems: 12,
      connections: 2,
      members: 3,
      more: [],
    }));
    host.on('organizations.archive', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'confirmation', code: 'organization.id-not-repeated', params: {} }],
      });
    });
    render(OrganizationPage, { params: { id: ID } });
    await person.click(await screen.findByRole('button', { name: 'Archive…' }));
    await screen.findByText('12');
    const archive = screen.getByRole<HTMLButtonElement>('button', { name: 'Archive organization' });
    await person.click(screen.getByLabelText(/I understand/));
    expect(archive.disabled).toBe(true);
    await person.type(screen.getByLabelText('Paste the organization ID'), 'another');
    await person.click(archive);
    await screen.findByText('This is not the ID of the organization');
    expect(host.callsOf('organizations.archive')).toEqual([{ id: ID, confirmation: 'another' }]);
    host.on('organizations.archive', () => ({}));
    await person.clear(screen.getByLabelText('Paste the organization ID'));
    await person.type(screen.getByLabelText('Paste the organization ID'), ID);
    await person.click(archive);
    await waitFor(() => expect(location.hash).toBe('#/organizations'));
  });
});

describe('an edited organization', () => {
  const overtake = (): void => {
    host.on('organizations.save', ({ revision }) => {
      if (revision !== 4) throw new WireError({ code: 'changed-meanwhile' });
      return details({ revision: 5 });
    });
  };

  /** ORG-04: the revision that was read goes back with the save. */
  it('is saved with what was edited, and its page opens', async () => {
    host.on('organizations.save', () => details({ revision: 4 }));
    render(EditPage, { params: { id: ID } });
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    await person.type(await screen.findByLabelText('Name'), ' 2');
    await person.click(save);
    await waitFor(() => expect(location.hash).toBe(`#/organizations/${ID}`));
    expect(host.callsOf('organizations.save')).toEqual([
      {
        id: ID,
        revision: 3,
        name: 'Werft Nord 2',
        zone: 'Europe/Berlin',
        language: 'en',
        notes: '',
        address: 'Kai 3',
        telephone: '',
        email: '',
      },
    ]);
  });

  /** Who was overtaken sees both values, is where they stand, and decides; what the other alone changed is kept. */
  it('shows both values where somebody else was first', async () => {
    overtake();
    render(EditPage, { params: { id: ID } });
    await person.type(await screen.findByLabelText('Name'), ' Mine');
    host.on('organizations.read', () => details({ name: 'Theirs', telephone: '123', revision: 4 }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    const row = await screen.findByRole('row', { name: 'Name Theirs Werft Nord Mine' });
    await waitFor(() => expect(document.activeElement?.contains(row)).toBe(true));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await person.click(screen.getByRole('button', { name: 'Save mine' }));
    await waitFor(() => expect(location.hash).toBe(`#/organizations/${ID}`));
    expect(host.callsOf('organizations.save').at(-1)).toMatchObject({
      revision: 4,
      name: 'Werft Nord Mine',
      telephone: '123',
    });
  });

  it('takes their values when asked to', async () => {
    overtake();
    render(EditPage, { params: { id: ID } });
    await person.type(await screen.findByLabelText('Name'), ' Mine');
    host.on('organizations.read', () => details({ name: 'Theirs', revision: 4 }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await person.click(await screen.findByRole('button', { name: 'Use their values' }));
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Theirs');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  it('is a conflict only where both changed a field, each to something else', () => {
    const before = emptyForm('UTC', 'en');
    const mine = { ...before, name: 'A', notes: 'same', email: 'mine@x.example' };
    const theirs = { ...before, name: 'B', notes: 'same', address: 'Quay', language: 'fr' as const };
    expect(differences(before, mine, theirs)).toEqual([{ label: 'organizations-name', theirs: 'B', mine: 'A' }]);
    expect(merged(before, mine, theirs)).toEqual({ ...theirs, name: 'A', email: 'mine@x.example' });
  });
});

describe('an archived organization', () => {
  /** ORG-07: who restores it repeats its id, which stands beside the field and can be copied. */
  it('is restored by its id, which is shown', async () => {
    location.hash = '#/organizations?show=archived';
    session.view = sessionView({ may: { ...sessionView().may, administer: true } });
    host.on('lists.describe', () => ({
      list: 'archived_organizations',
      columns: [
        {
          name: 'name',
          kind: 'text',
          sortable: true,
          filterable: true,
          searchable: true,
          choices: [],
          default_visible: true,
        },
      ],
      layout: null,
    }));
    host.on('lists.views', () => []);
    host.on('archived_organizations.index', () => packIds([ID]));
    host.on('archived_organizations.window', () => [{ id: ID, name: 'Werft Nord' } as never]);
    host.on('organizations.restore', ({ confirmation }) => {
      if (confirmation === ID) return details();
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'confirmation', code: 'organization.id-not-repeated', params: {} }],
      });
    });
    render(OrganizationsPage);
    await person.click(await screen.findByRole('button', { name: 'Restore…' }));
    await screen.findByText(ID);
    await person.click(screen.getByRole('button', { name: 'Copy Organization ID' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(ID));
    const field = screen.getByLabelText('Paste the organization ID');
    const restore = screen.getByRole('button', { name: 'Restore organization' });
    // Another one is refused at the field, and the keyboard goes on there.
    await person.type(field, 'x');
    await person.click(restore);
    await screen.findByText('This is not the ID of the organization');
    await waitFor(() => expect(document.activeElement).toBe(field));
    await person.clear(field);
    await person.paste(ID);
    await person.click(restore);
    await waitFor(() => expect(host.callsOf('organizations.restore').at(-1)).toEqual({ id: ID, confirmation: ID }));
  });
});

describe('an invitation', () => {
  /** ORG-10: what is missing is said at its field, and the keyboard goes on there. */
  it('without an address says so at the field and goes on there', async () => {
    host.on('invitations.send', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'emails', code: 'field.required', params: {} }],
      });
    });
    render(InvitePanel, { organization: ID, nodes: [], place: null, onclose: () => undefined });
    await person.click(screen.getByRole('button', { name: /^Invite/ }));
    await screen.findByText('Required');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true'));
    expect(document.activeElement).toBe(screen.getByLabelText(/^E-mail/));
  });

  const issued = (id: string) => ({
    id,
    email: `${id}@example.com`,
    role: 'viewer' as const,
    code: `CODE-${id}`,
    text: `Your code is CODE-${id}`,
    expires_at: 0,
  });
  const sent = async (...ids: string[]) => {
    host.on(
      'invitations.send',
      () => ids.map((id) => ({ email: issued(id).email, invitation: issued(id), problem: null })) as never,
    );
    const onclose = vi.fn();
    render(InvitePanel, { organization: ID, nodes: [], place: null, onclose });
    await person.click(screen.getByRole('button', { name: /^Invite/ }));
    await screen.findByText('i1@example.com');
    return onclose;
  };

  /** ORG-12: its code is shown only here. */
  it('is not left unasked before its code was passed on', async () => {
    router.go(`/organizations/${ID}/members`, { open: 'invite' }, { sure: true });
    await sent('i1', 'i2');
    router.setQuery({ open: null });
    expect(router.waiting).not.toBeNull();
    expect(router.question).toMatchObject({ title: 'members-codes-title' });
    router.waiting = null;
    for (const copy of screen.getAllByRole('button', { name: /^Copy the text/ })) await person.click(copy);
    await waitFor(() => {
      router.setQuery({ open: null });
      expect(router.query('open')).toBeNull();
    });
    expect(router.waiting).toBeNull();
  });

  it('is left at once by who says that it is done', async () => {
    router.go(`/organizations/${ID}/members`, { open: 'invite' }, { sure: true });
    const onclose = await sent('i1');
    onclose.mockImplementation(() => router.setQuery({ open: null }));
    await person.click(screen.getByRole('button', { name: 'Done' }));
    expect(onclose).toHaveBeenCalledOnce();
    expect(router.waiting).toBeNull();
    expect(router.query('open')).toBeNull();
  });

  /** ORG-10 */
  it('without a folder says what is missing', async () => {
    host.on('invitations.send', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'folders', code: 'field.required', params: {} }],
      });
    });
    render(InvitePanel, { organization: ID, nodes: [], place: null, onclose: () => undefined });
    await person.click(screen.getByRole('button', { name: /^Invite/ }));
    await screen.findByText('Choose at least one folder');
  });
});
