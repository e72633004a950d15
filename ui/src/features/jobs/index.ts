// Jobs: work on many systems, at once or at a time, in waves, each system with its own result (JOB-01 on).

import Check from '@lucide/svelte/icons/check';
import CircleStop from '@lucide/svelte/icons/circle-stop';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Pause from '@lucide/svelte/icons/pause';
import Play from '@lucide/svelte/icons/play';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { PaletteCommand, Route } from '$shared/app-types';
import { anyOf, filterText } from '$shared/lists/address';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  { path: '/jobs', title: 'nav-jobs', component: () => import('./JobsPage.svelte') },
  { path: '/jobs/:id', title: 'nav-jobs', component: () => import('./JobPage.svelte') },
  { path: '/jobs/:id/copy', title: 'jobs-copy-title', component: () => import('./CopyPage.svelte') },
];

export const commands: PaletteCommand[] = [
  {
    id: 'jobs.running',
    label: 'jobs-act-show-running',
    icon: ListChecks,
    run: () => router.go('/jobs', { filter: filterText([anyOf('state', ['running'])]) }),
  },
  { id: 'jobs.approve', label: 'jobs-act-selected-approve', icon: Check, on: 'jobs' },
  { id: 'jobs.pause', label: 'jobs-act-selected-pause', icon: Pause, on: 'jobs' },
  { id: 'jobs.resume', label: 'jobs-act-selected-resume', icon: Play, on: 'jobs' },
  { id: 'jobs.stop', label: 'jobs-act-selected-stop', icon: CircleStop, on: 'jobs' },
  { id: 'jobs.delete', label: 'jobs-act-selected-delete', icon: Trash2, on: 'jobs' },
];
