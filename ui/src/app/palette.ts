// What the palette offers, in groups (UI-03). Pure, so that the order can be tested.

import type { PaletteCommand } from '$shared/app-types';
import type { IconType } from '$shared/components';
import { format, t } from '$shared/i18n';
import type { OfferedAct } from '$shared/offered.svelte';
import type { OnScreen } from '$shared/selected.svelte';
import type { SessionView } from '$wire/types';

export interface Entry {
  id: string;
  label: string;
  note?: string;
  icon?: IconType;
  /** Where it leads; an action runs instead. */
  address?: string;
  run?: () => void;
  /** The keys that do the same. */
  keys?: string;
  /** Why it cannot be done now. */
  refusal?: string;
}
export interface Group {
  title: string;
  entries: Entry[];
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words in any order, case and accents aside. */
export function matches(text: string, wanted: string): boolean {
  const folded = fold(text);
  return fold(wanted)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** The parts of a text, those that were searched marked, for bold print. */
export function marked(text: string, wanted: string): { part: string; hit: boolean }[] {
  const word = wanted.trim().split(/\s+/)[0] ?? '';
  // Folding may change the length of a text; then nothing is marked rather than the wrong letters.
  const folded = fold(text);
  const at = word === '' || folded.length !== text.length ? -1 : folded.indexOf(fold(word));
  if (at === -1) return [{ part: text, hit: false }];
  return [
    { part: text.slice(0, at), hit: false },
    { part: text.slice(at, at + word.length), hit: true },
    { part: text.slice(at + word.length), hit: false },
  ].filter((one) => one.part !== '');
}

/** Whether a name begins with the first of the words that were typed; with what else was typed it matches anyway. */
function begins(label: string, wanted: string): boolean {
  const [first = ''] = fold(wanted.trim()).split(/\s+/);
  return fold(label).startsWith(first);
}

/**
 * The groups in the order of their match: first what has a name that begins with what was typed, then where it is found
 * further inside, last what cannot be done now. Of equal matches the order of the groups stands. A group that has some of
 * each stands there again.
 */
export function ranked(groups: readonly Group[], wanted: string): Group[] {
  const rank = ({ label, refusal }: Entry): number => (refusal !== undefined ? 2 : begins(label, wanted) ? 0 : 1);
  return [0, 1, 2].flatMap((wantedRank) =>
    groups
      .map((group) => ({ ...group, entries: group.entries.filter((entry) => rank(entry) === wantedRank) }))
      .filter((group) => group.entries.length > 0),
  );
}

export const narrow = (groups: Group[], wanted: string): Group[] =>
  groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => matches(entry.label, wanted)) }))
    .filter((group) => group.entries.length > 0);

/** The commands of the features as entries, with what is selected and why some cannot be used now (UI-07). */
export function actionsOf(
  commands: readonly PaletteCommand[],
  view: SessionView,
  onScreen: OnScreen | null,
  keysOf: (label: string) => string | undefined,
): Entry[] {
  return commands
    .filter((command) => command.may?.(view) ?? true)
    .map((command) => {
      if (command.on === undefined)
        return {
          ...named(command, t(command.label, command.words?.())),
          run: command.run,
          keys: keysOf(command.label),
        };
      const ids = onScreen?.list === command.on ? onScreen.ids() : [];
      const act = onScreen?.list === command.on ? onScreen.acts[command.id] : undefined;
      const refusal =
        act === undefined || ids.length === 0
          ? t('palette-select-first', { list: t(`nav-${command.on}`) })
          : act.refusal?.(ids);
      return {
        ...named(
          command,
          t(command.label, { ...command.words?.(), count: ids.length, number: format.number(ids.length) }),
        ),
        ...(typeof refusal === 'string' ? { refusal } : { run: () => act?.run(ids) }),
      };
    });
}

/** What every list can do, while there is none: said with the reason, so that nobody looks for it in vain. */
const OF_LISTS: readonly { id: string; label: string }[] = [
  { id: 'list.filter', label: 'palette-filter' },
  { id: 'list.columns', label: 'palette-columns' },
  { id: 'list.export', label: 'palette-export' },
  { id: 'list.view-save', label: 'list-views-save' },
];

/** What the page on screen offers, and what the frame around it does. */
export function offeredEntries(acts: readonly OfferedAct[]): { page: Entry[]; frame: Entry[] } {
  const entryOf = ({ id, label, icon, keys, run, refusal }: OfferedAct): Entry => ({
    id,
    label,
    ...(icon === undefined ? {} : { icon }),
    ...(keys === undefined ? {} : { keys }),
    ...(typeof refusal === 'string' ? { refusal } : { run }),
  });
  const page = acts.filter((act) => act.everywhere !== true).map(entryOf);
  const hasList = acts.some(({ id }) => id.startsWith('list.'));
  return {
    page,
    frame: [
      ...acts.filter((act) => act.everywhere === true).map(entryOf),
      ...(hasList ? [] : OF_LISTS.map(({ id, label }) => ({ id, label: t(label), refusal: t('palette-no-list') }))),
    ],
  };
}

const named = ({ id, icon }: PaletteCommand, label: string): Entry => ({
  id,
  label,
  ...(icon === undefined ? {} : { icon }),
});

/** What acts on a selection first, as long as there is one and nothing is typed. */
export const selectionFirst = (entries: readonly Entry[], acting: ReadonlySet<string>): Entry[] => [
  ...entries.filter((entry) => acting.has(entry.id) && entry.refusal === undefined),
  ...entries.filter((entry) => !acting.has(entry.id)),
  ...entries.filter((entry) => acting.has(entry.id) && entry.refusal !== undefined),
];
