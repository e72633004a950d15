// Systems without a network, and hardware that carries licences: what their states say and lead to (LIC-40, LIC-51). Pure.

import type {
  EnteredSystem,
  HardwareState,
  OfflinePlan,
  OfflinePlanLine,
  OfflineState,
  OfflineSystemRow,
} from '$wire/types';
import type { Tone } from './status';

/** The place of the product in the address of the assistant, where the file says which it is. */
export const ANY_PRODUCT = '-';

const TONES: Record<OfflineState, Tone> = {
  requested: 'care',
  pending: 'care',
  licensed: 'good',
  lapsed: 'bad',
  returned: 'plain',
  lost: 'plain',
};
export const offlineTone = (state: OfflineState): Tone => TONES[state];
export const hardwareTone = (state: HardwareState): Tone => (state === 'active' ? 'good' : 'plain');

/** What can be done with a system. */
export type OfflineAct = 'issue' | 'save' | 'confirmed' | 'returned' | 'lapse';

/** In the order of the menu; `today` decides whether a file can lapse. */
export function offlineActs(row: OfflineSystemRow, today: string): OfflineAct[] {
  const acts: OfflineAct[] = [];
  if (row.waits) acts.push('issue');
  if (row.state === 'pending') acts.push('save', 'confirmed');
  if (row.state === 'pending' && row.expires !== null && today > row.expires) acts.push('lapse');
  if (row.state !== 'returned') acts.push('returned');
  return acts;
}

/** Its licence file was issued, and nothing has come back from it yet. */
export const awaitsConfirmation = ({ state, waits }: OfflineSystemRow): boolean => state === 'pending' && !waits;

/** Systems that still count. */
export const isListed = ({ state }: OfflineSystemRow): boolean => state !== 'returned';

/** Systems that hardware can be built into: those that are there. */
export const counts = ({ state }: OfflineSystemRow): boolean => state !== 'returned' && state !== 'lost';

/** The systems that one may stand in for: those that have taken licences in. */
export const replaceable = (rows: readonly OfflineSystemRow[], system: string): OfflineSystemRow[] =>
  rows.filter((row) => row.id !== system && row.state === 'licensed' && row.holds.length > 0);

/** What a file would have in all. */
export const total = (plan: Pick<OfflinePlan, 'lines' | 'kept'>): number =>
  [...plan.lines, ...plan.kept].reduce((sum, { quantity }) => sum + quantity, 0);

/** Whether a file can be issued: it covers what is needed, and has something in it. */
export const canIssue = (plan: OfflinePlan | undefined): boolean =>
  plan !== undefined && plan.missing.length === 0 && total(plan) > 0;

/** Where the licences of a line come from, by its word. */
export const sourceKey = (line: OfflinePlanLine, kept: boolean): string =>
  kept && line.source !== 'replaced' ? 'licences-offline-source-kept' : `licences-offline-source-${line.source}`;

/** What a person enters of a file that is not Flotilla's own. */
export interface EnteredForm {
  system: string;
  version: string;
  /** One a line. */
  hardware: string;
  needs: Record<string, number | null>;
  reference: string;
}

export const emptyForm = (): EnteredForm => ({ system: '', version: '', hardware: '', needs: {}, reference: '' });

export const enteredOf = (form: EnteredForm): EnteredSystem => ({
  system: form.system.trim(),
  version: form.version.trim(),
  hardware: form.hardware
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  needs: Object.entries(form.needs)
    .filter((need): need is [string, number] => need[1] !== null && need[1] > 0)
    .map(([licence_type, quantity]) => ({ licence_type, quantity })),
  reference: form.reference.trim(),
});
