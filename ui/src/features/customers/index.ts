// Customers: organizations whose systems Flotilla connects to (CUS-01 to CUS-52).

import Building2 from '@lucide/svelte/icons/building-2';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';
import { importCommands, importRoutes } from './import';

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
    title: 'customers-edit-title',
    component: () => import('./CustomerPage.svelte'),
    may: (session) => session.may.manage_systems,
  },
  ...importRoutes,
];

export const commands: PaletteCommand[] = [
  {
    id: 'customers.add',
    label: 'customers-add-command',
    icon: Building2,
    may: (session) => session.may.create_organizations,
    run: () => router.go('/customers/new'),
  },
  ...importCommands,
];
