import { platform } from '$platform';
import type { TestClockView } from '$wire/types';
import { format, now } from './i18n';
import { joined } from './joined.svelte';

/** A copy of the workspace at another date, which is thrown away when it is left (LIC-54). Only on the desktop. */
class TestClock {
  /** Whether a copy is in force. */
  running = $state(false);
  /** Whether a date is being chosen. */
  choosing = $state(false);

  /** Its present date. */
  get date(): string {
    return format.dayOf(now.value);
  }

  /** What the host says of itself; null: no copy is in force. */
  take(view: TestClockView | null): void {
    this.running = view !== null;
    now.ahead = view?.ahead ?? 0;
  }

  /** Whether a copy can be opened here: of the own workspace, on this machine. */
  get offered(): boolean {
    return platform().kind === 'desktop' && joined.place === null;
  }

  async goTo(date: string): Promise<void> {
    await platform().goToDate(date);
    this.choosing = false;
    joined.exchanges += 1;
  }

  async leave(): Promise<void> {
    await platform().leaveDate();
    joined.exchanges += 1;
  }
}
export const testClock = new TestClock();
