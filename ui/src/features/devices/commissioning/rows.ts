// The preview, as a person corrects it: what each device gets, and which of them are left out (DEV-60, UI-08). Pure.

import type { CommissionDevice, CommissionPreview, CommissionRow, CommissionSettings, ErrorCode } from '$wire/types';

/** What a person has typed over the proposal for one device. */
export interface Correction {
  address?: string;
  host_name?: string;
}
export type Corrections = Readonly<Record<string, Correction>>;

/** One device of the preview. */
export interface Line {
  row: CommissionRow;
  address: string;
  host_name: string;
  /** Why it is left out; null: it gets what stands here. */
  left: ErrorCode | null;
}

/** Which part of a row a reason is about. */
export const isAboutAddress = (code: ErrorCode): boolean =>
  code === 'device.no-address-left' || code === 'device.address-unseen';
export const isAboutName = (code: ErrorCode): boolean => code === 'device.host-name' || code === 'field.taken';

/** The rows with what was corrected. A reason is gone once what it is about was corrected. */
export function linesOf(preview: CommissionPreview, settings: CommissionSettings, corrections: Corrections): Line[] {
  const ranged = settings.addressing.kind === 'range';
  const lines = preview.rows.map((row) => {
    const correction = corrections[row.system] ?? {};
    const address = ranged ? (correction.address ?? row.address) : '';
    const host_name = correction.host_name ?? row.host_name;
    const code = row.problem;
    const corrected =
      code === null ||
      (isAboutAddress(code) && address.trim() !== '') ||
      (code === 'device.host-name' && correction.host_name !== undefined);
    return { row, address, host_name, left: corrected ? null : code };
  });
  // A name that two would have is one's alone as soon as the other has a different one.
  const taken = new Set<string>();
  for (const { left, host_name } of lines) if (left === null && host_name !== '') taken.add(nameKey(host_name));
  for (const line of lines) {
    if (line.left !== 'field.taken') continue;
    if (line.host_name !== '' && taken.has(nameKey(line.host_name))) continue;
    line.left = null;
    taken.add(nameKey(line.host_name));
  }
  return lines;
}
const nameKey = (name: string): string => name.trim().toLowerCase();

/** The devices as they are sent. */
export const devicesOf = (lines: readonly Line[]): CommissionDevice[] =>
  lines
    .filter(({ left }) => left === null)
    .map(({ row, address, host_name }) => ({ id: row.system, address: address.trim(), host_name: host_name.trim() }));

/** How many of them get another address than they have. */
export const movedOf = (lines: readonly Line[]): number =>
  lines.filter(({ row, address, left }) => left === null && address !== '' && address.trim() !== row.host).length;

/** What stays corrected when other settings are proposed: what is about that which was not changed. */
export function keptCorrections(
  corrections: Corrections,
  before: CommissionSettings,
  after: CommissionSettings,
): Record<string, Correction> {
  const keepsAddresses = JSON.stringify(before.addressing) === JSON.stringify(after.addressing);
  const keepsNames = before.host_name === after.host_name;
  const kept: Record<string, Correction> = {};
  for (const [id, { address, host_name }] of Object.entries(corrections)) {
    const one: Correction = {
      ...(keepsAddresses && address !== undefined ? { address } : {}),
      ...(keepsNames && host_name !== undefined ? { host_name } : {}),
    };
    if (Object.keys(one).length > 0) kept[id] = one;
  }
  return kept;
}

/** The core takes so many at once. */
export const MOST_COMMISSIONED = 500;
