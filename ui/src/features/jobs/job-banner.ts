// What is said of a job above everything else, and which acts belong beside it. Pure.

import type { JobAct, JobView } from '$wire/types';

export type BannerKind = 'approval' | 'paused' | 'held' | 'missed' | 'stopping' | 'failed' | 'problem';

export function bannerOf({ row, waves }: JobView): BannerKind | null {
  switch (row.state) {
    case 'awaiting_approval':
      return 'approval';
    case 'paused':
      return 'paused';
    case 'missed':
      return 'missed';
    case 'stopped':
      return row.counts.running > 0 ? 'stopping' : row.problem === null ? null : 'problem';
    case 'running':
      if (waves.some(({ state }) => state === 'held')) return 'held';
      return row.problem === null ? null : 'problem';
    default:
      if (row.problem === null) return null;
      return row.state === 'failed' ? 'failed' : 'problem';
  }
}

/** The acts beside a banner, the one that is meant last; those that are allowed alone. */
const BESIDE: Partial<Record<BannerKind, readonly JobAct[]>> = {
  approval: ['stop', 'approve'],
  paused: ['retry', 'stop', 'go_on', 'resume'],
  held: ['retry', 'stop', 'go_on'],
  missed: ['copy'],
  failed: ['retry'],
  problem: ['retry'],
};
/** Those at the head of the page, the first ones as buttons. */
const HEAD: readonly JobAct[] = ['approve', 'go_on', 'retry', 'pause', 'resume', 'copy', 'stop', 'delete'];

/** So many stand as buttons at the head; the others in a menu. */
const BUTTONS = 2;

export interface PlacedActs {
  banner: readonly JobAct[];
  buttons: readonly JobAct[];
  menu: readonly JobAct[];
}

export function placedActs(job: JobView): PlacedActs {
  const kind = bannerOf(job);
  const allowed = new Set(job.allowed);
  const banner = (kind === null ? [] : (BESIDE[kind] ?? [])).filter((act) => allowed.has(act));
  const others = HEAD.filter((act) => allowed.has(act) && !banner.includes(act));
  const shown: readonly JobAct[] = others.filter((act) => act !== 'delete' && act !== 'stop').slice(0, BUTTONS);
  return { banner, buttons: shown, menu: others.filter((act) => !shown.includes(act)) };
}
