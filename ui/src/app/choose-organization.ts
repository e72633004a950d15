// Choosing the organization whose things are shown (UI-01): a page of one organization goes along.

import { toast } from '$shared/components';
import { href, parseAddress, router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { SessionView } from '$wire/types';
import { findRoute } from './navigation';

/** Where the page that is open goes when this organization is chosen, or all of them (null); null: it stays. */
export function placeOf(organization: string | null, view: SessionView): string | null {
  const found = findRoute(router.path, view);
  const path = found?.route.elsewhere?.(organization, found.params) ?? router.path;
  if (path !== router.path) return href(path);
  // An address that names an organization by itself no longer does.
  const named = router.query('organization');
  return named === null || named === organization ? null : router.hrefWith({ organization: null });
}

/** What is typed on a page that would go is asked about first: then neither changes. */
export function chooseOrganization(organization: string | null, view: SessionView): void {
  const next = placeOf(organization, view);
  const choose = async (): Promise<void> => {
    try {
      await session.chooseOrganization(organization);
    } catch (thrown) {
      toast.problem(thrown);
      return;
    }
    if (next === null) return;
    const { path, query } = parseAddress(next);
    router.go(path, Object.fromEntries(query), { sure: true });
  };
  if (next === null) void choose();
  else router.leave(() => void choose(), parseAddress(next));
}
