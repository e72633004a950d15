// How wide the columns are, and how their arrangement is kept.

import { localization } from '$shared/i18n';
import type { ColumnDescription, ColumnLayout } from '$wire/types';
import { lettersWide } from './tag-width';

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

/** The address of a system is never cut: 255.255.255.255 with the sign that a click copies it. */
export const ADDRESS_TRACK = '128px';

/** How long ago the last contact was is short; its head is not. */
const CONTACT_HEAD = { en: '88px', fr: '108px', ja: '76px' };
export const contactTrack = (): string => CONTACT_HEAD[localization.language];

/** A letter of a cell; one of a wide script. */
const NARROW = 6.1;
const WIDE = 13.2;
/** What a mark with the gap after it takes, and the space at both ends of a cell. */
const MARK = 20;
const ENDS = 14;

/** States are never cut: so wide is the longest of these words in the language that is spoken; `marked`: with a mark before it. */
export const wordsTrack = (words: readonly string[], marked = false): string =>
  `${Math.ceil(Math.max(...words.map((word) => lettersWide(word, NARROW, WIDE))) + (marked ? MARK : 0) + ENDS)}px`;

/** The column that stays in view where a list is scrolled sideways: the first of words, which names the row. */
export const stayingColumn = <Column extends Pick<ColumnDescription, 'kind'>>(
  shown: readonly Column[],
): Column | undefined => shown.find(({ kind }) => kind === 'text') ?? shown[0];

/** What stands at the left and right of a row's cells, in pixels. */
const BESIDE = 28;
/** No column with a share of the space becomes narrower than this by itself, and the first, which names the row, not than that. */
const LEAST = 84;
const LEAST_FIRST = 128;

/**
 * `widths`: the tracks of columns that need another than their kind's. `space`: how wide the list is, in pixels; 0: not known.
 *
 * Where the columns do not fit, those that share the space give some of their least width, as far as all of them fit then: the
 * smaller its share, the sooner a column gives, and what names the row comes last.
 * Where that is not enough nothing is made narrower, and the list is scrolled.
 */
export function tracksOf(
  shown: readonly (ColumnDescription & { width: number | null })[],
  widths: Readonly<Record<string, string>>,
  selectable: boolean,
  space = 0,
): string {
  const tracks = shown.map((column, index) =>
    column.width !== null
      ? `${column.width}px`
      : (widths[column.name] ??
        (index === 0 && column.kind === 'text'
          ? 'minmax(170px, 1.8fr)'
          : column.kind === 'date'
            ? dayTrack()
            : (TRACKS[column.kind] ?? 'minmax(100px, 1fr)'))),
  );
  const tick = selectable ? 26 : 0;
  const fitted = space === 0 ? tracks : fit(tracks, space - BESIDE - tick);
  return [...(selectable ? [`${tick}px`] : []), ...fitted].join(' ');
}

/** A track that shares the space: its least width and its share. */
const SHARING = /^minmax\((\d+)px, ([\d.]+fr)\)$/;

function fit(tracks: readonly string[], space: number): readonly string[] {
  const parts = tracks.map((track, index) => {
    const sharing = SHARING.exec(track);
    const least = Number.parseFloat(/\d+/.exec(track)?.[0] ?? '0');
    const gives = sharing === null ? 0 : Math.max(0, least - (index === 0 ? LEAST_FIRST : LEAST));
    return { track, share: sharing?.[2] ?? '', least, gives };
  });
  const over = parts.reduce((sum, { least }) => sum + least, 0) - space;
  const given = parts.reduce((sum, { gives }) => sum + gives, 0);
  if (over <= 0 || over > given) return tracks;
  // Of what those with one share can give, so much is needed, from nothing to all of it.
  const needed = new Map<string, number>();
  let missing = over;
  for (const share of [...new Set(parts.flatMap(({ share }) => share || []))].sort(
    (a, b) => Number.parseFloat(a) - Number.parseFloat(b),
  )) {
    const all = parts.reduce((sum, part) => sum + (part.share === share ? part.gives : 0), 0);
    const part = Math.min(missing, all);
    needed.set(share, all === 0 ? 0 : part / all);
    missing -= part;
  }
  return parts.map(({ track, share, least, gives }) => {
    const gift = gives * (needed.get(share) ?? 0);
    return gift === 0 ? track : `minmax(${Math.floor(least - gift)}px, ${share})`;
  });
}

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
