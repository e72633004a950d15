// Organizations: what customers, systems and people belong to (ORG-01 to ORG-04).

import Archive from '@lucide/svelte/icons/archive';
import FolderTree from '@lucide/svelte/icons/folder-tree';
import Layers2 from '@lucide/svelte/icons/layers-2';
import Pencil from '@lucide/svelte/icons/pencil';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import UserRoundMinus from '@lucide/svelte/icons/user-round-minus';
import UsersRound from '@lucide/svelte/icons/users-round';
import type { PaletteCommand, Route } from '$shared/app-types';
import { toast } from '$shared/components';
import { t } from '$shared/i18n';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';

const PAGES = { members: UsersRound, folders: FolderTree, activity: ScrollText };

/** The same page of another organization; of all of them the list. */
const samePage =
  (page: string): NonNullable<Route['elsewhere']> =>
  (organization) =>
    organization === null ? '/organizations' : `/organizations/${organization}${page}`;

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
    elsewhere: samePage('/edit'),
    title: 'organizations-edit',
    component: () => import('./EditPage.svelte'),
  },
  {
    path: '/organizations/:id/members',
    elsewhere: samePage('/members'),
    title: 'organizations-members',
    component: () => import('./MembersPage.svelte'),
  },
  {
    path: '/organizations/:id/folders',
    elsewhere: samePage('/folders'),
    title: 'folders-title',
    component: () => import('./FoldersPage.svelte'),
  },
  {
    path: '/organizations/:id/activity',
    elsewhere: samePage('/activity'),
    title: 'nav-activity',
    component: () => import('./ActivityPage.svelte'),
  },
  {
    path: '/organizations/:id',
    elsewhere: samePage(''),
    title: 'organizations-title',
    component: () => import('./OrganizationPage.svelte'),
  },
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
  ...(['members', 'folders', 'activity'] as const).map((page): PaletteCommand => ({
    id: `organizations.${page}`,
    label: `organizations-act-${page}`,
    icon: PAGES[page],
    run: () => openPage(page),
  })),
  {
    id: 'members.access',
    label: 'members-act-access',
    icon: UsersRound,
    may: (session) => session.may.manage_systems,
    on: 'members',
  },
  {
    id: 'members.remove',
    label: 'members-act-remove',
    icon: UserRoundMinus,
    may: (session) => session.may.manage_systems,
    on: 'members',
  },
];

/** The page of the organization chosen at the top; without one, the list to choose from. */
function openPage(page: keyof typeof PAGES): void {
  const { organization } = session;
  if (organization !== null) return router.go(`/organizations/${organization}/${page}`);
  toast.done(t('organizations-act-choose-first'));
  router.go('/organizations');
}
