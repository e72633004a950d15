// Systems: everything managed at an address.

import FolderInput from '@lucide/svelte/icons/folder-input';
import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  { path: '/systems', title: 'nav-systems', component: () => import('./SystemsPage.svelte') },
];

export const commands: PaletteCommand[] = [
  {
    id: 'systems.move',
    label: 'systems-act-move',
    icon: FolderInput,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
];
