// The systems of one job: the list of all of them, of which the job is no criterion that could be taken away (JOB-11).

import { anyOf, listSource, type ListSource, type Rows } from '$shared/lists';
import type { Criterion, ListQuery, TaskState } from '$wire/types';

type Row = Rows['job_tasks'];

/** What is said in other columns, or in the panel, and needs their width. */
const HIDDEN = ['step', 'serial', 'host', 'model', 'version_from', 'started_at', 'finished_at'];

/** Waves are counted from one for whoever looks, and from zero in the core. */
function asKept(criterion: Criterion): Criterion {
  const { column, test } = criterion;
  if (column !== 'wave' || test.kind !== 'range') return criterion;
  const less = (edge: number | null): number | null => (edge === null ? null : edge - 1);
  return { column, test: { ...test, from: less(test.from), to: less(test.to) } };
}

/** `waves`: there are several. */
export function tasksOf(job: string, waves: () => boolean): ListSource<Row> {
  const all = listSource('job_tasks');
  const of = (query: ListQuery): ListQuery => ({
    ...query,
    criteria: [anyOf('job', [job]), ...query.criteria.map(asKept)],
  });
  return {
    ...all,
    async describe() {
      const description = await all.describe();
      return {
        ...description,
        columns: description.columns
          .filter(({ name }) => name !== 'job')
          .map((column) =>
            HIDDEN.includes(column.name) || (column.name === 'wave' && !waves())
              ? { ...column, default_visible: false }
              : column,
          ),
      };
    },
    index: (query) => all.index(of(query)),
    values: (query, column) => all.values(of(query), column),
    export: (query, columns, ids, format) => all.export(of(query), columns, ids, format),
  };
}

/** The buttons that show the systems of a state alone, with what stands on them. */
export const TASK_GROUPS: readonly (TaskState | 'all')[] = [
  'all',
  'running',
  'done',
  'failed',
  'unknown',
  'skipped',
  'waiting',
  'stopped',
];
