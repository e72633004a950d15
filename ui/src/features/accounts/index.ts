// Accounts: the people who sign in to the workspace. Administrators only (RGT-15).

import Pencil from '@lucide/svelte/icons/pencil';
import Trash2 from '@lucide/svelte/icons/trash-2';
import UserPlus from '@lucide/svelte/icons/user-plus';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  {
    path: '/accounts',
    title: 'nav-accounts',
    component: () => import('./AccountsPage.svelte'),
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = [
  {
    id: 'accounts.add',
    label: 'accounts-add-command',
    icon: UserPlus,
    may: (session) => session.may.administer,
    run: () => router.go('/accounts', { open: 'new' }),
  },
  {
    id: 'accounts.edit',
    label: 'accounts-act-edit',
    icon: Pencil,
    may: (session) => session.may.administer,
    on: 'accounts',
  },
  {
    id: 'accounts.delete',
    label: 'accounts-act-delete',
    icon: Trash2,
    may: (session) => session.may.administer,
    on: 'accounts',
  },
];
