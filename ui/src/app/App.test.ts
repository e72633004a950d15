import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { workspaceState } from '$features/session/testing';
import { usePlatform, WireError } from '$platform';
import type { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { format } from '$shared/i18n';
import { session } from '$shared/session.svelte';
import App from './App.svelte';
import { routes } from './features';
import { matches, marked } from './palette';
import { findRoute, isHere, placesFor } from './navigation';
import { fleet, sessionView } from './sheet/fleet';

let host: FakePlatform;

beforeEach(() => {
  host = fleet(10);
  usePlatform(host);
  queryClient.clear();
  session.view = null;
  session.ended = false;
  location.hash = '';
  Object.defineProperty(window, 'innerWidth', { value: 1280, configurable: true });
});

/** The audit log's page does not arrive so many times, and then does. */
function missingPart(times: number) {
  const route = routes.find(({ path }) => path === '/audit');
  if (route === undefined) throw new Error('there is no such page');
  const page = createRawSnippet(() => ({ render: () => '<p>the page</p>' }));
  const part = vi.spyOn(route, 'component').mockResolvedValue({ default: page as never });
  for (let time = 0; time < times; time += 1) part.mockRejectedValueOnce(new Error('it did not arrive'));
  return part;
}

/** UI-01, ACC-01, ACC-08, ACC-10 */
describe('the frame', () => {
  test('without a session there is a sign-in form and nothing of the fleet', async () => {
    host.on('session.current', () => {
      throw new WireError({ code: 'session.missing' });
    });
    render(App);
    await waitFor(() => expect(document.querySelector('input[type=password]')).not.toBeNull());
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(host.callsOf('dashboard.read')).toEqual([]);
  });

  test('with one there are navigation, organization, running work and the person', async () => {
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    expect(screen.getByRole('button', { name: /All organizations/ })).toBeTruthy();
    expect(await screen.findByText('1 running')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Signed in as Maren Osei' })).toBeTruthy();
  });

  test('when the session ends the page stays, out of reach under the sign-in form', async () => {
    render(App);
    const navigation = await screen.findByRole('navigation', { name: 'Main' });
    host.emit({ kind: 'session_ended', session: sessionView.id, at: 0 });
    await waitFor(() => expect(document.querySelector('input[type=password]')).not.toBeNull());
    expect(navigation.isConnected).toBe(true);
    expect(document.querySelector<HTMLElement>('.keep')?.inert).toBe(true);
  });

  /** CUS-43 */
  test('a session that ended with a restart says so, and not that it ended by itself', async () => {
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    host.on('workspace.state', () => ({ ...workspaceState(), instance: 'run-2' }));
    host.emit({ kind: 'session_ended', session: sessionView.id, at: 0 });
    await screen.findByRole('heading', { name: 'Flotilla was restarted' });
    expect(screen.queryByText('Session ended')).toBeNull();
  });

  /** CUS-43 */
  test('without a connection it says how old everything is, tries again when asked, and asks anew when it is back', async () => {
    render(App);
    // The page is a part of its own, and is compiled when it is first asked for.
    await screen.findByText(/· live$/, {}, { timeout: 25_000 });
    const since = Date.now();
    host.connect({ kind: 'lost', since, attempts: 3, next: Date.now() + 60_000 });
    await screen.findByText(`Connection lost; data of ${format.clockTime(since)}`);
    expect(screen.getByText(/^3 tries, next in (60|59) s$/)).toBeTruthy();
    expect(screen.queryByText(/· live$/)).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(host.reconnects).toBe(1);
    const asked = host.callsOf('dashboard.read').length;
    host.connect({ kind: 'live' });
    await screen.findByText(/· live$/);
    expect(screen.queryByText(/Connection lost/)).toBeNull();
    await waitFor(() => expect(host.callsOf('dashboard.read').length).toBeGreaterThan(asked));
  });

  /** CUS-43 */
  test('a page that did not arrive comes by itself with the connection, and another page is not held up by it', async () => {
    const part = missingPart(1);
    render(App);
    await screen.findByText(/· live$/, {}, { timeout: 25_000 });
    host.connect({ kind: 'lost', since: Date.now(), attempts: 1, next: Date.now() + 60_000 });
    location.hash = '#/audit';
    await screen.findByRole('button', { name: 'Try again' });
    location.hash = '#/';
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull());
    location.hash = '#/audit';
    await screen.findByRole('button', { name: 'Try again' });
    expect(part).toHaveBeenCalledTimes(1);
    host.connect({ kind: 'live' });
    await screen.findByText('the page');
  });

  /** CUS-43 */
  test('a page that did not arrive comes after signing in again', async () => {
    missingPart(1);
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    session.ended = true;
    location.hash = '#/audit';
    await waitFor(() => expect(document.querySelector('.keep .padded')).not.toBeNull());
    session.ended = false;
    await screen.findByText('the page');
  });

  test('a page that is left asks nothing more, for the next one has no organization in its address', async () => {
    host
      .on('organizations.read', ({ id }) => ({ id, name: 'Werft' }) as never)
      .on('licences.product', () => new Promise<never>(() => undefined))
      .on('licences.products', () => new Promise<never>(() => undefined));
    location.hash = '#/licences/of/o1/edge/overview';
    render(App);
    await waitFor(() => expect(host.callsOf('licences.product')).toHaveLength(1), { timeout: 25_000 });
    location.hash = '#/licences/of/o2/edge/overview';
    await waitFor(() => expect(host.callsOf('licences.product')).toHaveLength(2));
    location.hash = '#/licences/of/o1';
    await waitFor(() => expect(host.callsOf('licences.products')).toHaveLength(1));
    location.hash = '#/audit';
    await waitFor(() => expect(document.title).toMatch(/^Audit/));
    await waitFor(() => expect(host.callsOf('audit.index').length).toBeGreaterThan(0));
    const ids = [...host.callsOf('licences.product'), ...host.callsOf('licences.products')].map(
      ({ organization }) => organization,
    );
    expect(ids).toEqual(['o1', 'o2', 'o1']);
    expect(host.callsOf('organizations.read').filter(({ id }) => id === '')).toEqual([]);
  });

  test('the end of somebody else’s session changes nothing', async () => {
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    host.emit({ kind: 'session_ended', session: 'another', at: 0 });
    expect(session.ended).toBe(false);
  });

  test('choosing an organization is sent to the core and used by every page', async () => {
    host.on('session.choose_organization', () => ({}));
    host.on('organizations.read', ({ id }) => ({ id, name: 'Kaufhaus Bergmann GmbH' }) as never);
    const user = userEvent.setup();
    render(App);
    await user.click(await screen.findByRole('button', { name: /All organizations/ }));
    const menu = (await screen.findByLabelText('Search organizations')).closest<HTMLElement>('.popover');
    if (menu === null) throw new Error('it is not in a menu');
    await fireEvent.click(await within(menu).findByText('Kaufhaus Bergmann GmbH'));
    await screen.findByRole('button', { name: 'Organization: Kaufhaus Bergmann GmbH' });
    expect(host.callsOf('session.choose_organization')).toHaveLength(1);
    await waitFor(() => expect(host.callsOf('dashboard.read').at(-1)?.organization).not.toBeNull());
  });
});

/** UI-03 */
describe('the palette', () => {
  test('opens with Ctrl K, finds customers and systems, and leads there', async () => {
    const user = userEvent.setup();
    render(App);
    await screen.findByRole('navigation', { name: 'Main' });
    await user.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog', { name: 'Search or run a command' });
    await user.type(within(palette).getByRole('combobox'), 'berg');
    await within(palette).findByRole('option', { name: /KBG-HAN-01/ });
    await user.keyboard('{ArrowDown}{Enter}');
    // A system is looked at where its customer is.
    expect(location.hash).toMatch(/^#\/customers\?open=.+&system=.+/);
  });

  test('words match in any order, case and accents aside', () => {
    expect(matches('Côté Marché Nantes', 'nantes cote')).toBe(true);
    expect(matches('Hotel Bergblick', 'berg garmisch')).toBe(false);
    expect(marked('Kaufhaus Bergmann', 'berg').filter((one) => one.hit)).toEqual([{ part: 'Berg', hit: true }]);
  });
});

/** UI-01 */
describe('navigation', () => {
  test('shows only places that have a page this person may open', () => {
    const all = placesFor(sessionView).flat();
    for (const place of all) expect(findRoute(place.path, sessionView)).not.toBeNull();
    const operator = {
      ...sessionView,
      profile: { ...sessionView.profile, role: 'operator' as const },
      may: { ...sessionView.may, administer: false },
    };
    expect(
      placesFor(operator)
        .flat()
        .map((place) => place.path),
    ).not.toContain('/preferences');
  });

  test('a page below a place is in it', () => {
    const [customers] = [{ path: '/customers', label: '', icon: null as never }];
    expect(isHere(customers, '/customers/import')).toBe(true);
    expect(isHere(customers, '/customersx')).toBe(false);
  });
});
