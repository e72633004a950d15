import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Line } from './line';

let there: boolean;
let tries: number;
let line: Line;
let missed: number;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-22T20:54:00Z') });
  there = true;
  tries = 0;
  missed = 0;
  line = new Line(() => {
    tries += 1;
    return there ? Promise.resolve() : Promise.reject(new Error('away'));
  });
  line.onReconnect(() => (missed += 1));
});
afterEach(() => vi.useRealTimers());

const flushed = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** CUS-43 */
describe('a line', () => {
  test('that is doubted for nothing stays live, and nothing was missed', async () => {
    line.doubt();
    await flushed();
    expect(tries).toBe(1);
    expect(line.state).toEqual({ kind: 'live' });
    expect(missed).toBe(0);
  });

  test('that is lost says since when the host has been silent, and how often it was tried', async () => {
    const since = Date.now();
    line.answered();
    await vi.advanceTimersByTimeAsync(4000);
    there = false;
    line.doubt();
    await flushed();
    expect(line.state).toEqual({ kind: 'lost', since, attempts: 1, next: Date.now() + 500 });
    await vi.advanceTimersByTimeAsync(500);
    expect(line.state).toEqual({ kind: 'lost', since, attempts: 2, next: Date.now() + 1000 });
    // A failure while it is lost is no reason to try more often.
    line.doubt();
    await flushed();
    expect(tries).toBe(2);
  });

  test('waits longer after every try, half a minute at most, and no more when a person asks', async () => {
    there = false;
    line.doubt();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    const { state } = line;
    expect(state.kind === 'lost' && state.next !== null && state.next - Date.now()).toBeLessThanOrEqual(30_000);
    const before = tries;
    there = true;
    line.tryNow();
    await flushed();
    expect(tries).toBe(before + 1);
    expect(line.state).toEqual({ kind: 'live' });
    expect(missed).toBe(1);
  });

  test('on which nothing is said is asked, and lost when nobody answers in time', async () => {
    const stop = line.watch();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(tries).toBe(0);
    const hanging = new Line(() => new Promise(() => undefined));
    const stopHanging = hanging.watch();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(tries).toBe(1);
    expect(hanging.state.kind).toBe('live');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(hanging.state.kind).toBe('lost');
    stopHanging();
    stop();
    expect(hanging.state.kind).toBe('live');
    const before = tries;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toBe(before);
  });

  test('is tried when the network is back', async () => {
    const stop = line.watch();
    there = false;
    window.dispatchEvent(new Event('offline'));
    await flushed();
    expect(line.state.kind).toBe('lost');
    there = true;
    window.dispatchEvent(new Event('online'));
    await flushed();
    expect(line.state.kind).toBe('live');
    stop();
  });
});
