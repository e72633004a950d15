/** Clocks that differ by less are the same. */
const SAME = 60_000;

/** The present moment for what is told relative to it. Ticks every five seconds, and only while somebody looks. */
class Now {
  #value = $state(Date.now());
  /** By how many milliseconds the host's clock is ahead of the machine's: in a copy at another date (LIC-54), or as it is set. */
  ahead = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    if (typeof document === 'undefined') return;
    const follow = (): void => {
      clearInterval(this.#timer);
      if (document.hidden) return;
      this.#value = Date.now();
      this.#timer = setInterval(() => (this.#value = Date.now()), 5000);
    };
    document.addEventListener('visibilitychange', follow);
    follow();
  }

  /** The host has just said what its clock says: its days are the ones that count. Less than a minute is the way of the answer. */
  heard(at: number): void {
    const ahead = at - Date.now();
    if (Math.abs(ahead - this.ahead) >= SAME) this.ahead = ahead;
  }

  get value(): number {
    return this.#value + this.ahead;
  }
}
export const now = new Now();
