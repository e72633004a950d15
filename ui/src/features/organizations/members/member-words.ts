// The words of members (ORG-13). Pure.

import type { WireError } from '$platform';
import { format, problemOf, t } from '$shared/i18n';
import type { MemberRole, MemberRow } from '$wire/types';

export const ROLES: readonly MemberRole[] = ['owner', 'admin', 'operator', 'viewer'];
const DAY = 86_400_000;
/** Whoever was seen this little ago is there. */
const ONLINE = 120_000;

export const roleName = (role: MemberRole): string => t(`organizations-role-${role}`);
/** Whether members of this role have every folder, without grants. */
export const hasEveryFolder = (role: MemberRole): boolean => role === 'owner' || role === 'admin';

/** What is wrong with the folders of a form; that there are none says which choice is missing. */
export const foldersProblem = (error: WireError | null): string | undefined =>
  error?.fields.some(({ field, code }) => field === 'folders' && code === 'field.required') === true
    ? t('members-folders-choose')
    : problemOf(error?.fields ?? [], 'folders');

export const nameOf = (row: Pick<MemberRow, 'name' | 'email'>): string => row.name || row.email;

/** The folders of a member in one line. */
export function foldersText(row: Pick<MemberRow, 'every_folder' | 'folders' | 'other_folders'>): string {
  if (row.every_folder) return t('members-every-folder');
  const names = row.folders.map((folder) => folder.name);
  if (row.other_folders > 0)
    names.push(t('members-other-folders', { count: row.other_folders, number: format.number(row.other_folders) }));
  return names.length === 0 ? t('members-no-folder') : names.join(', ');
}

/** Where a membership comes from; of a label, which. */
export function originText(row: Pick<MemberRow, 'origin' | 'labels'>): string {
  return row.origin === 'label' && row.labels.length > 0
    ? t('members-label', { labels: row.labels.join(', ') })
    : t(`choice-members-origin-${row.origin}`);
}

/** How long an invitation is still valid, in whole days that have begun. */
export function daysLeft(expires: number, now: number): string {
  if (now >= expires) return t('members-ended');
  const days = Math.ceil((expires - now) / DAY);
  return t('members-days-left', { count: days, number: format.number(days) });
}

/** When somebody was last there. */
export function seenText(seen: number | null, now: number): string {
  if (seen === null) return '–';
  return now - seen < ONLINE ? t('members-online') : format.dateTime(seen);
}

/**
 * Where the workspace is reached, for the text of an invitation: a browser knows, and a program that joined it; a window at the machine
 * itself does not.
 */
export function placeOf(kind: 'desktop' | 'web', origin: string, joined: string): string | null {
  if (kind === 'web') return origin;
  return joined === '' ? null : `https://${joined}`;
}
