// Systems: everything managed at an address.

import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  { path: '/systems', title: 'nav-systems', component: () => import('./SystemsPage.svelte') },
];

export const commands: PaletteCommand[] = [];
