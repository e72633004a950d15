import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { joined } from '$shared/joined.svelte';
import { session } from '$shared/session.svelte';
import type { CertificateView } from '$wire/types';
import FirstStart from '../workspace/FirstStart.svelte';
import SignIn from './SignIn.svelte';
import { workspaceState } from './testing';

const certificate: CertificateView = {
  sha256: 'AB:CD:EF',
  subject: 'CN=Flotilla',
  issuer: 'CN=Flotilla',
  serial_number: '01',
  valid_from: Date.now() - 1000,
  valid_until: Date.now() + 86_400_000,
  names: ['harbour.example'],
  self_signed: true,
};
const person = userEvent.setup();
let host: FakePlatform;

beforeEach(async () => {
  host = new FakePlatform({}, 'desktop');
  usePlatform(host);
  session.view = null;
  await joined.refresh();
});

const firstPage = () => render(FirstStart, { workspace: workspaceState({ stage: 'first_start' }), onready: () => {} });
async function name(address: string): Promise<void> {
  await person.click(screen.getByRole('button', { name: 'Join a shared workspace…' }));
  await person.type(screen.getByLabelText('IP address or domain name'), address);
  await person.click(screen.getByRole('button', { name: 'Connect' }));
}

describe('joining a shared workspace', () => {
  /** ACC-01, ADM-30, CRT-11 */
  it('shows the certificate first, and joins with a yes to this one', async () => {
    host.met = certificate;
    firstPage();
    const before = joined.exchanges;
    await name('harbour.example');
    await screen.findByText('CN=Flotilla');
    expect(host.joins).toEqual([['harbour.example', 7080, null]]);
    await person.click(screen.getByRole('button', { name: 'Accept certificate and join' }));
    await waitFor(() => expect(joined.exchanges).toBe(before + 1));
    expect(host.joins[1]).toEqual(['harbour.example', 7080, 'AB:CD:EF']);
  });

  /** CRT-11: a yes is about the place it was asked for. */
  it('asks again when the address is changed', async () => {
    host.met = certificate;
    firstPage();
    await name('harbour.example');
    await screen.findByText('CN=Flotilla');
    await person.type(screen.getByLabelText('IP address or domain name'), '.org');
    expect(screen.queryByText('CN=Flotilla')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Connect' }));
    await waitFor(() => expect(host.joins[1]).toEqual(['harbour.example.org', 7080, null]));
  });

  /** CRT-11 */
  it('begins anew after somebody thought better of it', async () => {
    host.met = certificate;
    firstPage();
    await name('harbour.example');
    await screen.findByText('CN=Flotilla');
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    await person.click(screen.getByRole('button', { name: 'Join a shared workspace…' }));
    expect(screen.queryByText('CN=Flotilla')).toBeNull();
    expect(screen.getByRole('button', { name: 'Connect' })).toBeTruthy();
  });

  /** GEN-04 */
  it('says what is wrong, at the field and above', async () => {
    host.met = new WireError({
      code: 'form.invalid',
      fields: [
        { field: 'address', code: 'field.required' },
        { field: 'port', code: 'field.out-of-range', params: { least: 1, most: 65535 } },
      ],
    });
    firstPage();
    await name(' ');
    await screen.findByText('Required');
    expect(screen.getByLabelText('Port').getAttribute('aria-invalid')).toBe('true');
    host.met = new WireError({ code: 'host.unreachable' });
    await person.click(screen.getByRole('button', { name: 'Connect' }));
    await screen.findByText('Flotilla cannot be reached');
  });

  /** ADM-30 */
  it('is not offered in a browser', () => {
    usePlatform(new FakePlatform());
    firstPage();
    expect(screen.queryByRole('button', { name: 'Join a shared workspace…' })).toBeNull();
  });
});

/** ADM-30 */
describe('a workspace that was joined', () => {
  it('is named before the password is given, and can be left', async () => {
    host.place = { host: 'fd00::7', port: 7080, sha256: 'AB:CD:EF' };
    await joined.refresh();
    render(SignIn, { workspace: workspaceState({ shared: true }) });
    expect(screen.getByText('[fd00::7]:7080')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Join a shared workspace…' })).toBeNull();
    const before = joined.exchanges;
    await person.click(screen.getByRole('button', { name: 'Leave the shared workspace' }));
    await waitFor(() => expect(joined.exchanges).toBe(before + 1));
    expect(host.place).toBeNull();
  });
});
