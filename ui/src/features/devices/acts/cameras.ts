// Which of chosen systems speak the protocol of devices, and the names of those that an act is not on.

import { ofKind } from '$features/systems/among';
import { call } from '$shared/data.svelte';
import { listSource } from '$shared/lists';
import type { ErrorCode, SystemRow } from '$wire/types';
import { apartWords, nameOf } from '../act-words';

/** Those of the ids that are cameras, in their order. */
export const camerasAmong = (ids: readonly string[]): Promise<string[]> => ofKind('camera', ids);

/** The organization that all of these systems belong to; empty: they are of several. */
export async function organizationOfAll(ids: readonly string[]): Promise<string> {
  const [first] = await call('systems.window', { ids: ids.slice(0, 1) });
  if (first === undefined) return '';
  const { organization } = first;
  const inside = await listSource('systems').index({ organization, search: '', criteria: [], sort: null });
  return [...inside.among(new Set(ids))].length === ids.length ? organization : '';
}

/** At most so many are named; the others have their reason alone. */
const NAMED = 200;

/** A device that an act is not on, by name; empty: the account does not see it. */
export interface LeftOutDevice {
  id: string;
  name: string;
  /** What tells it apart from others of its name. */
  apart: string;
  problem: ErrorCode;
}

/** What was left out, by name. */
export async function leftOut(skipped: readonly { id: string; problem: ErrorCode }[]): Promise<LeftOutDevice[]> {
  let known = new Map<string, SystemRow>();
  try {
    const rows = await call('systems.window', { ids: skipped.slice(0, NAMED).map(({ id }) => id) });
    known = new Map(rows.map((row) => [row.id, row]));
  } catch {
    // The reasons are what matters, and they are here.
  }
  return skipped.map(({ id, problem }) => {
    const row = known.get(id);
    return { id, problem, name: row === undefined ? '' : nameOf(row), apart: row === undefined ? '' : apartWords(row) };
  });
}
