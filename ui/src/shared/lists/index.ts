export { default as DataTable } from './DataTable.svelte';
export { PackedIds, packIds } from './packed';
export { emptySelection, inOrder, remove as unselect, selectOnly, type Selection } from './selection';
export { listSource, type Change, type ListSource, type Rows } from './source';
export { columnLabel, choiceLabel } from './words';
export { anyOf, filterOf, filterText } from './address';
export type { CellArgument } from './table';
export { BesideRows, type BesideColumn } from './beside.svelte';
export { firstRows, type FirstRows } from './first-rows.svelte';
