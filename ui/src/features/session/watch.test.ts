import { describe, expect, it } from 'vitest';
import { ASK_EVERY, TOUCH_EVERY, Watch } from './watch';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A session of a host whose clock is `ahead` of the window's. */
const view = (now: number, ahead = 0, latest = 12 * HOUR) => ({
  at: now + ahead,
  ends_at: Math.min(now + ahead + 5 * MINUTE, ahead + latest),
  ends_at_latest: ahead + latest,
});

/** ACC-10 */
describe('the watch over a session', () => {
  it.each([0, 7 * MINUTE, -7 * MINUTE])('warns in the last minute, whatever the clocks say (%i)', (ahead) => {
    const watch = new Watch(view(0, ahead), 0);
    expect(watch.state(4 * MINUTE - 1)).toBe('fine');
    expect(watch.state(4 * MINUTE)).toBe('warning');
    expect(watch.secondsLeft(4 * MINUTE + 18_000)).toBe(42);
    expect(watch.state(5 * MINUTE)).toBe('over');
  });

  it('tells the core of activity at most every 20 s, and of the last one too', () => {
    const watch = new Watch(view(0), 0);
    expect(watch.activity(5_000)).toBe(false);
    expect(watch.due(TOUCH_EVERY - 1)).toBe(false);
    expect(watch.due(TOUCH_EVERY)).toBe(true);
    watch.touched(view(TOUCH_EVERY), TOUCH_EVERY);
    expect(watch.due(10 * TOUCH_EVERY)).toBe(false);
    expect(watch.activity(10 * TOUCH_EVERY)).toBe(true);
  });

  it('does not wait during the warning, and does nothing after the end', () => {
    const watch = new Watch(view(0), 0);
    watch.touched(view(0), 0);
    expect(watch.activity(4 * MINUTE + 30_000)).toBe(true);
    expect(watch.activity(5 * MINUTE)).toBe(false);
  });

  it('ends after twelve hours, touched or not', () => {
    const start = 12 * HOUR - 3 * MINUTE;
    const watch = new Watch(view(start - 5 * MINUTE), start - 5 * MINUTE);
    watch.touched(view(start), start);
    expect(watch.final).toBe(true);
    expect(watch.state(12 * HOUR - 1)).toBe('warning');
    expect(watch.state(12 * HOUR)).toBe('over');
  });

  it('believes the end only after the core was asked, and goes on when another window was used', () => {
    const watch = new Watch(view(0), 0);
    expect(watch.asks(4 * MINUTE - 1)).toBe(false);
    expect(watch.asks(4 * MINUTE)).toBe(true);
    // Somebody was active elsewhere a minute ago.
    watch.updated({ ...view(3 * MINUTE), at: 4 * MINUTE }, 4 * MINUTE);
    expect(watch.state(4 * MINUTE)).toBe('fine');
    expect(watch.state(7 * MINUTE)).toBe('warning');
    watch.updated({ ...view(3 * MINUTE), at: 8 * MINUTE - 1 }, 8 * MINUTE - 1);
    expect(watch.asks(8 * MINUTE - 1 + ASK_EVERY - 1)).toBe(true);
    watch.updated({ ...view(3 * MINUTE), at: 8 * MINUTE }, 8 * MINUTE);
    expect(watch.asks(8 * MINUTE)).toBe(false);
    expect(watch.state(8 * MINUTE)).toBe('over');
  });
});
