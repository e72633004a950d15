// Customers: organizations whose systems Flotilla connects to (CUS-01 to CUS-52).

import Building2 from '@lucide/svelte/icons/building-2';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

/** The import assistant says by itself where it is; without it nothing of it is offered. */
const assistants = import.meta.glob<{ importRoutes?: Route[] }>('./import/index.ts', { eager: true });
export const importRoutes: Route[] = Object.values(assistants).flatMap((assistant) => assistant.importRoutes ?? []);
export const importPath = importRoutes[0]?.path;

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
];
