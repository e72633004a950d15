// The audit log. Administrators only (RGT-15).

import Download from '@lucide/svelte/icons/download';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';
import { exportLog } from './export-log';

export const routes: Route[] = [
  {
    path: '/audit',
    title: 'nav-audit',
    component: () => import('./AuditPage.svelte'),
    may: (session) => session.may.administer,
  },
];

export const commands: PaletteCommand[] = [
  {
    id: 'audit.verify',
    label: 'audit-verify-command',
    icon: ShieldCheck,
    may: (session) => session.may.administer,
    run: () => router.go('/audit', { open: 'verification' }),
  },
  {
    id: 'audit.export',
    label: 'audit-export-command',
    icon: Download,
    may: (session) => session.may.administer,
    run: () => void exportLog(),
  },
];
