// What the parts of the page on screen can do: the command palette reaches each of it (UI-07).

import { onDestroy, untrack } from 'svelte';
import type { IconType } from './components/icon';

export interface OfferedAct {
  id: string;
  /** Its words, in the language in force. */
  label: string;
  icon?: IconType;
  /** The keys that do the same. */
  keys?: string;
  run: () => void;
  /** Why it cannot be done now, in words. */
  refusal?: string | null;
  /** It belongs to the frame rather than to the page. */
  everywhere?: boolean;
}

class Offered {
  #sources = $state.raw<readonly (() => OfferedAct[])[]>([]);

  /** Everything that is offered now; what came last, the inner part of the page, first. */
  get all(): OfferedAct[] {
    const found = new Map<string, OfferedAct>();
    for (const acts of this.#sources.toReversed())
      for (const act of acts()) if (!found.has(act.id)) found.set(act.id, act);
    return [...found.values()];
  }

  /** Answers how to take them back. */
  provide(acts: () => OfferedAct[]): () => void {
    untrack(() => (this.#sources = [...this.#sources, acts]));
    return () => {
      untrack(() => (this.#sources = this.#sources.filter((one) => one !== acts)));
    };
  }
}
export const offered = new Offered();

/** For as long as the component lives, the palette reaches what it can do. Call it while the component is made. */
export function offer(acts: () => OfferedAct[]): void {
  onDestroy(offered.provide(acts));
}
