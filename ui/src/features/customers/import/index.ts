// Import of customers from a CSV file (CUS-20 to CUS-25): file, check, test, save.

import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

export const importRoutes: Route[] = [
  {
    path: '/customers/import/:id?',
    title: 'import-title',
    component: () => import('./ImportPage.svelte'),
    // RGT-12
    may: (session) => session.may.administer,
  },
];

export const importCommands: PaletteCommand[] = [
  {
    id: 'customers.import',
    label: 'import-command',
    icon: FileSpreadsheet,
    may: (session) => session.may.administer,
    run: () => router.go('/customers/import'),
  },
];
