// What a list can do, for the command palette (UI-07): everything its head, its toolbar and its bar can.

import type { ExportFormat } from '$wire/types';
import { format, t } from '../i18n';
import type { OfferedAct } from '../offered.svelte';
import type { ListViews } from './views.svelte';

/** The list as it is now. */
export interface ActedList {
  title: string;
  views: ListViews;
  /** So many rows are listed. */
  listed: number;
  chosen: number;
  selectable: boolean;
  /** Search or filter are in force. */
  narrowed: boolean;
  /** The columns are arranged by hand. */
  arranged: boolean;
  /** New rows or another order wait for a yes. */
  moved: boolean;
  search: () => void;
  filter: () => void;
  clear: () => void;
  refresh: () => void;
  sortAgain: () => void;
  chooseAll: () => void;
  chooseNone: () => void;
  showColumns: () => void;
  usualColumns: () => void;
  exportAs: (kind: ExportFormat, chosen: boolean) => void;
  /** What the rows can be written to besides. */
  otherFiles: readonly { label: string; run: (chosen: boolean) => void }[];
}

const FORMATS: readonly ExportFormat[] = ['csv', 'xlsx'];

export function listActs(list: ActedList): OfferedAct[] {
  const { views } = list;
  const unless = (possible: boolean, why: string): string | null => (possible ? null : why);
  const noRows = unless(list.listed > 0, t('palette-list-empty'));
  const noneChosen = unless(list.chosen > 0, t('palette-select-first', { list: list.title }));
  const noView = unless(views.own !== null, t('palette-view-first'));
  const all = format.number(list.listed);
  return [
    { id: 'list.search', label: t('shortcut-search'), keys: '/', run: list.search },
    { id: 'list.filter', label: t('palette-filter'), run: list.filter },
    {
      id: 'list.clear',
      label: t('list-clear-filter'),
      run: list.clear,
      refusal: unless(list.narrowed, t('palette-not-narrowed')),
    },
    { id: 'list.refresh', label: t('palette-refresh', { list: list.title }), run: list.refresh },
    ...(list.moved ? [{ id: 'list.sort-again', label: t('palette-sort-again'), run: list.sortAgain }] : []),
    ...(list.selectable
      ? [
          {
            id: 'list.choose-all',
            label: t('list-select-all-matching', { count: all }),
            keys: 'mod+a',
            run: list.chooseAll,
            refusal: noRows,
          },
          { id: 'list.choose-none', label: t('list-clear-selection'), run: list.chooseNone, refusal: noneChosen },
        ]
      : []),
    ...FORMATS.map((kind) => ({
      id: `list.export.${kind}`,
      label: t('palette-export-all', { count: all, format: kind.toUpperCase() }),
      run: () => list.exportAs(kind, false),
      refusal: noRows,
    })),
    ...list.otherFiles.map(({ label, run }, place) => ({
      id: `list.export.other-${place}`,
      label,
      run: () => run(false),
      refusal: noRows,
    })),
    ...(list.selectable
      ? FORMATS.map((kind) => ({
          id: `list.export-chosen.${kind}`,
          label: t('palette-export-chosen', { count: format.number(list.chosen), format: kind.toUpperCase() }),
          run: () => list.exportAs(kind, true),
          refusal: noneChosen,
        }))
      : []),
    { id: 'list.columns', label: t('palette-columns'), run: list.showColumns },
    {
      id: 'list.columns-usual',
      label: t('palette-columns-usual'),
      run: list.usualColumns,
      refusal: unless(list.arranged, t('palette-columns-are-usual')),
    },
    ...views.all.map((view) => ({
      id: `list.view.${view.id}`,
      label: t('palette-view', { name: view.name }),
      run: () => views.use(view),
      refusal: unless(view.id !== views.current?.id, t('palette-in-force')),
    })),
    {
      id: 'list.view',
      label: t('palette-view', { name: t('list-views-all') }),
      run: () => views.useNone(),
      refusal: unless(views.current !== null || list.narrowed, t('palette-in-force')),
    },
    { id: 'list.view-save', label: t('list-views-save'), run: () => views.askName() },
    {
      id: 'list.view-update',
      label: views.own === null ? t('palette-view-update') : t('list-views-update', { name: views.own.name }),
      run: () => views.update(),
      refusal: noView,
    },
    {
      id: 'list.view-delete',
      label: views.own === null ? t('palette-view-delete') : t('list-views-delete', { name: views.own.name }),
      run: () => (views.toDelete = views.own),
      refusal: noView,
    },
  ];
}
