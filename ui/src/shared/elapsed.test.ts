import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elapsed } from './elapsed';

/** ACC-10 */
describe('the time that passes', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('goes on when the clock is set back, and by what a sleep has taken', () => {
    const start = elapsed();
    vi.advanceTimersByTime(1000);
    expect(elapsed() - start).toBe(1000);
    // The clock on the wall goes an hour back; a second later a second has passed.
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(elapsed() - start).toBe(1000);
    vi.advanceTimersByTime(1000);
    expect(elapsed() - start).toBe(2000);
    // Asleep only the clock on the wall goes on.
    vi.setSystemTime(Date.now() + 600_000);
    expect(elapsed() - start).toBe(602_000);
  });
});
