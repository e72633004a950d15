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

/** The tick before a row. */
const TICK = 26;

/** The track of the column at this place, from 0. */
function trackOf(
  column: ColumnDescription & { width: number | null },
  index: number,
  widths: Readonly<Record<string, string>>,
): string {
  if (column.width !== null) return `${column.width}px`;
  const given = widths[column.name];
  if (given !== undefined) return given;
  if (index === 0 && column.kind === 'text') return 'minmax(170px, 1.8fr)';
  return column.kind === 'date' ? dayTrack() : (TRACKS[column.kind] ?? 'minmax(100px, 1fr)');
}

/** How wide the head of a column and the cells drawn so far are by themselves, in pixels, by the column's name. */
export type Needs = Readonly<Record<string, { head: number; cells: readonly number[] }>>;

/** Of what is drawn so far nothing tells how wide the others are: words of a choice change while they are in view. */
const AS_CONTENT: ReadonlySet<string> = new Set(['text', 'time', 'version', 'number']);

/**
 * `widths`: the tracks of columns that need another than their kind's. `space`: how wide the list is, in pixels; 0: not known.
 * `needs`: of the columns that are drawn; with them the space goes where it makes most cells whole, and no column keeps more than
 * its content needs while another is cut.
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
  needs: Needs = {},
): string {
  const tracks = shown.map((column, index) => trackOf(column, index, widths));
  const tick = selectable ? TICK : 0;
  const fitted = space === 0 ? tracks : fit(tracks, space - BESIDE - tick, shown, needs);
  return [...(selectable ? [`${tick}px`] : []), ...fitted].join(' ');
}

/** A track that shares the space: its least width and its share. */
const SHARING = /^minmax\((\d+)px, ([\d.]+fr)\)$/;

/** A track of a width that is known, or between two of them. */
const FIXED = /^(?:minmax\((\d+)px, )?(\d+)px\)?$/;

/** A column counts by its share of the space; one with hardly any wants no more than to be whole. */
const LEAST_WEIGHT = 0.5;

interface Part {
  track: string;
  /** What shares the space with the others; empty: it has a width of its own. */
  share: string;
  least: number;
  /** So much of its least width it gives where the columns do not fit. */
  gives: number;
  /** The widths at which its head and its cells are whole, the narrowest first; empty: nobody knows. */
  whole: readonly number[];
}

function partOf(
  track: string,
  first: boolean,
  column: { kind: string; width: number | null },
  need: Needs[string] | undefined,
): Part {
  const sharing = SHARING.exec(track);
  const least = Number.parseFloat(/\d+/.exec(track)?.[0] ?? '0');
  const whole = need === undefined ? [] : [need.head, ...need.cells].map(Math.ceil).sort((a, b) => a - b);
  const most = whole.at(-1) ?? Infinity;
  if (sharing !== null) {
    const own = Math.min(least, most);
    const gives = Math.max(0, own - (first ? LEAST_FIRST : LEAST));
    return {
      track: own === least ? track : `minmax(${own}px, ${sharing[2] ?? '1fr'})`,
      share: sharing[2] ?? '',
      least: own,
      gives,
      whole,
    };
  }
  const widest = Number(FIXED.exec(track)?.[2] ?? least);
  // Words of a choice are whole, however wide their letters are; other columns are no wider than their content.
  const asDrawn =
    column.kind === 'choice' ? whole.length > 0 && most > widest : AS_CONTENT.has(column.kind) && most < widest;
  if (column.width === null && asDrawn) return { track: `${most}px`, share: '', least: most, gives: 0, whole };
  return { track, share: '', least, gives: 0, whole };
}

function fit(
  tracks: readonly string[],
  space: number,
  shown: readonly { name: string; kind: string; width: number | null }[],
  needs: Needs,
): readonly string[] {
  const parts = tracks.map((track, index) =>
    partOf(track, index === 0, shown[index] ?? { kind: 'text', width: null }, needs[shown[index]?.name ?? '']),
  );
  // The words of a state, and what has the largest share, are cut last.
  const keeping = parts.map((part, index) =>
    shown[index]?.kind === 'choice' || Number.parseFloat(part.share) >= MAIN_SHARE ? { ...part, gives: 0 } : part,
  );
  return wholeCells(keeping, space) ?? wholeCells(parts, space) ?? giving(parts, space);
}

/** Whether a column is as wide as what was drawn of it so far, and has no width of its own any more. */
export const isShrunk = (track: string, need: Needs[string] | undefined): boolean =>
  need !== undefined && track === `${Math.ceil(Math.max(need.head, ...need.cells))}px`;

/** The space goes where it makes most cells whole; null: nothing is known of the cells, or the columns do not fit. */
function wholeCells(parts: readonly Part[], space: number): readonly string[] | null {
  const flexible = parts.filter(({ share, whole }) => share !== '' && whole.length > 0);
  if (flexible.length === 0) return null;
  const sizes = new Map(flexible.map((part) => [part, part.least - part.gives]));
  let left = space;
  for (const part of parts) left -= sizes.get(part) ?? Number(FIXED.exec(part.track)?.[2] ?? part.least);
  if (left < 0) return null;
  for (;;) {
    // The step that makes the most cells whole for each pixel.
    let best: { part: Part; to: number; gain: number } | null = null;
    for (const part of flexible) {
      const now = sizes.get(part) ?? 0;
      let more = 0;
      for (const [place, to] of part.whole.entries()) {
        if (to <= now) continue;
        if (to - now > left) break;
        more += 1;
        if (part.whole[place + 1] === to) continue;
        const gain = (more * Math.max(LEAST_WEIGHT, Number.parseFloat(part.share))) / (to - now);
        if (best === null || gain > best.gain) best = { part, to, gain };
      }
    }
    if (best === null) break;
    left -= best.to - (sizes.get(best.part) ?? 0);
    sizes.set(best.part, best.to);
  }
  // What makes no cell whole any more goes to those that are cut, by their shares.
  const cut = flexible.filter((part) => (part.whole.at(-1) ?? 0) > (sizes.get(part) ?? 0));
  const shares = cut.reduce((sum, { share }) => sum + Number.parseFloat(share), 0);
  for (const part of cut) {
    const now = sizes.get(part) ?? 0;
    const more = Math.floor((left * Number.parseFloat(part.share)) / shares);
    sizes.set(part, Math.min(now + more, part.whole.at(-1) ?? now));
  }
  return parts.map((part) => {
    const size = sizes.get(part);
    return size === undefined ? part.track : `minmax(${size}px, ${part.share})`;
  });
}

function giving(parts: readonly Part[], space: number): readonly string[] {
  const tracks = parts.map(({ track }) => track);
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
 * The columns without those that give way: of `yielding` one after the other is left out for as long as more than one of four
 * cells of those that share the space would be cut.
 */
export function withoutYielding<Column extends ColumnDescription & { width: number | null }>(
  shown: readonly Column[],
  yielding: readonly string[],
  widths: Readonly<Record<string, string>>,
  selectable: boolean,
  space: number,
  needs: Needs,
): readonly Column[] {
  // Of what nothing is known nothing is left out.
  if (Object.keys(needs).length === 0) return shown;
  let left = shown;
  for (const name of yielding) {
    if (mostlyWhole(left, widths, needs) + BESIDE + (selectable ? TICK : 0) <= space) return left;
    left = left.filter((column) => column.name !== name);
  }
  return left;
}

/** With such a share a column is what one comes to read. */
const MAIN_SHARE = 2;

/** From here on a text is a sentence: its beginning says what it is about. */
const SENTENCE = 240;

/** So wide columns are with three of four cells whole. */
function mostlyWhole(
  shown: readonly (ColumnDescription & { width: number | null })[],
  widths: Readonly<Record<string, string>>,
  needs: Needs,
): number {
  return shown.reduce((sum, column, index) => {
    const part = partOf(trackOf(column, index, widths), index === 0, column, needs[column.name]);
    const enough = part.share === '' ? undefined : part.whole[Math.floor((part.whole.length * 3) / 4)];
    // A column of sentences takes no other's place.
    return sum + Math.min(enough ?? part.least, SENTENCE);
  }, 0);
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
