import type { Component } from 'svelte';
import type { ListName, SessionView } from '$wire/types';
import type { IconType } from './components/icon';

/** A page of a feature and the address it answers to. */
export interface Route {
  /** `/customers`, `/customers/:id`, `/customers/:id?` */
  path: string;
  /** The key of the page's name. */
  title: string;
  /** A page that takes nothing from its address declares no props. */
  component: () => Promise<{
    default: Component<{ params: Record<string, string> }> | Component<Record<string, never>>;
  }>;
  /** Who may open it; without: everyone signed in. The core decides in any case. */
  may?: (session: SessionView) => boolean;
  /** Of a page of one organization: where the same place of another one is, or of all of them (null). */
  elsewhere?: (organization: string | null, params: Record<string, string>) => string;
}

/** Something the command palette can do (UI-03, UI-07). */
export interface PaletteCommand {
  id: string;
  /** The key of its words, which take `words`; of one that acts on what is selected also `count` and `number`. */
  label: string;
  words?: () => Record<string, string>;
  icon?: IconType;
  /** Who may ever do it; who may not is not shown it. */
  may?: (session: SessionView) => boolean;
  /** It acts on what is selected in this list, by the act of its id that the page on screen has. */
  on?: ListName;
  /** Of a command that acts on nothing selected. */
  run?: () => void;
}
