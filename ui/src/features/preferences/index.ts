// Preferences of the workspace. Administrators only (RGT-15).

import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  {
    path: '/preferences',
    title: 'nav-preferences',
    component: () => import('./PreferencesPage.svelte'),
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = [];
