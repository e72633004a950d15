// Alarms: what is wrong, where, since when.

import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  { path: '/alarms', title: 'nav-alarms', component: () => import('./AlarmsPage.svelte') },
];

export const commands: PaletteCommand[] = [];
