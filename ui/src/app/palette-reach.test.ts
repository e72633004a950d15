import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { customerPanel } from '$features/customers/testing';
import { usePlatform } from '$platform';
import type { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { offered } from '$shared/offered.svelte';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { Commands } from '$wire/commands';
import App from './App.svelte';
import { commands } from './features';
import { fleet, idOf } from './sheet/fleet';

type ActName = { [Name in keyof Commands]: Commands[Name]['kind'] extends 'act' ? Name : never }[keyof Commands];
/** How the palette reaches an act of the core. */
type Reach =
  /** One of the features' commands, from anywhere. */
  | { command: string }
  /** Offered by the part of the page that shows what it is about; the id, or its beginning. */
  | { offer: string }
  /** An entry that the palette itself has. */
  | { palette: string }
  /** Part of another act of the same form. */
  | { within: ActName }
  /** Nobody calls it by hand, or no page has it. */
  | { never: string };

const BEFORE = 'before somebody is signed in there is no palette';
const NO_PAGE = 'no page has it yet';
/** An act that is added to the core does not compile until it says here how the palette reaches it. */
const REACHED: Record<ActName, Reach> = {
  'lists.save_view': { offer: 'list.view-save' },
  'lists.delete_view': { offer: 'list.view-delete' },
  'lists.save_columns': { offer: 'list.columns' },
  'lists.export': { offer: 'list.export.' },
  'organizations.create': { command: 'organizations.create' },
  'organizations.save': { command: 'organizations.edit' },
  'organizations.set_grants': { never: NO_PAGE },
  'organizations.archive': { offer: 'organizations.archive' },
  'organizations.restore': { command: 'organizations.archived' },
  'folders.create': { command: 'organizations.folders' },
  'folders.rename': { command: 'organizations.folders' },
  'folders.move': { command: 'organizations.folders' },
  'folders.delete': { command: 'organizations.folders' },
  'folders.set_zone': { command: 'organizations.folders' },
  'folders.move_systems': { command: 'systems.move' },
  'systems.save_application': { command: 'systems.add-application' },
  'systems.remove_applications': { command: 'systems.remove-applications' },
  'members.set_access': { command: 'members.access' },
  'members.remove': { command: 'members.remove' },
  'members.promote': { command: 'organizations.members' },
  'invitations.send': { command: 'organizations.members' },
  'invitations.renew': { command: 'organizations.members' },
  'invitations.save_message': { within: 'invitations.send' },
  'invitations.look': { never: BEFORE },
  'invitations.accept_new': { never: BEFORE },
  'invitations.accept': { never: BEFORE },
  'licences.register': { command: 'licences.products' },
  'licences.start_trial': { command: 'licences.products' },
  'licences.start': { command: 'licences.products' },
  'licences.redeem': { command: 'licences.redeem' },
  'licences.redeem_declared': { within: 'licences.redeem' },
  'licences.allocate': { command: 'licences.allocate' },
  'licences.transfer': { command: 'licences.transfer' },
  'licences.recall': { command: 'licences.products' },
  'licences.allocate_to_system': { command: 'licences.products' },
  'licences.use_upgrade': { command: 'licences.products' },
  'licences.set_requirement': { command: 'licences.products' },
  'licences.open': { command: 'licences.products' },
  'licences.end': { command: 'licences.products' },
  'licences.reverse': { command: 'licences.products' },
  'licences.reconcile': { command: 'licences.products' },
  'licences.dismiss_notice': { never: 'a notice is dismissed beside its words' },
  'workspace.test_clock': { command: 'licences.test-clock' },
  'licences.read_system_file': { command: 'licences.products' },
  'licences.accept_system_file': { command: 'licences.products' },
  'licences.issue_offline': { command: 'licences.products' },
  'licences.save_offline': { command: 'licences.products' },
  'licences.save_issuer': { command: 'licences.products' },
  'licences.confirm_offline': { command: 'licences.products' },
  'licences.attest_offline': { command: 'licences.products' },
  'licences.lapse_offline': { command: 'licences.products' },
  'licences.register_hardware': { command: 'licences.products' },
  'licences.remove_hardware': { command: 'licences.products' },
  'licences.export': { command: 'licences.products' },
  'repository.add': { command: 'repository.add' },
  'repository.begin_upload': { within: 'repository.add' },
  'repository.append': { within: 'repository.add' },
  'repository.fetch': { command: 'repository.fetch' },
  'repository.resume': { offer: 'repository.resume.' },
  'repository.start_over': { offer: 'repository.start-over.' },
  'repository.discard': { offer: 'repository.discard.' },
  'repository.subscribe': { command: 'repository.indexes' },
  'repository.refresh': { command: 'repository.indexes' },
  'repository.unsubscribe': { command: 'repository.indexes' },
  'repository.fetch_remote': { command: 'repository.edit' },
  'repository.save': { command: 'repository.edit' },
  'repository.verify': { command: 'repository.verify' },
  'repository.delete': { command: 'repository.delete' },
  'repository.hand_out': { command: 'repository.save-file' },
  'licence_catalogue.save': { command: 'licences.catalogue' },
  'licence_issuers.add': { command: 'licences.issuers' },
  'licence_issuers.revoke': { command: 'licences.issuers' },
  'licence_issuers.restore': { command: 'licences.issuers' },
  'workspace.create_first': { never: BEFORE },
  'session.sign_in': { never: BEFORE },
  'session.touch': { never: 'the frame does it by itself' },
  'session.sign_out': { palette: 'sign-out' },
  'session.accept_terms': { never: BEFORE },
  'session.change_password': { command: 'profile.password' },
  'session.choose_organization': { palette: 'organization-all' },
  'profile.save': { command: 'profile.open' },
  'profile.save_appearance': { offer: 'app.' },
  'profile.set_avatar': { offer: 'profile.picture' },
  'profile.remove_avatar': { offer: 'profile.picture-remove' },
  'accounts.add': { command: 'accounts.add' },
  'accounts.save': { command: 'accounts.edit' },
  'accounts.delete': { command: 'accounts.delete' },
  'connections.test': { within: 'connections.save' },
  'connections.save': { command: 'customers.connect' },
  'connections.remove': { offer: 'connections.remove.' },
  'connections.refresh': { offer: 'connections.refresh.' },
  'connections.monitor': { command: 'systems.monitoring-off' },
  'connections.accept_certificate': { offer: 'connections.certificate.' },
  'customers.test': { within: 'customers.save' },
  'customers.save': { command: 'customers.add' },
  'customers.choose_main': { offer: 'connections.main.' },
  'customers.edit': { command: 'customers.edit' },
  'customers.delete': { command: 'customers.delete' },
  'customers.refresh': { command: 'customers.refresh' },
  'administration.open_console': { offer: 'centre.console.' },
  'customers.launch': { command: 'customers.launch.web_manager' },
  'customers.import_open': { command: 'customers.import' },
  'customers.import_options': { offer: 'import.' },
  'customers.import_edit': { offer: 'import.add' },
  'customers.import_map': { offer: 'import.' },
  'customers.import_fill': { offer: 'import.' },
  'customers.import_export': { offer: 'list.export.other-' },
  'customers.import_remove': { never: 'rows of a waiting list are chosen in it, and removed beside it' },
  'customers.import_test': { offer: 'import.test' },
  'customers.import_trust': { offer: 'import.certificates' },
  'customers.import_save': { offer: 'import.save' },
  'customers.import_discard': { offer: 'import.discard' },
  'customers.import_delete_file': { offer: 'import.delete-file' },
  'devices.import_open': { command: 'devices.import' },
  'devices.import_options': { offer: 'import.' },
  'devices.import_edit': { offer: 'import.add' },
  'devices.import_map': { offer: 'import.' },
  'devices.import_fill': { offer: 'import.' },
  'devices.import_remove': { never: 'rows of a waiting list are chosen in it, and removed beside it' },
  'devices.import_test': { offer: 'import.test' },
  'devices.import_trust': { offer: 'import.certificates' },
  'devices.import_save': { offer: 'import.save' },
  'devices.import_discard': { offer: 'import.discard' },
  'devices.import_delete_file': { offer: 'import.delete-file' },
  'jobs.approve': { command: 'jobs.approve' },
  'jobs.pause': { command: 'jobs.pause' },
  'jobs.resume': { command: 'jobs.resume' },
  'jobs.stop': { command: 'jobs.stop' },
  'jobs.delete': { command: 'jobs.delete' },
  'jobs.go_on': { offer: 'jobs.this.' },
  'jobs.retry': { offer: 'jobs.this.' },
  'jobs.copy': { offer: 'jobs.this.' },
  'devices.upgrade': { command: 'devices.upgrade' },
  'devices.add': { command: 'devices.add' },
  'devices.create_account': { command: 'devices.accounts' },
  'devices.set_password': { command: 'devices.accounts' },
  'devices.delete_account': { command: 'devices.accounts' },
  'devices.rotate_password': { command: 'devices.rotate' },
  'devices.restart': { command: 'devices.restart' },
  'devices.roll_back': { command: 'devices.roll-back' },
  'devices.factory_default': { command: 'devices.factory-default' },
  'devices.transfer': { command: 'devices.transfer' },
  'devices.remove': { command: 'devices.remove' },
  'devices.commission': { command: 'devices.commission' },
  'devices.install_application': { command: 'devices.install-application' },
  'devices.start_application': { command: 'devices.applications' },
  'devices.stop_application': { command: 'devices.applications' },
  'devices.remove_application': { command: 'devices.applications' },
  'discovery.start': { command: 'devices.find' },
  'discovery.stop': { offer: 'devices.search-stop' },
  'credential_sets.save': { command: 'devices.credentials' },
  'credential_sets.delete': { command: 'devices.credentials' },
  'audit.export': { command: 'audit.export' },
  'work.cancel': { offer: 'work.cancel.' },
  'preferences.save': { command: 'preferences.polling' },
  'administration.restart_service': { offer: 'centre.restart.' },
};

const ROOT = join(import.meta.dirname, '..');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$|^wire\/|sheet\/|testing/.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'));

/** UI-07 */
describe('every act of the interface', () => {
  it('is reached by a command of a feature, or offered by the part of the page that has it', () => {
    const offers = sources.filter((source) => /\boffer\(|OfferedAct\[\]/.test(source)).join('\n');
    const palette = sources.filter((source) => source.includes('class="palette"')).join('\n');
    const unreached = Object.entries(REACHED).filter(([, reach]) => {
      if ('command' in reach) return !commands.some(({ id }) => id === reach.command);
      if ('offer' in reach) return !new RegExp(`[\`']${reach.offer.replaceAll('.', '\\.')}`).test(offers);
      if ('palette' in reach) return !palette.includes(`id: '${reach.palette}'`);
      return 'within' in reach && 'never' in REACHED[reach.within];
    });
    expect(unreached).toEqual([]);
  });

  it('that has no page has none', () => {
    const without = Object.entries(REACHED).filter(([, reach]) => 'never' in reach && reach.never === NO_PAGE);
    const used = without.map(([name]) => name).filter((name) => sources.some((source) => source.includes(`'${name}'`)));
    expect(used).toEqual([]);
  });
});

/** UI-07, UI-24, UI-25 */
describe('the palette', () => {
  let host: FakePlatform;
  const person = userEvent.setup();
  const option = async (name: string | RegExp): Promise<HTMLElement> => {
    await person.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog', { name: 'Search or run a command' });
    return within(palette).findByRole('option', { name });
  };
  const show = async (path: string, query: Record<string, string> = {}): Promise<void> => {
    router.go(path, query, { replace: true, sure: true });
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
  };

  beforeEach(() => {
    host = fleet(
      10,
      {},
      {
        'lists.export': () => ({ download: 'd1', name: 'customers.csv', size: 9 }),
        'profile.save_appearance': ({ theme }) => ({ ...session.view?.profile, theme }) as never,
        'work.cancel': () => ({}),
        'search.find': () => [],
      },
    );
    usePlatform(host);
    queryClient.clear();
    session.view = null;
    session.ended = false;
  });

  it('exports what is listed, and says why the selection cannot be', async () => {
    await show('/customers');
    await waitFor(() => expect(offered.all.some(({ id }) => id === 'list.export.csv')).toBe(true));
    const chosen = await option(/^Export 0 selected as CSV/);
    expect(chosen.getAttribute('aria-disabled')).toBe('true');
    expect(chosen.textContent).toContain('Select something in Customers first');
    await person.keyboard('export all csv{Enter}');
    await waitFor(() =>
      expect(host.callsOf('lists.export')).toMatchObject([{ list: 'customers', format: 'csv', ids: null }]),
    );
  });

  it('uses a saved view, and says that it is in force then', async () => {
    await show('/customers');
    const view = await option('View: Retail, before 12.0');
    await person.click(view);
    await waitFor(() => expect(router.query('view')).toBe(idOf(5)));
    expect((await option(/^View: Retail, before 12.0/)).textContent).toContain('Already in force');
  });

  it('opens a section of the preferences from anywhere', async () => {
    await show('/');
    await person.click(await option('Preferences: Monitoring'));
    await waitFor(() => expect([router.path, router.query('part')]).toEqual(['/preferences', 'polling']));
  });

  it('says that a list must be open where there is none, and changes what the frame shows', async () => {
    await show('/');
    expect((await option(/^Export the list/)).textContent).toContain('Open a list first');
    await person.keyboard('theme dark{Enter}');
    await waitFor(() => expect(host.callsOf('profile.save_appearance')).toMatchObject([{ theme: 'dark' }]));
    await person.click(await option('Cancel: Testing connections · customers.csv'));
    await waitFor(() => expect(host.callsOf('work.cancel')).toEqual([{ id: idOf(4) }]));
  });

  it('works on the connections of the customer that is open', async () => {
    host.on('customers.panel', () => ({ ...customerPanel(), main_connection: 'n0' }));
    await show('/customers', { open: idOf(1) });
    await screen.findByText('Branch 12');
    await person.click(await option('Remove Branch 12'));
    await screen.findByText('Remove the connection Branch 12?');
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    await person.click(await option('Add a connection to the selected customer'));
    expect(await screen.findByLabelText('Kind')).toBeTruthy();
    expect(router.query('connection')).toBeNull();
  });
});
