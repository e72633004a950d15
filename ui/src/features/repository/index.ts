// The software repository: everything that can be installed or handed out (REP-01). Everybody may look (RGT-13).

import Cloud from '@lucide/svelte/icons/cloud';
import Download from '@lucide/svelte/icons/download';
import FolderDown from '@lucide/svelte/icons/folder-down';
import Link from '@lucide/svelte/icons/link';
import Pencil from '@lucide/svelte/icons/pencil';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Wrench from '@lucide/svelte/icons/wrench';
import type { PaletteCommand, Route } from '$shared/app-types';
import { anyOf, filterText } from '$shared/lists/address';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  { path: '/repository', title: 'nav-repository', component: () => import('./RepositoryPage.svelte') },
];

export const commands: PaletteCommand[] = [
  {
    id: 'repository.add',
    label: 'repository-act-add',
    icon: FolderDown,
    may: (session) => session.may.administer,
    run: () => router.go('/repository', { add: 'file' }),
  },
  {
    id: 'repository.fetch',
    label: 'repository-act-fetch',
    icon: Link,
    may: (session) => session.may.administer,
    run: () => router.go('/repository', { add: 'address' }),
  },
  {
    id: 'repository.indexes',
    label: 'repository-act-indexes',
    icon: Cloud,
    may: (session) => session.may.administer,
    run: () => router.go('/repository', { add: 'index' }),
  },
  {
    id: 'repository.tools',
    label: 'repository-act-tools',
    icon: Wrench,
    run: () => router.go('/repository', { filter: filterText([anyOf('kind', ['tool'])]) }),
  },
  {
    id: 'repository.edit',
    label: 'repository-act-edit',
    icon: Pencil,
    may: (session) => session.may.administer,
    on: 'repository',
  },
  {
    id: 'repository.save-file',
    label: 'repository-act-save-file',
    icon: Download,
    on: 'repository',
  },
  {
    id: 'repository.verify',
    label: 'repository-act-verify',
    icon: ShieldCheck,
    may: (session) => session.may.administer,
    on: 'repository',
  },
  {
    id: 'repository.delete',
    label: 'repository-act-delete',
    icon: Trash2,
    may: (session) => session.may.administer,
    on: 'repository',
  },
];
