import BellRing from '@lucide/svelte/icons/bell-ring';
import Building2 from '@lucide/svelte/icons/building-2';
import Cctv from '@lucide/svelte/icons/cctv';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Layers2 from '@lucide/svelte/icons/layers-2';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import Package from '@lucide/svelte/icons/package';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ServerCog from '@lucide/svelte/icons/server-cog';
import Settings from '@lucide/svelte/icons/settings';
import Users from '@lucide/svelte/icons/users';
import type { IconType } from '$shared/components';
import type { Route } from '$shared/app-types';
import { matchPath } from '$shared/router.svelte';
import type { SessionView } from '$wire/types';
import { routes } from './features';

export interface Place {
  path: string;
  label: string;
  icon: IconType;
  /** The letter that leads there after `g`. */
  key?: string;
  /** Where the pages lie that belong to it besides those below its own address. */
  also?: string;
}

/** UI-01, in its order; a line between the groups. A place without a page is not shown: no dead links. */
const GROUPS: Place[][] = [
  [
    { path: '/', label: 'nav-dashboard', icon: LayoutDashboard, key: 'd' },
    { path: '/customers', label: 'nav-customers', icon: Building2, key: 'c' },
    { path: '/systems', label: 'nav-systems', icon: Cctv, key: 's', also: '/devices' },
    { path: '/alarms', label: 'nav-alarms', icon: BellRing, key: 'a' },
    { path: '/jobs', label: 'nav-jobs', icon: ListChecks, key: 'j' },
    { path: '/licences', label: 'nav-licences', icon: KeyRound, key: 'l' },
  ],
  [{ path: '/repository', label: 'nav-repository', icon: Package, key: 'r' }],
  [
    { path: '/organizations', label: 'nav-organizations', icon: Layers2 },
    { path: '/accounts', label: 'nav-accounts', icon: Users },
    { path: '/preferences', label: 'nav-preferences', icon: Settings, key: 'p' },
    { path: '/audit', label: 'nav-audit', icon: ScrollText },
    { path: '/application-centre', label: 'nav-application_centre', icon: ServerCog },
  ],
];

export interface Found {
  route: Route;
  params: Record<string, string>;
}

/** The page of an address, if this person may open it. */
export function findRoute(path: string, session: SessionView, all: readonly Route[] = routes): Found | null {
  for (const route of all) {
    const params = matchPath(route.path, path);
    if (params !== null && (route.may?.(session) ?? true)) return { route, params };
  }
  return null;
}

export function placesFor(session: SessionView): Place[][] {
  return GROUPS.map((group) => group.filter((place) => findRoute(place.path, session) !== null)).filter(
    (group) => group.length > 0,
  );
}

const isIn = (place: string, path: string): boolean => path === place || path.startsWith(`${place}/`);

/** Whether a place is where an address lies: `/customers/import` is in Customers. */
export const isHere = (place: Place, path: string): boolean =>
  place.path === '/' ? path === '/' : isIn(place.path, path) || (place.also !== undefined && isIn(place.also, path));
