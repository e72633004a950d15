// Where the panels of the dashboard stand. Pure: the page draws what this decides.

export interface Panel<Name extends string> {
  name: Name;
  /** So many lines it has, about. */
  lines: number;
  /** It needs the widest column, which is the first. */
  wide?: boolean;
}

/** What a panel has besides its lines: head and space. */
const FRAME = 2.5;
/** The narrowest a column may be, in pixels. */
const NARROWEST = 300;

/** So many columns have space side by side. */
export const columnCount = (width: number): number => Math.max(1, Math.min(4, Math.floor(width / NARROWEST)));

/**
 * The panels in columns, given the most urgent first: each stands in the column that is shortest so far, so that the
 * urgent ones stand at the top of every width, and no column is much longer than another.
 */
export function inColumns<Name extends string>(panels: readonly Panel<Name>[], count: number): Name[][] {
  const columns = Array.from({ length: Math.max(1, Math.min(count, panels.length)) }, () => ({
    names: [] as Name[],
    lines: 0,
  }));
  const put = (panel: Panel<Name>, column: (typeof columns)[number] | undefined): void => {
    column?.names.push(panel.name);
    if (column) column.lines += panel.lines + FRAME;
  };
  for (const panel of panels) {
    const shortest = columns.reduce((best, column) => (column.lines < best.lines ? column : best));
    put(panel, panel.wide ? columns[0] : shortest);
  }
  return columns.map(({ names }) => names);
}
