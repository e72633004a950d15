// Systems: everything managed at an address.

import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import FolderInput from '@lucide/svelte/icons/folder-input';
import CircleArrowDown from '@lucide/svelte/icons/circle-arrow-down';
import CircleArrowUp from '@lucide/svelte/icons/circle-arrow-up';
import AppWindow from '@lucide/svelte/icons/app-window';
import KeyRound from '@lucide/svelte/icons/key-round';
import PackagePlus from '@lucide/svelte/icons/package-plus';
import Power from '@lucide/svelte/icons/power';
import Settings2 from '@lucide/svelte/icons/settings-2';
import Replace from '@lucide/svelte/icons/replace';
import Trash2 from '@lucide/svelte/icons/trash-2';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Users from '@lucide/svelte/icons/users';
import { mayMonitorAnywhere } from '$features/connections/monitoring';
import type { PaletteCommand, Route } from '$shared/app-types';
import { router } from '$shared/router.svelte';

export const routes: Route[] = [
  { path: '/systems', title: 'nav-systems', component: () => import('./SystemsPage.svelte') },
];

export const commands: PaletteCommand[] = [
  {
    id: 'systems.move',
    label: 'systems-act-move',
    icon: FolderInput,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'systems.monitoring-off',
    label: 'systems-act-monitoring-off',
    icon: EyeOff,
    may: (session) => mayMonitorAnywhere(session.may),
    on: 'systems',
  },
  {
    id: 'systems.monitoring-on',
    label: 'systems-act-monitoring-on',
    icon: Eye,
    may: (session) => mayMonitorAnywhere(session.may),
    on: 'systems',
  },
  {
    id: 'systems.add-application',
    label: 'applications-connected-add-title',
    icon: AppWindow,
    may: (session) => session.may.manage_systems,
    run: () => router.go('/systems', { add: 'application' }),
  },
  {
    id: 'systems.remove-applications',
    label: 'systems-act-remove-applications',
    icon: Trash2,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.accounts',
    label: 'systems-act-accounts',
    icon: Users,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.restart',
    label: 'systems-act-restart',
    icon: Power,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.upgrade',
    label: 'upgrade-act',
    icon: CircleArrowUp,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.rotate',
    label: 'systems-act-rotate',
    icon: KeyRound,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.roll-back',
    label: 'systems-act-rollback',
    icon: CircleArrowDown,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.commission',
    label: 'commission-act',
    icon: Settings2,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.install-application',
    label: 'applications-act-install',
    icon: PackagePlus,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.applications',
    label: 'applications-act-control',
    icon: AppWindow,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.factory-default',
    label: 'systems-act-factory-default',
    icon: RotateCcw,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.transfer',
    label: 'systems-act-transfer',
    icon: Replace,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
  {
    id: 'devices.remove',
    label: 'systems-act-remove',
    icon: Trash2,
    may: (session) => session.may.manage_systems,
    on: 'systems',
  },
];
