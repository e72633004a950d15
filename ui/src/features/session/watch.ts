// When a session ends for want of a click, touch or key (ACC-10). Pure: time is passed in.

import type { SessionView } from '$wire/types';

type Ends = Pick<SessionView, 'at' | 'ends_at' | 'ends_at_latest'>;

/** The core hears of activity at most this often. */
export const TOUCH_EVERY = 20_000;
/** How long before the end the warning counts down. */
export const WARNING = 60_000;
/** While the end is near, the core is asked at most this often whether another window keeps the session alive. */
export const ASK_EVERY = 5_000;

export type WatchState = 'fine' | 'warning' | 'over';

/** Follows one session by the time that passes in this window (`elapsed`); the host's clock may differ. */
export class Watch {
  #deadline = 0;
  #latest = 0;
  #touched = 0;
  #updated = 0;
  #active = false;

  constructor(view: Ends, now: number) {
    this.touched(view, now);
  }

  /**
   * The core says when the session ends; somebody may have been active in another window. `now`: when it was asked, so that
   * an answer that was long on its way does not make the session longer.
   */
  updated(view: Ends, now: number): void {
    // How far the host's clock is ahead of this window's.
    const ahead = view.at - now;
    this.#latest = view.ends_at_latest - ahead;
    this.#deadline = view.ends_at - ahead;
    this.#updated = now;
  }

  /** The core heard of activity in this window, and says when the session ends now. */
  touched(view: Ends, now: number): void {
    this.updated(view, now);
    this.#touched = now;
    this.#active = false;
  }

  /**
   * Whether the core has to be asked before anything is shown: near the end, and not asked lately. The end itself is
   * only believed after an answer.
   */
  asks(now: number): boolean {
    const state = this.state(now);
    if (state === 'fine') return false;
    return now - this.#updated >= ASK_EVERY || (state === 'over' && this.#updated < this.#deadline);
  }

  /** A click, touch or key. True: tell the core now. */
  activity(now: number): boolean {
    this.#active = true;
    return this.due(now);
  }

  /** Whether activity waits to be reported; during the warning it does not wait. */
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
