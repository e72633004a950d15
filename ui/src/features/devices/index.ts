// Devices: how they are found and added, and what acts on them came to (DEV-01, DEV-02, DEV-04, UI-29).

import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Plus from '@lucide/svelte/icons/plus';
import Radar from '@lucide/svelte/icons/radar';
import type { PaletteCommand, Route } from '$shared/app-types';
import { toast } from '$shared/components';
import { t } from '$shared/i18n';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';

/** Where the import assistant begins. */
export const importPath = '/devices/import';

export const routes: Route[] = [
  {
    path: '/devices/find/:id?',
    title: 'devices-find',
    component: () => import('./FindPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  {
    path: '/devices/add',
    title: 'devices-by-hand-title',
    component: () => import('./AddPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  {
    path: `${importPath}/:id?`,
    title: 'import-title-devices',
    component: () => import('./ImportPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  {
    path: '/devices/commission',
    title: 'commission-title',
    component: () => import('./commissioning/CommissionPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  {
    path: '/devices/upgrade',
    title: 'upgrade-title',
    component: () => import('./upgrade/UpgradePage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  { path: '/devices/acts', title: 'devices-acts', component: () => import('./ActsPage.svelte') },
  { path: '/devices/acts/:id', title: 'devices-results', component: () => import('./ActPage.svelte') },
  {
    path: '/organizations/:id/credentials',
    elsewhere: (organization) =>
      organization === null ? '/organizations' : `/organizations/${organization}/credentials`,
    title: 'devices-sets',
    component: () => import('./CredentialsPage.svelte'),
  },
];

export const commands: PaletteCommand[] = [
  {
    id: 'devices.find',
    label: 'devices-find',
    icon: Radar,
    may: (session) => session.may.manage_systems,
    run: () => router.go('/devices/find'),
  },
  {
    id: 'devices.add',
    label: 'devices-by-hand',
    icon: Plus,
    may: (session) => session.may.manage_systems,
    run: () => router.go('/devices/add'),
  },
  {
    id: 'devices.import',
    label: 'devices-import-command',
    icon: FileSpreadsheet,
    may: (session) => session.may.manage_systems,
    run: () => router.go(importPath),
  },
  { id: 'devices.acts', label: 'devices-acts', icon: ListChecks, run: () => router.go('/devices/acts') },
  {
    id: 'devices.credentials',
    label: 'devices-sets',
    icon: KeyRound,
    may: (session) => session.may.manage_systems,
    run: openCredentials,
  },
];

/** The credential sets of the organization chosen at the top; without one, the list to choose from. */
function openCredentials(): void {
  const { organization } = session;
  if (organization !== null) return router.go(`/organizations/${organization}/credentials`);
  toast.done(t('organizations-act-choose-first'));
  router.go('/organizations');
}
