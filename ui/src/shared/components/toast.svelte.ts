import { WireError } from '$platform';
import { connection } from '../connection.svelte';
import { errorAction, errorText, technicalDetail } from '../i18n';

export interface Toast {
  id: number;
  kind: 'done' | 'problem';
  text: string;
  /** What a machine said of it; empty: nothing. */
  technical: string;
  /** The host did not answer: what the banner says for as long as it does not. */
  away: boolean;
  undo?: () => unknown;
}

/**
 * What just happened, told quietly (UI-04). A problem stays until it is closed. That the host cannot be reached stands in the
 * banner while the connection is lost, and is over when it is back (CUS-43).
 */
class Toasts {
  all = $state.raw<Toast[]>([]);
  /** Those that say what the banner does not say. */
  readonly shown = $derived(connection.live ? this.all : this.all.filter(({ away }) => !away));
  #next = 1;

  done(text: string, options: { undo?: () => unknown; seconds?: number } = {}): void {
    const id = this.#show({ kind: 'done', text, technical: '', away: false, undo: options.undo });
    setTimeout(() => this.close(id), (options.seconds ?? (options.undo ? 10 : 5)) * 1000);
  }

  problem(thrown: unknown): void {
    const error = WireError.from(thrown);
    this.#show({
      kind: 'problem',
      text: [errorText(error), errorAction(error)].filter(Boolean).join(' · '),
      technical: technicalDetail(error),
      away: error.code === 'host.unreachable',
    });
  }

  /** The host answers again. */
  back(): void {
    this.all = this.all.filter(({ away }) => !away);
  }

  close(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  #show(toast: Omit<Toast, 'id'>): number {
    const id = this.#next;
    this.#next += 1;
    this.all = [...this.all.slice(-3), { id, ...toast }];
    return id;
  }
}
export const toast = new Toasts();
