// How wide the columns are, and how their arrangement is kept.

import { localization } from '$shared/i18n';
import type { ColumnDescription, ColumnLayout } from '$wire/types';

/** The grid track of a column of each kind, as long as nobody has made it wider or narrower. */
const TRACKS: Record<string, string> = {
  text: 'minmax(110px, 1fr)',
  number: 'minmax(72px, 96px)',
  time: 'minmax(132px, 150px)',
  choice: 'minmax(110px, 0.8fr)',
  tags: 'minmax(110px, 0.8fr)',
  yes_no: 'minmax(72px, 96px)',
  version: 'minmax(84px, 110px)',
};

/** A day is never cut: *25 Dec 2026* and *25 déc. 2026* are shorter than *2026年12月25日*. */
const dayTrack = (): string => (localization.language === 'ja' ? '124px' : '108px');

/** `widths`: the tracks of columns that need another than their kind's. */
export const tracksOf = (
  shown: readonly (ColumnDescription & { width: number | null })[],
  widths: Readonly<Record<string, string>>,
  selectable: boolean,
): string =>
  [
    ...(selectable ? ['26px'] : []),
    ...shown.map((column, index) =>
      column.width !== null
        ? `${column.width}px`
        : (widths[column.name] ??
          (index === 0 && column.kind === 'text'
            ? 'minmax(170px, 1.8fr)'
            : column.kind === 'date'
              ? dayTrack()
              : (TRACKS[column.kind] ?? 'minmax(100px, 1fr)'))),
    ),
  ].join(' ');

/**
 * Saves layouts one after another, so that the latest is in force; one that is overtaken while it waits is left out.
 */
export function layoutKeeper(
  save: (layout: ColumnLayout | null) => Promise<void>,
  failed: (thrown: unknown) => void,
): (layout: ColumnLayout | null) => void {
  let saved: Promise<void> = Promise.resolve();
  let unsaved: ColumnLayout | null | undefined;
  const saveLatest = async (): Promise<void> => {
    const layout = unsaved;
    unsaved = undefined;
    if (layout !== undefined) await save(layout);
  };
  return (layout) => {
    const waited = unsaved !== undefined;
    unsaved = layout;
    if (!waited) saved = saved.then(saveLatest).catch(failed);
  };
}
