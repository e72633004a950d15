// What is selected in the list on screen, and what its page can do with it: the command palette acts on it (UI-07).

import type { ListName } from '$wire/types';

/** One thing that a page can do with what is selected. */
export interface SelectedAct {
  run: (ids: string[]) => void;
  /** Why it cannot be done with these, in words; null: it can. */
  refusal?: (ids: string[]) => string | null;
}

/** What a page says while it is on screen. */
export interface OnScreen {
  list: ListName;
  /** The ids that an act is about: those that are ticked, or else the one that is open. */
  ids: () => string[];
  /** By the id of the palette's command. */
  acts: Readonly<Record<string, SelectedAct>>;
}

class Selected {
  current = $state.raw<OnScreen | null>(null);

  /** A page says what is selected on it; answers how to take it back. */
  provide(onScreen: OnScreen): () => void {
    this.current = onScreen;
    return () => {
      if (this.current === onScreen) this.current = null;
    };
  }

  /** The ids that are selected in this list, if it is the one on screen. */
  in(list: ListName): string[] {
    return this.current?.list === list ? this.current.ids() : [];
  }
}
export const selected = new Selected();

/** What is ticked, or else the one that is open. */
export const tickedOrOpen = (ticked: ReadonlySet<string>, open: string | null): string[] =>
  ticked.size > 0 ? [...ticked] : open === null || open === 'new' ? [] : [open];
