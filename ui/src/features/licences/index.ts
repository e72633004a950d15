// Licences: wallets, subscriptions, what ends (LIC-01 to LIC-66, LIC-75, LIC-77).

import BadgeCheck from '@lucide/svelte/icons/badge-check';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import KeyRound from '@lucide/svelte/icons/key-round';
import LibraryBig from '@lucide/svelte/icons/library-big';
import Send from '@lucide/svelte/icons/send';
import type { PaletteCommand, Route } from '$shared/app-types';
import { format, now } from '$shared/i18n';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import { testClock } from '$shared/test-clock.svelte';
import { endingsWithin, isTab, organizationPath, productPath } from './paths';
import { SOON_DAYS } from './soon';

export { default as TestClockBanner } from './TestClockBanner.svelte';
export { default as TestClockDialog } from './TestClockDialog.svelte';

/** The same part of the same product of another organization; of all of them the list. */
const inProduct =
  (part: Parameters<typeof productPath>[2]): NonNullable<Route['elsewhere']> =>
  (organization, { product = '' }) =>
    organization === null ? '/licences' : productPath(organization, product, part);

export const routes: Route[] = [
  { path: '/licences', title: 'nav-licences', component: () => import('./LicencesPage.svelte') },
  { path: '/licences/endings', title: 'licences-list-endings', component: () => import('./EndingsPage.svelte') },
  { path: '/licences/wallets', title: 'licences-list-lots', component: () => import('./WalletsPage.svelte') },
  { path: '/licences/history', title: 'licences-list-history', component: () => import('./HistoryPage.svelte') },
  {
    path: '/licences/catalogue',
    title: 'licences-catalogue',
    component: () => import('./CataloguePage.svelte'),
    may: (view) => view.may.administer,
  },
  {
    path: '/licences/issuers',
    title: 'licences-issuers',
    component: () => import('./IssuersPage.svelte'),
    may: (view) => view.may.administer,
  },
  {
    path: '/licences/of/:organization',
    elsewhere: (organization) => (organization === null ? '/licences' : organizationPath(organization)),
    title: 'licences-products',
    component: () => import('./ProductsPage.svelte'),
  },
  {
    path: '/licences/of/:organization/:product/redeem',
    elsewhere: inProduct('redeem'),
    title: 'licences-redeem-title',
    component: () => import('./RedeemPage.svelte'),
  },
  {
    path: '/licences/of/:organization/:product/open',
    elsewhere: inProduct('open'),
    title: 'licences-open-title',
    component: () => import('./OpeningPage.svelte'),
  },
  {
    path: '/licences/of/:organization/:product/reconcile',
    elsewhere: inProduct('reconcile'),
    title: 'licences-reconcile-title',
    component: () => import('./ReconcilePage.svelte'),
  },
  {
    path: '/licences/of/:organization/:product/file',
    elsewhere: inProduct('file'),
    title: 'licences-file-title',
    component: () => import('./SystemFilePage.svelte'),
  },
  {
    path: '/licences/of/:organization/:product/:tab?',
    elsewhere: (organization, params) => inProduct(isTab(params.tab) ? params.tab : 'overview')(organization, params),
    title: 'licences-product',
    component: () => import('./ProductPage.svelte'),
  },
];

export const commands: PaletteCommand[] = [
  {
    id: 'licences.soon',
    label: 'licences-command-soon',
    icon: CalendarClock,
    run: () => {
      location.hash = endingsWithin(format.dayOf(now.value), SOON_DAYS);
    },
  },
  {
    id: 'licences.test-clock',
    label: 'test-clock-command',
    icon: CalendarClock,
    may: (view) => view.may.administer && testClock.offered,
    run: () => (testClock.choosing = true),
  },
  {
    id: 'licences.products',
    label: 'licences-command-products',
    icon: KeyRound,
    run: () => router.go(session.organization === null ? '/licences' : organizationPath(session.organization)),
  },
  { id: 'licences.redeem', label: 'licences-command-redeem', icon: KeyRound, on: 'licences' },
  { id: 'licences.allocate', label: 'licences-command-allocate', icon: CalendarPlus, on: 'licences' },
  { id: 'licences.transfer', label: 'licences-command-transfer', icon: Send, on: 'licences' },
  {
    id: 'licences.catalogue',
    label: 'licences-command-catalogue',
    icon: LibraryBig,
    may: (view) => view.may.administer,
    run: () => router.go('/licences/catalogue'),
  },
  {
    id: 'licences.issuers',
    label: 'licences-command-issuers',
    icon: BadgeCheck,
    may: (view) => view.may.administer,
    run: () => router.go('/licences/issuers'),
  },
];
