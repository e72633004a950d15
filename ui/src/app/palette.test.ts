import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform } from '$platform';
import type { FakePlatform } from '$platform/fake';
import type { PaletteCommand } from '$shared/app-types';
import { queryClient } from '$shared/data.svelte';
import { selected, tickedOrOpen, type OnScreen } from '$shared/selected.svelte';
import { session } from '$shared/session.svelte';
import type { Finding } from '$wire/types';
import App from './App.svelte';
import { actionsOf, ranked, selectionFirst, type Group } from './palette';
import { fleet, sessionView } from './sheet/fleet';

let host: FakePlatform;

beforeEach(() => {
  host = fleet(10);
  usePlatform(host);
  queryClient.clear();
  session.view = null;
  session.ended = false;
  location.hash = '#/customers';
  Object.defineProperty(window, 'innerWidth', { value: 1280, configurable: true });
});

const openPalette = async (user: ReturnType<typeof userEvent.setup>): Promise<HTMLElement> => {
  await user.keyboard('{Control>}k{/Control}');
  return screen.findByRole('dialog', { name: 'Search or run a command' });
};

/** UI-07 */
describe('the palette and what is selected', () => {
  const commands: PaletteCommand[] = [
    { id: 'a.add', label: 'customers-add-command', run: vi.fn() },
    { id: 'customers.refresh', label: 'customers-act-refresh', on: 'customers' },
    { id: 'customers.delete', label: 'customers-act-delete', on: 'customers', may: ({ may }) => may.administer },
  ];
  const onScreen = (ids: string[], run: (ids: string[]) => void = vi.fn()): OnScreen => ({
    list: 'customers',
    ids: () => ids,
    acts: {
      'customers.refresh': { run },
      'customers.delete': { run, refusal: (chosen) => (chosen.length > 2 ? 'Too many' : null) },
    },
  });

  it('names how many an action is about, and acts on just those', () => {
    const run = vi.fn();
    const entries = actionsOf(commands, sessionView, onScreen(['1', '2'], run), () => undefined);
    expect(entries.map(({ label }) => label)).toEqual(['Add a customer', 'Poll 2 customers', 'Delete 2 customers']);
    entries[1]?.run?.();
    expect(run).toHaveBeenCalledWith(['1', '2']);
  });

  it('says why an action cannot be used now', () => {
    const why = (current: OnScreen | null): (string | undefined)[] =>
      actionsOf(commands, sessionView, current, () => undefined).map(({ refusal }) => refusal);
    const first = 'Select something in Customers first';
    expect(why(null)).toEqual([undefined, first, first]);
    expect(why(onScreen([]))).toEqual([undefined, first, first]);
    expect(why({ ...onScreen(['1']), list: 'accounts' })).toEqual([undefined, first, first]);
    expect(why(onScreen(['1', '2', '3']))).toEqual([undefined, undefined, 'Too many']);
  });

  it('leaves out what this person may never do, and shows keys', () => {
    const operator = { ...sessionView, may: { ...sessionView.may, administer: false } };
    const entries = actionsOf(commands, operator, null, (label) =>
      label === 'customers-add-command' ? 'n' : undefined,
    );
    expect(entries.map(({ id, keys }) => [id, keys])).toEqual([
      ['a.add', 'n'],
      ['customers.refresh', undefined],
    ]);
  });

  it('puts what can be done with a selection first, and what cannot last', () => {
    const entries = actionsOf(commands, sessionView, onScreen(['1', '2', '3']), () => undefined);
    const order = selectionFirst(entries, new Set(['customers.refresh', 'customers.delete']));
    expect(order.map(({ id }) => id)).toEqual(['customers.refresh', 'a.add', 'customers.delete']);
  });

  it('takes what is ticked, or else what is open', () => {
    expect(tickedOrOpen(new Set(['1']), '2')).toEqual(['1']);
    expect(tickedOrOpen(new Set(), '2')).toEqual(['2']);
    expect(tickedOrOpen(new Set(), 'new')).toEqual([]);
    expect(tickedOrOpen(new Set(), null)).toEqual([]);
  });

  it('acts on the customer that is open', async () => {
    const user = userEvent.setup();
    host.on('customers.refresh', ({ ids }) => ids.map((id) => ({ id, name: 'One', problem: null })));
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    await waitFor(() => expect(selected.current?.list).toBe('customers'), { timeout: 5_000 });
    const palette = await openPalette(user);
    const idle = within(palette).getByRole('option', { name: /Poll the selected customers/ });
    expect(idle.getAttribute('aria-disabled')).toBe('true');
    expect(idle.textContent).toContain('Select something in Customers first');
    await user.click(idle);
    expect(host.callsOf('customers.refresh')).toEqual([]);
    expect(document.activeElement?.getAttribute('role')).toBe('combobox');

    location.hash = '#/customers?open=c1';
    await waitFor(() => expect(selected.in('customers')).toEqual(['c1']));
    const [first] = within(palette).getAllByRole('option');
    expect(first?.textContent.trim()).toBe('Poll the selected customer');
    await user.keyboard('poll the');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(host.callsOf('customers.refresh')).toEqual([{ ids: ['c1'] }]));
  });

  it('searches at once, one question after another, and ends with the newest', async () => {
    const user = userEvent.setup();
    const answers: ((findings: Finding[]) => void)[] = [];
    host.on('search.find', () => new Promise<Finding[]>((resolve) => answers.push(resolve)));
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    const palette = await openPalette(user);
    await user.type(within(palette).getByRole('combobox'), 'berg');
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(host.callsOf('search.find')).toEqual([{ search: 'b' }]);
    // What fewer letters found is left out as soon as it does not fit.
    answers[0]?.([{ kind: 'organization', id: 'o0', name: 'Bakery', customer: false }]);
    await waitFor(() => expect(host.callsOf('search.find')).toEqual([{ search: 'b' }, { search: 'berg' }]));
    const labels = (): string[] => [...palette.querySelectorAll('[role=option]')].map((one) => one.textContent.trim());
    expect(labels()).toEqual([]);
    answers[1]?.([{ kind: 'organization', id: 'o1', name: 'Bergamt', customer: false }]);
    await waitFor(() => expect(labels()).toEqual(['Bergamt', 'Show only Bergamt']));
    await user.keyboard('{Enter}');
    expect(location.hash).toBe('#/organizations/o1');
  });
});

/** UI-03, UI-07 */
describe('what is typed into the palette', () => {
  const group = (title: string, ...labels: string[]): Group => ({
    title,
    entries: labels.map((label) => ({ id: label, label })),
  });
  const labelsOf = (groups: Group[]): string[] => groups.flatMap(({ entries }) => entries.map(({ label }) => label));

  it('finds names that begin with it first, and keeps the order of the groups where the match is equal', () => {
    const groups = [
      group('Pages', 'Public page', 'Licences'),
      group('Customers', 'Alice GmbH', 'Lichtwerk'),
      group('Selection', 'Launch Web License Manager for 2 customers'),
      group('Actions', 'Licence history'),
    ];
    expect(labelsOf(ranked(groups, 'lic'))).toEqual([
      'Licences',
      'Lichtwerk',
      'Licence history',
      'Public page',
      'Alice GmbH',
      'Launch Web License Manager for 2 customers',
    ]);
    expect(ranked(groups, 'lic').map(({ title }) => title)).toEqual([
      'Pages',
      'Customers',
      'Actions',
      'Pages',
      'Customers',
      'Selection',
    ]);
  });

  it('puts what cannot be done now last, however well it matches, and minds neither case nor accents', () => {
    const groups: Group[] = [
      { title: 'Page', entries: [{ id: 'export', label: 'Équipe: export', refusal: 'Open a list first' }] },
      group('Actions', 'New équipe', 'ÉQUIPE'),
    ];
    expect(labelsOf(ranked(groups, 'equipe'))).toEqual(['ÉQUIPE', 'New équipe', 'Équipe: export']);
  });

  it('preselects a page before an act on what is chosen', async () => {
    const user = userEvent.setup();
    host.on('search.find', () => []);
    location.hash = '#/customers?open=c1';
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    await waitFor(() => expect(selected.in('customers')).toEqual(['c1']), { timeout: 5_000 });
    await openPalette(user);
    await user.keyboard('lic{Enter}');
    expect(location.hash).toMatch(/^#\/licences/);
    expect(host.callsOf('customers.launch')).toEqual([]);
  });
});

/** UI-03 */
describe('the focus after the palette', () => {
  const rail = async (): Promise<HTMLElement> => {
    render(App);
    const navigation = await screen.findByRole('navigation', { name: 'Main' });
    const link = within(navigation).getByRole('link', { name: /^Customers/ });
    link.focus();
    return link;
  };

  it('goes to the page that was opened', async () => {
    const user = userEvent.setup();
    location.hash = '#/preferences';
    const link = await rail();
    const palette = await openPalette(user);
    // A browser gives the focus to the field by itself.
    within(palette).getByRole('combobox').focus();
    await user.keyboard('customers{Enter}');
    await waitFor(() => expect(location.hash).toBe('#/customers'));
    const grid = await screen.findByRole('grid', { name: 'Customers' });
    await waitFor(() => expect(document.activeElement).toBe(grid));
    expect(document.activeElement).not.toBe(link);
  });

  it('goes back to where it came from when nothing was chosen', async () => {
    const user = userEvent.setup();
    const link = await rail();
    const palette = await openPalette(user);
    within(palette).getByRole('combobox').focus();
    // The browser closes a dialog on Escape by itself.
    palette.dispatchEvent(new Event('close'));
    await waitFor(() => expect(document.activeElement).toBe(link));
    expect(location.hash).toBe('#/customers');
  });
});
