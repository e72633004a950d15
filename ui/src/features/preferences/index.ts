// Preferences of the workspace. Administrators only (RGT-15).

import Settings from '@lucide/svelte/icons/settings';
import type { PaletteCommand, Route } from '$shared/app-types';
import { t } from '$shared/i18n';
import { router } from '$shared/router.svelte';
import { PARTS } from './parts';

export const routes: Route[] = [
  {
    path: '/preferences',
    title: 'nav-preferences',
    component: () => import('./PreferencesPage.svelte'),
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = PARTS.map((part) => ({
  id: `preferences.${part}`,
  label: 'preferences-part-command',
  words: () => ({ part: t(`preferences-${part}`) }),
  icon: Settings,
  may: (session) => session.may.administer,
  run: () => router.go('/preferences', { part }),
}));
