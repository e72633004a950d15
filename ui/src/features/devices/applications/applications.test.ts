import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionView } from '$features/session/testing';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { DeviceApplication, PackageRow } from '$wire/types';
import ApplicationDialog from './ApplicationDialog.svelte';
import ApplicationsSection from './ApplicationsSection.svelte';
import { controlsOf, isAboutApplication } from './kinds';

const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const person = userEvent.setup();
let host: FakePlatform;

const application = (more: Partial<DeviceApplication> = {}): DeviceApplication => ({
  name: 'objectcount',
  full_name: 'Object Count',
  vendor: 'Hafenwerk',
  version: '2.1.0',
  licence: 'valid',
  licence_ends: '2027-03-01',
  state: 'running',
  signed: true,
  ...more,
});
const file = (id: string, version: string): PackageRow =>
  ({
    id,
    kind: 'application',
    product: '',
    version,
    file_name: `objectcount_${version}.eap`,
    size: 4096,
  }) as PackageRow;

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  router.go('/systems', {}, { replace: true, sure: true });
  host = new FakePlatform({
    'systems.index': () => packIds([idOf(1), idOf(2)]),
    'systems.window': () => [],
    'repository.index': () => packIds([idOf(11), idOf(12)]),
    'repository.window': () => [file(idOf(11), '2.1.0'), file(idOf(12), '3.0.0')],
    'devices.applications': () => ({ applications: [application()], takes_unsigned: false }),
    'devices.install_application': () => ({ id: 'a1', skipped: [] }),
    'devices.stop_application': () => ({ id: 'a2', skipped: [] }),
    'devices.remove_application': () => ({ id: 'a3', skipped: [] }),
  });
  usePlatform(host);
});

const dialog = (): HTMLElement => screen.getByRole('dialog', { hidden: true });

describe('applications on a device (DEV-61)', () => {
  it('are read when somebody wants them, with licence, state and signature', async () => {
    render(ApplicationsSection, { system: idOf(1) });
    expect(host.callsOf('devices.applications')).toEqual([]);
    await person.click(screen.getByRole('button', { name: 'Read applications' }));
    await screen.findByText('Object Count');
    expect(screen.getByText('Running')).toBeTruthy();
    expect(screen.getByText('Licence until 1 Mar 2027')).toBeTruthy();
    expect(screen.getByText('Signed')).toBeTruthy();
    expect(screen.getByText('This device takes only signed applications')).toBeTruthy();
    expect(host.callsOf('devices.applications')).toEqual([{ id: idOf(1) }]);
  });

  it('lead to the repository where there are none', async () => {
    host.on('devices.applications', () => ({ applications: [], takes_unsigned: true }));
    render(ApplicationsSection, { system: idOf(1) });
    await person.click(screen.getByRole('button', { name: 'Read applications' }));
    const link = await screen.findByRole('link', { name: 'Applications in the repository' });
    expect(link.getAttribute('href')).toMatch(/^#\/repository\?filter=/);
    expect(screen.queryByText(/only signed/)).toBeNull();
  });

  it('are removed after a question that says what is lost', async () => {
    render(ApplicationDialog, {
      kind: 'remove_application',
      ids: [idOf(1)],
      about: 'objectcount',
      name: 'Object Count',
      onclose: () => undefined,
    });
    await screen.findByText('Remove Object Count?');
    expect(dialog().textContent).toContain('settings and its data');
    await person.click(await within(dialog()).findByRole('button', { name: 'Remove from 1 device', hidden: true }));
    await waitFor(() => expect(router.path).toBe('/devices/acts/a3'));
    expect(host.callsOf('devices.remove_application')).toEqual([{ ids: [idOf(1)], application: 'objectcount' }]);
  });
});

describe('applications on many devices', () => {
  it('are installed from the repository, and started if wanted; what is no camera is left out', async () => {
    render(ApplicationDialog, {
      kind: 'install_application',
      ids: [idOf(1), idOf(2), idOf(3)],
      onclose: () => undefined,
    });
    const choice = await screen.findByRole('radio', { name: /3\.0\.0/, hidden: true });
    expect(screen.getByText('1 selected system is not a camera and is left out')).toBeTruthy();
    const install = within(dialog()).getByRole<HTMLButtonElement>('button', {
      name: 'Install on 2 devices',
      hidden: true,
    });
    expect(install.disabled).toBe(true);
    await person.click(choice);
    await person.click(screen.getByRole('checkbox', { name: 'Start it afterwards', hidden: true }));
    await person.click(install);
    await waitFor(() => expect(router.path).toBe('/devices/acts/a1'));
    expect(host.callsOf('devices.install_application')).toEqual([
      { ids: [idOf(1), idOf(2)], package: idOf(12), start: false },
    ]);
    const [query] = host.callsOf('repository.index');
    expect(JSON.stringify(query)).toContain('application');
  });

  it('are stopped by the name that one device tells', async () => {
    render(ApplicationDialog, { kind: 'start_application', ids: [idOf(1), idOf(2)], onclose: () => undefined });
    await person.click(await screen.findByRole('radio', { name: 'Stop', hidden: true }));
    await person.click(await screen.findByRole('button', { name: /^Read those on/, hidden: true }));
    await person.click(await screen.findByRole('radio', { name: /Object Count/, hidden: true }));
    await person.click(within(dialog()).getByRole('button', { name: 'Stop on 2 devices', hidden: true }));
    await waitFor(() => expect(router.path).toBe('/devices/acts/a2'));
    expect(host.callsOf('devices.applications')).toEqual([{ id: idOf(1) }]);
    expect(host.callsOf('devices.stop_application')).toEqual([{ ids: [idOf(1), idOf(2)], application: 'objectcount' }]);
  });

  it('are different from the other acts, and offer only what makes sense', () => {
    expect(isAboutApplication('install_application')).toBe(true);
    expect(isAboutApplication('restart')).toBe(false);
    expect(controlsOf({ state: 'running' })).toEqual(['stop_application', 'remove_application']);
    expect(controlsOf({ state: 'stopped' })).toEqual(['start_application', 'remove_application']);
    expect(controlsOf({ state: 'unknown' })).toHaveLength(3);
  });
});
