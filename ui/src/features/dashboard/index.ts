// The dashboard: the first page after signing in.

import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  { path: '/', title: 'nav-dashboard', component: () => import('./DashboardPage.svelte') },
];

export const commands: PaletteCommand[] = [];
