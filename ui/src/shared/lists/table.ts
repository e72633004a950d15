import type { Snippet } from 'svelte';
import type { ColumnDescription, Criterion, Download, ListQuery } from '$wire/types';
import type { GlyphName } from '../components/Glyph.svelte';
import type { MenuEntry } from '../components/menu';
import type { BesideColumn } from './beside.svelte';
import type { Selection } from './selection';
import type { ListSource } from './source';

/** What a cell's snippet is given. */
export interface CellArgument<Row> {
  row: Row;
  value: unknown;
  id: string;
  column: ColumnDescription;
}

/** A file other than the list's own that its rows can be written to. */
export interface OtherFile {
  label: string;
  /** Writes what is listed, or the rows of these ids alone. */
  write: (query: ListQuery, ids: string[] | null) => Promise<Download>;
}

/** What a page gives to the list. */
export interface TableProps<Row extends { id: string }> {
  source: ListSource<Row>;
  title: string;
  organization?: string | null;
  /** A row's name, for screen readers. */
  name: (row: Row) => string;
  /** The row open in the panel beside. */
  open?: string | null;
  onopen?: (id: string) => void;
  selection?: Selection;
  selectable?: boolean;
  /** The filter while the address names none. Search, filter, sort and view stand in the address. */
  usual?: readonly Criterion[];
  cells?: Record<string, Snippet<[CellArgument<Row>]>>;
  /** Columns that another question fills (`BesideRows`); each has a snippet in `cells`. */
  beside?: readonly BesideColumn[];
  /** Told which rows are on screen, whenever they are others. */
  oninview?: (ids: readonly string[]) => void;
  /** Widths as grid tracks, for columns that need another than their kind's. */
  widths?: Record<string, string>;
  /** Columns that are left out, one after the other, where most cells of the others would be cut. */
  yielding?: readonly string[];
  /** Columns whose numbers or dates stand at the right edge besides those of kind number. */
  right?: readonly string[];
  /** At the right of the page's head. */
  actions?: Snippet;
  /** In the bar at the foot, given the chosen ids in the list's order. */
  selectionActions?: Snippet<[() => string[]]>;
  /** What can be done with these, in the menu of a row; `row`: the one it is opened at, as far as it is known. */
  menu?: (ids: string[], row: Row | undefined) => readonly MenuEntry[];
  /** When there is nothing at all; without, *Nothing matches* stands for both. */
  empty?: Snippet;
  /** What its rows can be written to besides the list's own files. */
  exports?: readonly OtherFile[];
  /** Between head and rows: a banner. */
  above?: Snippet;
  /** What the chip of a criterion says where its values are ids. */
  idName?: (column: string, id: string) => string | undefined;
  /** Rows can be dragged: under this type their ids are handed over as JSON, of all that are chosen when it is one of them. */
  dragged?: string;
  /** The names of the marks that stand before the values of a column where one chooses from them. */
  marks?: Record<string, (value: string) => GlyphName>;
}
