import { beforeEach, expect, it } from 'vitest';
import { waitFor } from '@testing-library/svelte';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import { chooseOrganization } from './choose-organization';
import { sessionView } from './sheet/fleet';

const FIRST = 'o1';
const OTHER = 'o2';
let host: FakePlatform;

beforeEach(() => {
  host = new FakePlatform({ 'session.choose_organization': () => ({}) });
  usePlatform(host);
  session.view = { ...sessionView, organization: FIRST };
  router.waiting = null;
});

/** UI-01: a page of one organization is left for the same place of the one that is chosen at the top. */
it.each([
  [`/licences/of/${FIRST}`, `/licences/of/${OTHER}`, '/licences'],
  [`/licences/of/${FIRST}/edge/wallet`, `/licences/of/${OTHER}/edge/wallet`, '/licences'],
  [`/licences/of/${FIRST}/edge/redeem`, `/licences/of/${OTHER}/edge/redeem`, '/licences'],
  [`/organizations/${FIRST}`, `/organizations/${OTHER}`, '/organizations'],
  [`/organizations/${FIRST}/edit`, `/organizations/${OTHER}/edit`, '/organizations'],
  [`/organizations/${FIRST}/members`, `/organizations/${OTHER}/members`, '/organizations'],
  [`/organizations/${FIRST}/credentials`, `/organizations/${OTHER}/credentials`, '/organizations'],
  [`/customers/edit/${FIRST}`, '/customers', '/customers'],
  ['/customers', '/customers', '/customers'],
])('%s goes along', async (from, ofOther, ofAll) => {
  router.go(from, {}, { sure: true });
  chooseOrganization(OTHER, sessionView);
  await waitFor(() => expect(session.organization).toBe(OTHER));
  expect(router.path).toBe(ofOther);
  router.go(from, {}, { sure: true });
  chooseOrganization(null, sessionView);
  await waitFor(() => expect(session.organization).toBeNull());
  expect(router.path).toBe(ofAll);
});

it('takes the organization out of an address that names one, and keeps the rest', async () => {
  router.go('/systems', { organization: FIRST, search: 'dock' }, { sure: true });
  chooseOrganization(OTHER, sessionView);
  await waitFor(() => expect(router.query('organization')).toBeNull());
  expect(router.query('search')).toBe('dock');
});

it('leaves the page where it is when the core refuses', async () => {
  host.on('session.choose_organization', () => Promise.reject(new WireError({ code: 'not-found' })));
  router.go(`/organizations/${FIRST}`, {}, { sure: true });
  chooseOrganization(OTHER, sessionView);
  await waitFor(() => expect(host.callsOf('session.choose_organization')).toHaveLength(1));
  expect(session.organization).toBe(FIRST);
  expect(router.path).toBe(`/organizations/${FIRST}`);
});

it('asks first where something is typed, and changes nothing until then', async () => {
  router.go(`/organizations/${FIRST}/edit`, {}, { sure: true });
  const unguard = router.guard({ loses: () => true });
  chooseOrganization(OTHER, sessionView);
  expect(session.organization).toBe(FIRST);
  expect(router.waiting).not.toBeNull();
  router.waiting?.();
  await waitFor(() => expect(router.path).toBe(`/organizations/${OTHER}/edit`));
  expect(session.organization).toBe(OTHER);
  unguard();
});
