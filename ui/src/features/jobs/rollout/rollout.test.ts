import { describe, expect, it } from 'vitest';
import type { Rollout } from '$wire/types';
import { formOfRollout, proposedRollout, rolloutOf, sharesOf, waveForm } from './rollout-form';

/** JOB-26 */
describe('a rollout', () => {
  const rollout: Rollout = {
    waves: [
      { size: { unit: 'groups', size: 1 }, proven_percent: 100, soak_minutes: 60 },
      { size: { unit: 'systems', size: 20 }, proven_percent: 95, soak_minutes: 2880 },
      { size: { unit: 'percent', size: 10 }, proven_percent: 90, soak_minutes: 45 },
      { size: { unit: 'percent', size: 10 }, proven_percent: 0, soak_minutes: 0 },
    ],
    threshold: { systems: 3, percent: null, act: 'stop' },
  };
  it('comes back from its form', () => {
    const form = formOfRollout(rollout);
    expect(form.waves.map(({ soak, soak_unit }) => [soak, soak_unit])).toEqual([
      [1, 'hours'],
      [2, 'days'],
      [45, 'minutes'],
      [0, 'hours'],
    ]);
    expect(rolloutOf(form)).toEqual(rollout);
    expect(rolloutOf({ ...form, act: 'none' }).threshold).toBeNull();
  });

  it('sends what its types hold, and nothing as what the core refuses', () => {
    const form = { ...formOfRollout(rollout), waves: [waveForm({ size: 3000, proven: -4, soak: null })] };
    expect(rolloutOf(form).waves).toEqual([
      { size: { unit: 'percent', size: 255 }, proven_percent: 0, soak_minutes: 0 },
    ]);
  });

  it('shows how many systems each wave takes', () => {
    const shares = (systems: number, groups: number): number[] =>
      sharesOf(proposedRollout(systems).waves, { systems, groups });
    expect(shares(151, 151)).toEqual([1, 16, 134]);
    // A customer with four systems each.
    expect(shares(160, 40)).toEqual([4, 16, 140]);
    expect(shares(5, 5)).toEqual([5]);
    expect(sharesOf([waveForm({ unit: 'systems', size: 90 })], { systems: 12, groups: 3 })).toEqual([12, 0]);
  });
});
