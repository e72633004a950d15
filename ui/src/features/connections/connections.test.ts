import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { invalidate, queryClient } from '$shared/data.svelte';
import { setLanguage } from '$shared/i18n';
import { router } from '$shared/router.svelte';
import type { ConnectionKind, ConnectionView, ErrorCode, TestResult } from '$wire/types';
import { certificate } from '../customers/testing';
import { emptyConnection, withKind } from './connection-form';
import { detailOf, detailText, statusExplained, statusTitle } from './connection-words';
import ConnectionsSection from './ConnectionsSection.svelte';
import { connectionView } from './testing';
import { details } from '../organizations/testing';

const person = userEvent.setup();
let host: FakePlatform;
let stored: ConnectionView[];
const answer = (more: Partial<TestResult>): TestResult => ({
  status: 'success',
  connection: 'connected',
  certificate: certificate('BB:BB'),
  pinned: null,
  detail: '',
  proof: null,
  systems: 0,
  version: '',
  ...more,
});
async function show(manage = true): Promise<void> {
  render(ConnectionsSection, { organization: 'c1', manage });
  await screen.findByText('Head office');
}
const press = (name: string): Promise<void> => person.click(screen.getByRole('button', { name }));

beforeEach(() => {
  queryClient.clear();
  stored = [
    connectionView(),
    connectionView({
      id: 'n2',
      kind: 'device',
      name: 'Gate camera',
      host: '10.20.4.77',
      port: 443,
      status: 'certificate_changed',
      state: 'problems',
      certificate: certificate('AA:AA', { valid_until: Date.UTC(2020, 0, 2) }),
      waiting_certificate: certificate('BB:BB'),
      systems: 1,
    }),
  ];
  host = new FakePlatform({ 'connections.of': () => stored });
  usePlatform(host);
});

describe('the connections of a customer', () => {
  /** CUS-02, CUS-03 */
  it('are each shown with their own state, and counted where there are several', async () => {
    await show();
    expect(screen.getByText('1 of 2 connected')).toBeTruthy();
    expect(screen.getByText('10.20.4.77:443')).toBeTruthy();
    expect(screen.getByText(/^certificate expired since 2 Jan 2020/)).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Camera or other device' })).toBeTruthy();
  });

  /** RGT-01: who may not change anything is offered nothing that changes. */
  it('are only looked at by who may not manage them', async () => {
    await show(false);
    expect(screen.queryByRole('button', { name: 'Add connection' })).toBeNull();
    const buttons = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'));
    expect(buttons.filter((name) => name?.startsWith('Copy ') !== true)).toEqual([
      'Poll Head office now',
      'Poll Gate camera now',
    ]);
    // An address is copied by a click.
    expect(buttons).toContain('Copy 10.20.4.77:443');
  });

  /** UI-29: what fails is said, and can be asked again. */
  it('say why they cannot be read', async () => {
    host.on('connections.of', () => {
      throw new WireError({ code: 'right.missing' });
    });
    render(ConnectionsSection, { organization: 'c1', manage: true });
    await person.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(host.callsOf('connections.of')).toHaveLength(2));
  });
});

describe('adding a connection', () => {
  /** CUS-11, DEV-03: a device brings its own port; its certificate is pinned only after a yes. */
  it('tests, asks about the certificate, tests again, and saves with the proof', async () => {
    host.on('connections.test', ({ accept }) =>
      accept === null
        ? answer({ status: 'certificate_not_trusted', connection: 'problems' })
        : answer({ proof: 'p', systems: 1 }),
    );
    host.on('connections.save', (saved) => connectionView({ id: 'n3', name: saved.name }));
    await show();
    await person.click(screen.getByRole('button', { name: 'Add connection' }));
    const kind = screen.getByLabelText('Kind');
    expect(document.activeElement).toBe(kind);
    await person.selectOptions(kind, 'device');
    await person.type(screen.getByLabelText(/^Name/), 'Yard camera');
    await person.type(screen.getByLabelText('IP address or FQDN'), '10.20.4.78');
    await person.type(screen.getByLabelText('Password'), 'secret');
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    await person.click(screen.getByRole('button', { name: 'Test connection' }));
    await person.click(await screen.findByRole('button', { name: 'Accept and test again' }));
    await waitFor(() => expect(save.disabled).toBe(false));
    await person.click(save);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull());
    expect(host.callsOf('connections.save')).toEqual([
      {
        id: null,
        organization: 'c1',
        revision: 0,
        kind: 'device',
        name: 'Yard camera',
        host: '10.20.4.78',
        port: 443,
        user_name: 'root',
        password: 'secret',
        proxy: { kind: 'workspace' },
        proof: 'p',
        without_contact: false,
        accept: 'BB:BB',
      },
    ]);
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Add connection'));
  });

  /** CUS-10: what a person typed is not changed by choosing another kind. */
  it('keeps a port that was typed when the kind is changed', () => {
    expect(withKind(emptyConnection('ip_office'), 'device')).toMatchObject({ port: 443, user_name: 'root' });
    const typed = { ...emptyConnection('ip_office'), port: 9443, user_name: 'service' };
    expect(withKind(typed, 'device')).toMatchObject({ kind: 'device', port: 9443, user_name: 'service' });
  });
});

/** PRO-01: a video server is signed in to with a Windows account, whose name nobody can guess. */
describe('the connection of a video server', () => {
  it('begins with its usual port and no user name, and says which account is meant', async () => {
    await show();
    await press('Add connection');
    await person.selectOptions(screen.getByLabelText('Kind'), 'Video server');
    expect(screen.getByLabelText<HTMLInputElement>('Port').value).toBe('29204');
    const user = screen.getByLabelText<HTMLInputElement>('User name');
    expect(user.value).toBe('');
    expect(screen.getByText(/DOMAIN\\name/)).toBeTruthy();
    expect(withKind(emptyConnection('video_server'), 'device')).toMatchObject({ port: 443, user_name: 'root' });
  });
});

/** DEV-51, RGT-03 */
describe('the monitoring of a connection', () => {
  const server = (monitored: boolean): ConnectionView =>
    connectionView({
      id: 'n3',
      kind: 'video_server',
      name: 'Recorder',
      port: 29204,
      ...(monitored ? {} : { monitored, status: 'not_monitored', state: 'never' }),
    });
  const switched = (problem: ErrorCode | null = null): void => {
    host.on('connections.monitor', ({ ids, on }) => {
      if (problem === null) stored = [connectionView(), server(on)];
      return ids.map((id) => ({ id, name: 'Recorder', problem, switched: problem === null }));
    });
  };

  it('is switched off by who may handle alarms, and on again where it is said that it is off', async () => {
    stored = [connectionView(), server(true)];
    switched();
    render(ConnectionsSection, { organization: 'c1', manage: false, monitor: true });
    await person.click(await screen.findByRole('button', { name: 'Switch off monitoring of Recorder' }));
    const on = await screen.findByRole('button', { name: 'Switch monitoring on' });
    expect(screen.getAllByText('Not monitored')).toHaveLength(2);
    expect(screen.getByText(/^Monitoring is switched off/)).toBeTruthy();
    // It is not polled: there is nothing to poll now.
    expect(screen.queryByRole('button', { name: 'Poll Recorder now' })).toBeNull();
    await person.click(on);
    await screen.findByRole('button', { name: 'Switch off monitoring of Recorder' });
    expect(host.callsOf('connections.monitor')).toEqual([
      { ids: ['n3'], on: false },
      { ids: ['n3'], on: true },
    ]);
  });

  it('is not offered to who only looks', async () => {
    stored = [connectionView(), server(false)];
    await show(false);
    expect(screen.getAllByText('Not monitored')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: /onitoring/ })).toBeNull();
  });

  it('says why it was not switched', async () => {
    stored = [connectionView(), server(true)];
    switched('right.missing');
    await show();
    await press('Switch off monitoring of Recorder');
    const dialog = await screen.findByRole('dialog', { name: 'Monitoring of 1 connection was not switched' });
    expect(within(dialog).getByText('Recorder')).toBeTruthy();
  });
});

describe('changing a connection', () => {
  /** CUS-11: a new name needs no test, another address does. */
  it('asks for a test only when the connection itself changed', async () => {
    await show();
    await press('Edit Head office');
    const name = screen.getByLabelText(/^Name/);
    await waitFor(() => expect(document.activeElement).toBe(name));
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    await person.type(name, ' 2');
    expect(save.disabled).toBe(false);
    await person.type(screen.getByLabelText('IP address or FQDN'), '1');
    expect(save.disabled).toBe(true);
  });

  /** GEN-12: somebody else saved meanwhile; said beside the button, and the newer one can be had. */
  it('shows what somebody else saved meanwhile beside what was typed, and saves what is chosen', async () => {
    host.on('connections.save', () => {
      throw new WireError({ code: 'changed-meanwhile' });
    });
    await show();
    await press('Edit Head office');
    await person.type(screen.getByLabelText(/^Name/), ' 2');
    stored = [connectionView({ name: 'Main building', revision: 6 })];
    await person.click(screen.getByRole('button', { name: 'Save' }));
    const choice = await screen.findByRole('radiogroup', { name: 'Name' });
    const name = (): string => screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value;
    expect(name()).toBe('Head office 2');
    expect(screen.getByText('1 choice is left before this can be saved.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await person.click(within(choice).getByRole('radio', { name: 'Their value Main building' }));
    expect(name()).toBe('Main building');
    await person.click(within(choice).getByRole('radio', { name: 'Your value Head office 2' }));
    expect(name()).toBe('Head office 2');
    host.on('connections.save', () => connectionView({ name: 'Head office 2', revision: 7 }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.callsOf('connections.save').at(-1)).toMatchObject({ revision: 6, id: 'n1', name: 'Head office 2' }),
    );
  });

  /** UI-04: Escape closes the form and goes back to where it was opened. */
  it('is left by Escape', async () => {
    await show();
    await press('Edit Gate camera');
    await person.type(screen.getByLabelText(/^Name/), '{Escape}');
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit Gate camera'));
  });

  /** CRT-11: a changed certificate is compared with the one believed; the yes concerns this connection only. */
  it('calls a connection without a name by its address where its certificate changed (CRT-11)', async () => {
    stored = stored.map((one) => (one.id === 'n2' ? { ...one, name: '' } : one));
    await show();
    await person.click(screen.getByRole('button', { name: 'Compare certificates…' }));
    const { host: address, port } = stored[1] ?? { host: '', port: 0 };
    await screen.findByRole('dialog', { name: new RegExp(`The certificate of .*${address}:${port}.* has changed`) });
  });

  it('accepts a changed certificate after both were shown', async () => {
    host.on('connections.accept_certificate', () => answer({}));
    await show();
    await person.click(screen.getByRole('button', { name: 'Compare certificates…' }));
    await screen.findByText('AA:AA');
    await person.click(screen.getByRole('button', { name: 'Accept certificate' }));
    await waitFor(() =>
      expect(host.callsOf('connections.accept_certificate')).toEqual([{ id: 'n2', sha256: 'BB:BB' }]),
    );
  });
});

/** What a person typed is never thrown away unasked (ACC-10, UI-28). */
describe('a half-typed connection', () => {
  const nameField = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(/^Name/);
  afterEach(() => (router.waiting = null));

  it('stays when somebody else removes the connection, and becomes a new one', async () => {
    host.on('connections.save', (saved) => connectionView({ id: 'n3', name: saved.name }));
    await show();
    await press('Edit Gate camera');
    await person.type(nameField(), ' east');
    stored = stored.slice(0, 1);
    invalidate('connections');
    await screen.findByText('Somebody removed this connection');
    expect(nameField().value).toBe('Gate camera east');
    expect(screen.queryByRole('button', { name: 'Remove Gate camera' })).toBeNull();
    await press('Add as a new connection');
    expect(screen.queryByText('Somebody removed this connection')).toBeNull();
    await person.type(screen.getByLabelText('Password'), 'secret');
    await person.click(screen.getByRole('checkbox', { name: /Save without contact/ }));
    await press('Save');
    await waitFor(() =>
      expect(host.callsOf('connections.save')).toMatchObject([
        { id: null, revision: 0, name: 'Gate camera east', host: '10.20.4.77', password: 'secret' },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull());
    expect(screen.queryByText('Gate camera')).toBeNull();
  });

  it('is not left for another form, by Escape or by Cancel without a yes', async () => {
    await show();
    await press('Add connection');
    await person.type(nameField(), 'Yard');
    for (const leave of [
      () => press('Edit Gate camera'),
      () => press('Cancel'),
      () => person.type(nameField(), '{Escape}'),
    ]) {
      await leave();
      expect(router.waiting).not.toBeNull();
      expect(nameField().value).toBe('Yard');
      router.waiting = null;
    }
    await press('Edit Gate camera');
    router.waiting?.();
    router.waiting = null;
    await waitFor(() => expect(nameField().value).toBe('Gate camera'));
    // Nothing was typed into this one.
    await press('Cancel');
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('is not lost when another customer is opened in the panel', async () => {
    router.go('/customers', { open: 'c1' }, { replace: true, sure: true });
    await show();
    await press('Add connection');
    await person.type(nameField(), 'Yard');
    router.setQuery({ open: 'c2' });
    expect(router.waiting).not.toBeNull();
    expect(router.query('open')).toBe('c1');
  });
});

/** DEV-02: a device without an account is given its first one, or what was set on it is entered. */
describe('a device that waits for its first account', () => {
  beforeEach(() => {
    stored = [
      connectionView(),
      connectionView({
        id: 'n2',
        kind: 'device',
        name: 'Gate camera',
        host: '10.20.4.77',
        port: 443,
        status: 'needs_setup',
      }),
    ];
  });

  it('leads to the page that gives it, and to its form', async () => {
    await show();
    const link = screen.getByRole('link', { name: 'Give it its first account…' });
    expect(link.getAttribute('href')).toBe('#/devices/add?host=10.20.4.77&port=443&organization=c1&first=yes');
    await press('Enter credentials set on the device…');
    expect(await screen.findByRole('form', { name: 'Edit Gate camera' })).toBeTruthy();
  });

  it('is not changed by who only looks', async () => {
    await show(false);
    expect(screen.queryByRole('link', { name: 'Give it its first account…' })).toBeNull();
  });

  it('has its form opened by an address, once', async () => {
    router.setQuery({ connection: 'n2' }, { replace: true, sure: true });
    await show();
    expect(await screen.findByRole('form', { name: 'Edit Gate camera' })).toBeTruthy();
    expect(router.query('connection')).toBeNull();
  });
});

describe('removing a connection', () => {
  /** CUS-13, GEN-11: what goes with it is said in numbers before. */
  it('says what goes, and removes after a yes', async () => {
    host.on('connections.plan_removal', () => ({ connections: 1, systems: 17, alarms: 4 }));
    host.on('connections.remove', () => [{ id: 'n2', name: 'Gate camera', problem: null }]);
    await show();
    await press('Remove Gate camera');
    await screen.findByText('17');
    expect(host.callsOf('connections.plan_removal')).toEqual([{ ids: ['n2'] }]);
    stored = stored.slice(0, 1);
    await person.click(screen.getByRole('button', { name: 'Remove connection' }));
    await waitFor(() => expect(screen.queryByText('Gate camera')).toBeNull());
    expect(host.callsOf('connections.remove')).toEqual([{ ids: ['n2'] }]);
  });

  /** CUS-13: with the last one the organization is not gone; what can be done with it is said before, and offered after. */
  it('says that the organization stays without its last, and offers what comes next', async () => {
    host.on('connections.plan_removal', () => ({ connections: 1, systems: 17, alarms: 4 }));
    host.on('connections.remove', () => [{ id: 'n1', name: 'Head office', problem: null }]);
    host.on('organizations.read', () => details({ customer: true }));
    await show();
    await press('Remove Gate camera');
    await screen.findByText('17');
    expect(screen.queryByText(/last connection/)).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    stored = stored.slice(0, 1);
    invalidate('connections');
    await waitFor(() => expect(screen.queryByText('Gate camera')).toBeNull());
    expect(screen.queryByRole('link', { name: /Archive organization/ })).toBeNull();
    await press('Remove Head office');
    await screen.findByText(/last connection. The organization stays/);
    await screen.findByText('17');
    stored = [];
    await person.click(screen.getByRole('button', { name: 'Remove connection' }));
    const archive = await screen.findByRole('link', { name: /Archive organization/ });
    expect(archive.getAttribute('href')).toBe('#/organizations/c1?do=archive');
    expect(screen.getByText(/The organization stays, with its members/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Add connection' })).toBeTruthy();
  });

  /** CUS-13 */
  it('says why it was kept', async () => {
    host.on('connections.plan_removal', () => ({ connections: 1, systems: 17, alarms: 4 }));
    host.on('connections.remove', () => [{ id: 'n2', name: 'Gate camera', problem: 'right.missing' }]);
    await show();
    await press('Remove Gate camera');
    await screen.findByText('17');
    await person.click(screen.getByRole('button', { name: 'Remove connection' }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/permission/i));
    expect(screen.getByText('Gate camera')).toBeTruthy();
  });
});

/** CRT-11: a changed certificate is compared line by line; what differs is marked, and taking it is not the usual button. */
describe('a changed certificate', () => {
  it('is shown beside the accepted one, and only what differs is marked', async () => {
    await show();
    await press('Compare certificates…');
    const table = await screen.findByRole('table', { hidden: true });
    const lines = [...table.querySelectorAll('tbody tr')].map((line) => [
      line.querySelector('th')?.firstChild?.textContent?.trim(),
      line.classList.contains('differs'),
    ]);
    expect(lines).toEqual([
      ['Subject', false],
      ['Issuer', false],
      ['Serial number', false],
      ['Valid', true],
      ['SHA-256', true],
    ]);
    const accept = screen.getByText('Accept certificate').closest('button');
    expect(accept?.classList.contains('primary')).toBe(false);
    expect(screen.getByText('Cancel').closest('button')?.classList.contains('primary')).toBe(true);
  });
});

/** CUS-03: only a telephone system has a primary, and where the kind is not known nothing is said of one. */
it('says of an unreachable connection what fits its kind', async () => {
  await setLanguage('en');
  const said = (kind: ConnectionKind | null): string =>
    `${statusTitle('unreachable', kind)}. ${statusExplained('unreachable', kind)}`;
  expect(said('ip_office')).toMatch(/^Unreachable or not a supported primary system\..* Server Edition or Select/);
  expect(said('device')).toMatch(/^Unreachable\. The device /);
  expect(said('video_server')).toMatch(/^Unreachable\. The video server /);
  for (const kind of ['device', 'video_server', null] as const) expect(said(kind)).not.toMatch(/primary|telephone/i);
  expect(statusTitle('limited', 'device')).toBe('Limited');
});

/** GEN-04, CUS-03: what a network or a device said in its own words is told apart from what Flotilla has words for. */
it('says what came with a status in the language in force, and marks what is not', async () => {
  await setLanguage('fr');
  expect(detailOf('unreachable', 'unreachable.refused')).toEqual({
    words: 'La connexion a été refusée.',
    technical: '',
  });
  expect(detailOf('unreachable', 'unreachable.tls: received fatal alert')).toEqual({
    words: 'La connexion chiffrée a échoué.',
    technical: 'received fatal alert',
  });
  expect(detailOf('limited', 'device.sign-in-unknown: SHA3-512')).toEqual({
    words: 'Le périphérique demande une méthode de connexion que Flotilla ne connaît pas',
    technical: 'SHA3-512',
  });
  expect(detailOf('failed', 'status 404')).toEqual({ words: '', technical: 'status 404' });
  // DEV-02: the hours until the next try are not kept with a status.
  expect(detailOf('authorization_failed', 'device.tries-used')).toEqual({
    words: 'Trop de connexions refusées en 24 heures',
    technical: '',
  });
  expect(detailText('failed', 'status 404')).toMatch(/^Détail technique\s: status 404$/u);
});
