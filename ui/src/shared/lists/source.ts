// Where a list's rows come from. The table knows this port, not the commands behind it.

import { platform, type ByteCommand, type JsonCommand, type Reply } from '$platform';
import { localization } from '../i18n';
import type {
  ColumnLayout,
  ColumnValues,
  Download,
  ExportFormat,
  ListDescription,
  ListName,
  ListQuery,
  FeatureName,
  View,
} from '$wire/types';
import { call, noticed } from '../data.svelte';
import { PackedIds } from './packed';

/** What a row of each list is: what its command answers. */
export type Rows = { [List in ListName]: Reply<`${List}.window`>[number] };

export interface Change {
  ids: readonly string[];
  /** The membership changed: counts and order may differ. */
  membership: boolean;
  /** More changed than `ids` names. */
  many: boolean;
}

export interface ListSource<Row extends { id: string }> {
  readonly list: ListName;
  describe(): Promise<ListDescription>;
  index(query: ListQuery): Promise<PackedIds>;
  /** Which values a column has among the rows that match, but for its own criterion. */
  values(query: ListQuery, column: string): Promise<ColumnValues>;
  /** At most 200 ids; the answer may lack rows that have gone since. */
  window(ids: string[]): Promise<Row[]>;
  onChange(listener: (change: Change) => void): () => void;
  views(): Promise<View[]>;
  saveView(view: {
    id: string | null;
    name: string;
    shared: boolean;
    query: ListQuery;
    layout: ColumnLayout | null;
  }): Promise<View>;
  deleteView(id: string): Promise<void>;
  saveColumns(layout: ColumnLayout | null): Promise<void>;
  export(query: ListQuery, columns: string[], ids: string[] | null, format: ExportFormat): Promise<Download>;
}

/**
 * Lists whose rows are not what their feature's changes name: licences are told by their organizations, the rows are
 * products, lots, entries and dates of it. Whatever changed, all of them may have.
 */
const TOLD_BY_OTHERS: Partial<Record<ListName, FeatureName>> = {
  licences: 'licences',
  licence_lots: 'licences',
  licence_history: 'licences',
  licence_endings: 'licences',
};

/** Lists whose rows are named by the changes of another feature, among other ids. */
const NAMED_BY: Partial<Record<ListName, FeatureName>> = { device_results: 'devices' };

/** What a change of a feature is to a list; null: it does not concern it. */
function changeOf(list: ListName, feature: FeatureName, change: Change): Change | null {
  const other = TOLD_BY_OTHERS[list];
  if (other !== undefined) return feature === other ? { ids: [], membership: true, many: true } : null;
  return feature === (NAMED_BY[list] ?? (list as FeatureName)) ? change : null;
}

/** The list of a feature, by the command table's names. */
export function listSource<List extends ListName>(list: List): ListSource<Rows[List]> {
  return {
    list,
    describe: () => call('lists.describe', { list }),
    async index(query) {
      try {
        return new PackedIds(await platform().callBytes(`${list}.index` as ByteCommand, query));
      } catch (thrown) {
        throw noticed(thrown);
      }
    },
    values: (query, column) => call('lists.values', { list, query, column }),
    window: (ids) => call(`${list}.window` as JsonCommand, { ids } as never) as unknown as Promise<Rows[List][]>,
    onChange(listener) {
      const stop = platform().subscribe((event) => {
        const change = event.kind === 'changed' ? changeOf(list, event.feature, event) : null;
        if (change !== null) listener(change);
      });
      const stopReconnect = platform().onReconnect(() => listener({ ids: [], membership: true, many: true }));
      return () => {
        stop();
        stopReconnect();
      };
    },
    views: () => call('lists.views', { list }),
    saveView: (view) => call('lists.save_view', { ...view, list }),
    async deleteView(id) {
      await call('lists.delete_view', { id });
    },
    async saveColumns(layout) {
      await call('lists.save_columns', { list, layout });
    },
    // Times as they are shown here.
    export: (query, columns, ids, format) =>
      call('lists.export', { list, query, columns, ids, format, zone: localization.zone }),
  };
}
