// Flotilla's own services, and what this installation is (ADM-05, ADM-10). Administrators only (RGT-15).

import type { PaletteCommand, Route } from '$shared/app-types';

export const routes: Route[] = [
  {
    path: '/application-centre',
    title: 'nav-application_centre',
    component: () => import('./ApplicationCentrePage.svelte'),
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = [];
