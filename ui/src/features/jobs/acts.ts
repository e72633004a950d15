// What a person may do with jobs (JOB-13, JOB-14, JOB-26): one or many, each with its outcome.

import Check from '@lucide/svelte/icons/check';
import CircleStop from '@lucide/svelte/icons/circle-stop';
import Pause from '@lucide/svelte/icons/pause';
import Play from '@lucide/svelte/icons/play';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { IconType } from '$shared/components';
import { call } from '$shared/data.svelte';
import type { JobAct, JobOutcome, JobRow } from '$wire/types';

/** What is done with several at once. */
export type ManyAct = Extract<JobAct, 'approve' | 'pause' | 'resume' | 'stop' | 'delete'>;
export const MANY_ACTS: readonly ManyAct[] = ['approve', 'pause', 'resume', 'stop', 'delete'];
export const isMany = (act: JobAct): act is ManyAct => (MANY_ACTS as readonly string[]).includes(act);
export const ACT_ICONS: Record<ManyAct, IconType> = {
  approve: Check,
  pause: Pause,
  resume: Play,
  stop: CircleStop,
  delete: Trash2,
};
/** What is asked about before: what waited is given up, or what was done is not found here any more. */
export const isAsked = (act: ManyAct): boolean => act === 'stop' || act === 'delete';

const run: Record<ManyAct, (ids: string[]) => Promise<JobOutcome[]>> = {
  approve: (ids) => call('jobs.approve', { ids }),
  pause: (ids) => call('jobs.pause', { ids }),
  resume: (ids) => call('jobs.resume', { ids }),
  stop: (ids) => call('jobs.stop', { ids }),
  delete: (ids) => call('jobs.delete', { ids }),
};
/** The core takes so many at once; the others follow. */
const AT_ONCE = 5000;

export async function doWith(act: ManyAct, ids: readonly string[]): Promise<JobOutcome[]> {
  const outcomes: JobOutcome[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE)
    outcomes.push(...(await run[act](ids.slice(start, start + AT_ONCE))));
  return outcomes;
}

/** So many are named; the others have their reason alone. */
const NAMED = 200;

/** The jobs of these ids, as far as they are seen and there are not too many to name. */
export async function rowsOf(ids: readonly string[]): Promise<Map<string, JobRow>> {
  try {
    const rows = await call('jobs.window', { ids: ids.slice(0, NAMED) });
    return new Map(rows.map((row) => [row.id, row]));
  } catch {
    // The reasons are what matters, and they are here.
    return new Map();
  }
}
