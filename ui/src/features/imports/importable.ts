// What can be imported from a file: the same waiting list for each, described in one place (CUS-20, DEV-04).

import type { Component } from 'svelte';
import type { JsonCommand } from '$platform';
import type {
  ConnectionKind,
  FeatureName,
  FolderId,
  ImportColumnName,
  ImportKind,
  ImportView,
  Mode,
  OrganizationId,
  TransferId,
} from '$wire/types';
import type { Column, Field } from './columns';

/** What is said of all rows of a file before it is opened; each kind asks for its part of it. */
export interface Choice {
  mode: Mode;
  /** Empty: none is chosen yet. */
  organization: OrganizationId | '';
  folder: FolderId | '';
}

/** What the acts of a kind are called; each takes and answers the same for all kinds. */
export const commandsOf = (kind: ImportKind) =>
  ({
    template: `${kind}.import_template`,
    waiting: `${kind}.import_waiting`,
    view: `${kind}.import_view`,
    options: `${kind}.import_options`,
    columns: `${kind}.import_columns`,
    map: `${kind}.import_map`,
    fill: `${kind}.import_fill`,
    rows: `${kind}.import_rows`,
    window: `${kind}.import_window`,
    edit: `${kind}.import_edit`,
    remove: `${kind}.import_remove`,
    test: `${kind}.import_test`,
    trust: `${kind}.import_trust`,
    save: `${kind}.import_save`,
    discard: `${kind}.import_discard`,
    deleteFile: `${kind}.import_delete_file`,
  }) as const satisfies Record<string, JsonCommand>;

export interface Importable {
  /** Also the end of the keys of the words that differ. */
  name: ImportKind;
  commands: ReturnType<typeof commandsOf>;
  /** Makes a waiting list of an uploaded file. */
  open: (upload: TransferId, choice: Choice) => Promise<ImportView>;
  /** Where the assistant begins; a waiting list is below it. */
  path: string;
  /** Where one came from, and what was imported is shown. */
  home: { path: string; label: string };

  /** The keys of what became of rows, each with a count. */
  done: { added: string; updated: string; unchanged: string };

  /** The columns of the grid before the connection test, and those to the right of it, seldom looked at. */
  columns: readonly Column[];
  more: readonly Column[];
  /** What a column of a file can be, in the order of the template. */
  header: readonly { column: ImportColumnName; name: string }[];
  /** What a new row cannot do without. */
  required: readonly Field[];
  /** What has to be a column, since nothing said for all rows can stand for it. */
  needed: readonly ImportColumnName[];
  /** The fields of a row in the panel, with the keys of what is said of them; the port stands beside the address. */
  form: readonly { field: Exclude<Field, 'port'>; hint?: string }[];
  /** What kind of connection its rows are tested as. */
  connection: ConnectionKind;
  /** The port of rows without one. */
  port: string;
  /** The user that is proposed where rows have none. */
  userName: string;

  /** Asks for its part of the choice. */
  Choice: Component<{ choice: Choice }, object, 'choice'>;
  /** The key of what is missing in it before a file can be opened; null: nothing. */
  lacks: (choice: Choice) => string | null;
  /** Shows it in the bar of an open list, and has changed what can still be changed. */
  Chosen: Component<{ view: ImportView; locked: boolean; onmode: (mode: Mode) => void }>;
  /** Rows may be saved whose test did not succeed (CUS-23); never a device: it is known by its serial number. */
  withoutContact: boolean;
  /** A folder that a row names and that is not there is made with the row (DEV-04). */
  makesFolders: boolean;
  /** Something more or less of these features makes rows another thing than they were. */
  comparedWith: readonly FeatureName[];
}

/** The choice an open list was made with. */
export const choiceOf = (view: ImportView | null): Choice => ({
  mode: view?.mode ?? 'on-premises',
  organization: view?.organization ?? '',
  folder: view?.folder ?? '',
});
