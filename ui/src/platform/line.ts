// Whether the host answers. A line that is lost is tried again, ever more slowly, until it does (CUS-43).

import type { ConnectionState } from './types';

const LIVE: ConnectionState = { kind: 'live' };
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** A host that has said nothing for so long is asked whether it is there. */
const SILENCE = 15_000;
/** A host that does not answer within this time is not there. */
const PATIENCE = 15_000;

/** One connection to the host, whatever it consists of. */
export class Line {
  #state: ConnectionState = LIVE;
  #answeredAt = Date.now();
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The try under way; a second one waits for it. */
  #trying: Promise<void> | null = null;
  readonly #changed = new Set<() => void>();
  readonly #reconnected = new Set<() => void>();
  readonly #open: () => Promise<void>;

  /** `open` resolves once the host answers, and everything is connected that has to be. */
  constructor(open: () => Promise<void>) {
    this.#open = open;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  }

  onReconnect(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => void this.#reconnected.delete(listener);
  }

  /** Something came from the host. */
  answered(): void {
    this.#answeredAt = Date.now();
  }

  /** Events may have been missed: whoever caches asks again. */
  missed(): void {
    this.#reconnected.forEach((listener) => listener());
  }

  /** Something failed that only fails without a host: it is asked at once, and given up only when that fails, too. */
  doubt(): void {
    if (this.#state.kind === 'live') void this.#try();
  }

  /** A person does not want to wait for the next try. */
  tryNow(): void {
    clearTimeout(this.#timer);
    this.#wait = FIRST_WAIT;
    void this.#try();
  }

  /** Looks after a line on which nothing is said, until the returned function is called. */
  watch(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && Date.now() - this.#answeredAt >= SILENCE) this.doubt();
    }, SILENCE);
    const offline = (): void => this.doubt();
    const online = (): void => {
      if (this.#state.kind === 'lost') this.tryNow();
    };
    window.addEventListener('offline', offline);
    window.addEventListener('online', online);
    return () => {
      clearInterval(timer);
      clearTimeout(this.#timer);
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
      this.#wait = FIRST_WAIT;
      this.#become(LIVE);
    };
  }

  async #try(): Promise<void> {
    this.#trying ??= this.#tryOnce().finally(() => (this.#trying = null));
    await this.#trying;
  }

  async #tryOnce(): Promise<void> {
    clearTimeout(this.#timer);
    const before = this.#state;
    if (before.kind === 'lost') this.#become({ ...before, next: null });
    try {
      await within(this.#open(), PATIENCE);
    } catch {
      const attempts = before.kind === 'lost' ? before.attempts + 1 : 1;
      const since = before.kind === 'lost' ? before.since : this.#answeredAt;
      this.#timer = setTimeout(() => void this.#try(), this.#wait);
      this.#become({ kind: 'lost', since, attempts, next: Date.now() + this.#wait });
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
      return;
    }
    this.answered();
    this.#wait = FIRST_WAIT;
    this.#become(LIVE);
    if (before.kind === 'lost') this.missed();
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.forEach((listener) => listener());
  }
}

function within(work: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
