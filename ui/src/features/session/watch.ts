// When a session ends for want of a click, touch or key (ACC-10). Pure: time is passed in.

import type { SessionView } from '$wire/types';

type Ends = Pick<SessionView, 'timeout_minutes' | 'ends_at' | 'ends_at_latest'>;

const MINUTE = 60_000;
/** Activity is told to the core at most this often. */
export const TOUCH_EVERY = 20_000;
/** How long before the end the warning counts down. */
export const WARNING = 60_000;

export type WatchState = 'fine' | 'warning' | 'over';

/** Follows one session by the clock of this window; the host's clock may differ. */
export class Watch {
  #deadline = 0;
  #latest = 0;
  #touched = 0;
  #active = false;
  /** How far the host's clock is ahead of this window's. */
  #ahead = 0;

  constructor(view: Ends, now: number) {
    this.renewed(view, now);
  }

  /** The core has said anew when the session ends. */
  renewed(view: Ends, now: number): void {
    const timeout = view.timeout_minutes * MINUTE;
    // Unless the last hour counts, the end is the timeout from now, by the host's clock.
    if (view.ends_at < view.ends_at_latest) this.#ahead = view.ends_at - timeout - now;
    this.#latest = view.ends_at_latest - this.#ahead;
    this.#deadline = Math.min(now + timeout, this.#latest);
    this.#touched = now;
    this.#active = false;
  }

  /** A click, touch or key. True: tell the core now. */
  activity(now: number): boolean {
    this.#active = true;
    return this.due(now);
  }

  /** Whether activity waits to be told; during the warning it does not wait. */
  due(now: number): boolean {
    if (!this.#active || this.state(now) === 'over') return false;
    return now - this.#touched >= TOUCH_EVERY || this.state(now) === 'warning';
  }

  state(now: number): WatchState {
    const left = this.#deadline - now;
    return left <= 0 ? 'over' : left <= WARNING ? 'warning' : 'fine';
  }

  secondsLeft(now: number): number {
    return Math.max(0, Math.ceil((this.#deadline - now) / 1000));
  }

  /** Whether staying is in nobody's hands: the session has lasted as long as any may. */
  get final(): boolean {
    return this.#deadline >= this.#latest;
  }
}
