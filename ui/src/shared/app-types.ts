import type { Component } from 'svelte';
import type { SessionView } from '$wire/types';
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
}

/** Something the command palette can do (UI-03). */
export interface PaletteCommand {
  id: string;
  /** The key of its words. */
  label: string;
  icon?: IconType;
  may?: (session: SessionView) => boolean;
  run: () => void;
}
