// The results of one act: the list of all results, of which the act is no criterion that could be taken away (UI-29).

import { anyOf, listSource, type Change, type ListSource, type Rows } from '$shared/lists';
import type { ListQuery } from '$wire/types';

type Row = Rows['device_results'];

export function resultsOf(act: string): ListSource<Row> {
  const all = listSource('device_results');
  const of = (query: ListQuery): ListQuery => ({ ...query, criteria: [anyOf('act', [act]), ...query.criteria] });
  return {
    ...all,
    async describe() {
      const description = await all.describe();
      return {
        ...description,
        columns: description.columns
          .filter(({ name }) => name !== 'act')
          .map((column) =>
            // What it is known by is in its panel; why it failed needs the width.
            column.name === 'serial' ? { ...column, default_visible: false } : column,
          ),
      };
    },
    index: (query) => all.index(of(query)),
    values: (query, column) => all.values(of(query), column),
    // The ids that are told are those of the act and of its results.
    onChange: (listener: (change: Change) => void) =>
      all.onChange((change) => {
        if (change.many || change.ids.includes(act)) listener(change);
      }),
    export: (query, columns, ids, format) => all.export(of(query), columns, ids, format),
  };
}

/** The core answers so many rows at once. */
const WINDOW = 200;

/** The results of an act in these states, all of them. */
export async function resultsIn(act: string, states: readonly string[]): Promise<Row[]> {
  const source = resultsOf(act);
  const query: ListQuery = { organization: null, search: '', criteria: [anyOf('state', states)], sort: null };
  const ids = [...(await source.index(query))];
  return rowsOf(ids);
}

export async function rowsOf(ids: readonly string[]): Promise<Row[]> {
  const source = listSource('device_results');
  const rows: Row[] = [];
  for (let start = 0; start < ids.length; start += WINDOW)
    rows.push(...(await source.window(ids.slice(start, start + WINDOW))));
  return rows;
}
