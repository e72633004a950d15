// Which of chosen systems speak the protocol of devices, and the names of those that an act is not on.

import { call } from '$shared/data.svelte';
import { listSource } from '$shared/lists';
import type { DeviceActBegun, ErrorCode } from '$wire/types';
import { CAMERAS } from './acts';

/** Those of the ids that are cameras, in their order. */
export async function camerasAmong(ids: readonly string[]): Promise<string[]> {
  const all = await listSource('systems').index(CAMERAS);
  const wanted = new Set([...all.among(new Set(ids))]);
  return ids.filter((id) => wanted.has(id));
}

/** At most so many are named; the others have their reason alone. */
const NAMED = 200;

/** A device that an act is not on, by name; empty: the account does not see it. */
export interface LeftOutDevice {
  id: string;
  name: string;
  problem: ErrorCode;
}

/** What was left out, by name. */
export async function leftOut(skipped: DeviceActBegun['skipped']): Promise<LeftOutDevice[]> {
  let names = new Map<string, string>();
  try {
    const rows = await call('systems.window', { ids: skipped.slice(0, NAMED).map(({ id }) => id) });
    names = new Map(rows.map(({ id, name }) => [id, name]));
  } catch {
    // The reasons are what matters, and they are here.
  }
  return skipped.map(({ id, problem }) => ({ id, problem, name: names.get(id) ?? '' }));
}
