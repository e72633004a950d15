// The signed-in account's own settings (ACC-20 to ACC-22).

import KeyRound from '@lucide/svelte/icons/key-round';
import UserRound from '@lucide/svelte/icons/user-round';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  { path: '/profile', title: 'profile-title', component: () => import('./ProfilePage.svelte') },
];

export const commands: PaletteCommand[] = [
  { id: 'profile.open', label: 'profile-edit-own', icon: UserRound, run: () => router.go('/profile') },
  {
    id: 'profile.password',
    label: 'profile-password-change',
    icon: KeyRound,
    run: () => router.go('/profile', { change: 'password' }),
  },
];
