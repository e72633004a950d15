// Customers: organizations whose systems Flotilla connects to (CUS-01 to CUS-52).

import Building2 from '@lucide/svelte/icons/building-2';
import ExternalLink from '@lucide/svelte/icons/external-link';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import Plug from '@lucide/svelte/icons/plug';
import Pencil from '@lucide/svelte/icons/pencil';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';
import type { Application } from '$wire/types';
import { APPLICATIONS, applicationName } from './customer-words';

/** The palette's command that launches an application. */
export const launchCommand = (application: Application): string => `customers.launch.${application}`;

/** Where the import assistant begins. */
export const importPath = '/customers/import';

export const routes: Route[] = [
  { path: '/customers', title: 'nav-customers', component: () => import('./CustomersPage.svelte') },
  {
    path: '/customers/new',
    title: 'customers-add',
    component: () => import('./CustomerPage.svelte'),
    may: (session) => session.may.create_organizations,
  },
  {
    path: '/customers/edit/:id',
    // Not every organization is a customer.
    elsewhere: () => '/customers',
    title: 'customers-edit-title',
    component: () => import('./CustomerPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  {
    path: `${importPath}/:id?`,
    title: 'import-title-customers',
    component: () => import('./ImportPage.svelte'),
    // RGT-12
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = [
  {
    id: 'customers.add',
    label: 'customers-add-command',
    icon: Building2,
    may: (session) => session.may.create_organizations,
    run: () => router.go('/customers/new'),
  },
  {
    id: 'customers.import',
    label: 'import-command',
    icon: FileSpreadsheet,
    may: (session) => session.may.administer,
    run: () => router.go(importPath),
  },
  { id: 'customers.refresh', label: 'customers-act-refresh', icon: RefreshCw, on: 'customers' },
  {
    id: 'customers.edit',
    label: 'customers-act-edit',
    icon: Pencil,
    may: (session) => session.may.manage_systems,
    on: 'customers',
  },
  {
    id: 'customers.connect',
    label: 'customers-act-connect',
    icon: Plug,
    may: (session) => session.may.manage_systems,
    on: 'customers',
  },
  {
    id: 'customers.delete',
    label: 'customers-act-delete',
    icon: Trash2,
    may: (session) => session.may.administer,
    on: 'customers',
  },
  ...APPLICATIONS.map((application): PaletteCommand => ({
    id: launchCommand(application),
    label: 'customers-act-launch',
    words: () => ({ application: applicationName(application) }),
    icon: ExternalLink,
    may: (session) => session.may.launch,
    on: 'customers',
  })),
];
