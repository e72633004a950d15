import { WireError } from '$platform';
import { errorAction, errorText, technicalDetail } from '../i18n';

export interface Toast {
  id: number;
  kind: 'done' | 'problem';
  text: string;
  /** What a machine said of it; empty: nothing. */
  technical: string;
  undo?: () => unknown;
}

/** What just happened, told quietly (UI-04). A problem stays until it is closed. */
class Toasts {
  all = $state.raw<Toast[]>([]);
  #next = 1;

  done(text: string, options: { undo?: () => unknown; seconds?: number } = {}): void {
    const id = this.#show({ kind: 'done', text, technical: '', undo: options.undo });
    setTimeout(() => this.close(id), (options.seconds ?? (options.undo ? 10 : 5)) * 1000);
  }

  problem(thrown: unknown): void {
    const error = WireError.from(thrown);
    this.#show({
      kind: 'problem',
      text: [errorText(error), errorAction(error)].filter(Boolean).join(' · '),
      technical: technicalDetail(error),
    });
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
