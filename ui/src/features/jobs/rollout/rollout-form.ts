// In which waves a job does its systems, as a person fills it in (JOB-26). Pure.

import type { Rollout, ThresholdAct, WaveSize } from '$wire/types';

export type SizeUnit = WaveSize['unit'];
export type SoakUnit = 'minutes' | 'hours' | 'days';
const MINUTES: Record<SoakUnit, number> = { minutes: 1, hours: 60, days: 1440 };
export const SOAK_UNITS: readonly SoakUnit[] = ['minutes', 'hours', 'days'];

/** One of all waves but the last, with what it has to come to before the next one begins. */
export interface WaveForm {
  unit: SizeUnit;
  size: number | null;
  proven: number | null;
  soak: number | null;
  soak_unit: SoakUnit;
}

export interface RolloutForm {
  waves: WaveForm[];
  /** `none`: all are done, whatever becomes of them. */
  act: ThresholdAct | 'none';
  systems: number | null;
  percent: number | null;
}

/** The most waves before the last one, as the core has it. */
export const MOST_WAVES = 10;

export const waveForm = (more: Partial<WaveForm> = {}): WaveForm => ({
  unit: 'percent',
  size: 10,
  proven: 95,
  soak: 24,
  soak_unit: 'hours',
  ...more,
});

/** Fewer than these are one wave: a trial would be most of it. */
const FEW = 10;

/** What is proposed for so many systems: a trial, a tenth, then the rest (DEV-21). */
export function proposedRollout(systems: number): RolloutForm {
  const threshold = { act: 'pause', systems: 3, percent: 20 } as const;
  if (systems < FEW) return { waves: [], ...threshold, systems: 1, percent: null };
  return { waves: [waveForm({ unit: 'groups', size: 1, proven: 100, soak: 1 }), waveForm()], ...threshold };
}

/** What the wire takes: whole, and not more than its type holds. Nothing is 0, which the core refuses in its words. */
const whole = (value: number | null, most: number): number => Math.min(most, Math.max(0, Math.round(value ?? 0)));
const BYTE = 255;
const WORD = 4_294_967_295;

export function rolloutOf({ waves, act, systems, percent }: RolloutForm): Rollout {
  return {
    waves: waves.map((wave) => ({
      size: { unit: wave.unit, size: whole(wave.size, wave.unit === 'percent' ? BYTE : WORD) },
      proven_percent: whole(wave.proven, BYTE),
      soak_minutes: whole((wave.soak ?? 0) * MINUTES[wave.soak_unit], WORD),
    })),
    threshold:
      act === 'none'
        ? null
        : {
            act,
            systems: systems === null ? null : whole(systems, WORD),
            percent: percent === null ? null : whole(percent, BYTE),
          },
  };
}

/** Minutes in the largest unit that says them whole. */
function soakOf(minutes: number): Pick<WaveForm, 'soak' | 'soak_unit'> {
  const soak_unit: SoakUnit =
    minutes > 0 && minutes % MINUTES.days === 0 ? 'days' : minutes % MINUTES.hours === 0 ? 'hours' : 'minutes';
  return { soak: minutes / MINUTES[soak_unit], soak_unit };
}

export const formOfRollout = ({ waves, threshold }: Rollout): RolloutForm => ({
  waves: waves.map(({ size, proven_percent, soak_minutes }) => ({
    ...size,
    proven: proven_percent,
    ...soakOf(soak_minutes),
  })),
  act: threshold?.act ?? 'none',
  systems: threshold === null ? 3 : threshold.systems,
  percent: threshold === null ? 20 : threshold.percent,
});

/** How many systems there are, in how many customers or devices that are never split. */
export interface Extent {
  systems: number;
  groups: number;
}

/** How many systems each wave takes, the last one with what is left; where groups differ in size that is about. */
export function sharesOf(waves: readonly WaveForm[], { systems, groups }: Extent): number[] {
  const shares: number[] = [];
  let left = systems;
  for (const { unit, size } of waves) {
    const wanted =
      unit === 'percent'
        ? Math.ceil((systems * (size ?? 0)) / 100)
        : unit === 'systems'
          ? (size ?? 0)
          : Math.round(((size ?? 0) * systems) / Math.max(1, groups));
    const share = Math.min(left, Math.max(0, wanted));
    shares.push(share);
    left -= share;
  }
  return [...shares, left];
}
