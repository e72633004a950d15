// Organizations: what customers, systems and people belong to (ORG-01 to ORG-04).

import Archive from '@lucide/svelte/icons/archive';
import Layers2 from '@lucide/svelte/icons/layers-2';
import Pencil from '@lucide/svelte/icons/pencil';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  {
    path: '/organizations',
    title: 'nav-organizations',
    component: () => import('./OrganizationsPage.svelte'),
  },
  {
    path: '/organizations/new',
    title: 'organizations-create',
    component: () => import('./CreatePage.svelte'),
    may: (session) => session.may.create_organizations,
  },
  {
    path: '/organizations/:id/edit',
    title: 'organizations-edit',
    component: () => import('./EditPage.svelte'),
  },
  { path: '/organizations/:id', title: 'organizations-title', component: () => import('./OrganizationPage.svelte') },
];

export const commands: PaletteCommand[] = [
  {
    id: 'organizations.create',
    label: 'organizations-create',
    icon: Layers2,
    may: (session) => session.may.create_organizations,
    run: () => router.go('/organizations/new'),
  },
  {
    id: 'organizations.archived',
    label: 'organizations-archived-command',
    icon: Archive,
    may: (session) => session.may.administer,
    run: () => router.go('/organizations', { show: 'archived' }),
  },
  {
    id: 'organizations.edit',
    label: 'organizations-act-edit',
    icon: Pencil,
    may: (session) => session.may.manage_systems,
    on: 'organizations',
  },
];
