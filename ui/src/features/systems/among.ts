// Which of chosen systems are of one kind: what is done with some of them is not done with others.

import { call } from '$shared/data.svelte';
import { anyOf, listSource } from '$shared/lists';
import type { SystemKind, SystemRow } from '$wire/types';

/** Those of the ids that are of this kind, in their order. */
export async function ofKind(kind: SystemKind, ids: readonly string[]): Promise<string[]> {
  const all = await listSource('systems').index({
    organization: null,
    search: '',
    criteria: [anyOf('kind', [kind])],
    sort: null,
  });
  const wanted = new Set([...all.among(new Set(ids))]);
  return ids.filter((id) => wanted.has(id));
}

/** So many rows are asked for at once. */
const WINDOW = 200;

/** The connections that the video servers among these systems are reached by, in their order, each once. */
export async function serverConnections(ids: readonly string[]): Promise<string[]> {
  const servers = await ofKind('video_server', ids);
  const rows: SystemRow[] = [];
  for (let start = 0; start < servers.length; start += WINDOW)
    rows.push(...(await call('systems.window', { ids: servers.slice(start, start + WINDOW) })));
  return [...new Set(rows.flatMap(({ connection }) => (connection === null ? [] : [connection])))];
}
