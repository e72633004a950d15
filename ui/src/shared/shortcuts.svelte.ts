// Keys that act anywhere (UI-03). What is registered here is what `?` lists, so the two cannot differ.

import { untrack } from 'svelte';

export interface Shortcut {
  /** `mod+k`, `?`, `g c`: mod is Ctrl, on a Mac ⌘; with a space between, one after the other. Lower case. */
  keys: string;
  /** The key of its words. */
  label: string;
  /** What its words name. */
  words?: () => Record<string, string>;
  /** Without: only listed, some part of the page answers to it. */
  run?: () => void;
}

/** The second key of two comes within so many milliseconds. */
const SEQUENCE = 1500;

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** How a combination is written on this machine. */
export function keyNames(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key === 'mod' ? (onMac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key))
    .join(onMac ? '' : ' ');
}

class Shortcuts {
  all = $state.raw<readonly Shortcut[]>([]);
  /** The first key of two, and when it was pressed. */
  #first: { key: string; at: number } | null = null;

  /** Answers how to take them back. */
  register(...shortcuts: Shortcut[]): () => void {
    // Who registers in an effect does not depend on what others register.
    untrack(() => (this.all = [...this.all, ...shortcuts]));
    return () => {
      untrack(() => (this.all = this.all.filter((one) => !shortcuts.includes(one))));
    };
  }

  /**
   * Runs what the pressed keys stand for. What is typed into a field is text, and what is pressed in a dialog or a menu is
   * its own, unless Ctrl or ⌘ is held.
   */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const command = onMac ? event.metaKey : event.ctrlKey;
    if (!command && (isTyping(event.target) || isOverPage(event.target))) return;
    const key = event.key.toLowerCase();
    // Shift comes before the letter that it makes.
    if (key === 'shift') return;
    const first = this.#first;
    this.#first = null;
    if (!command && first !== null && event.timeStamp - first.at <= SEQUENCE && this.#run(`${first.key} ${key}`, event))
      return;
    if (this.#run(`${command ? 'mod+' : ''}${key}`, event) || command) return;
    if (this.all.some((one) => one.run !== undefined && one.keys.startsWith(`${key} `)))
      this.#first = { key, at: event.timeStamp };
  }

  #run(keys: string, event: KeyboardEvent): boolean {
    const found = this.all.find((one) => one.run !== undefined && one.keys === keys);
    if (found === undefined) return false;
    event.preventDefault();
    found.run?.();
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button', 'submit'].includes(target.type))
    return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** A dialog is open, or the target is in something that lies over the page. */
function isOverPage(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return target instanceof Element && target.closest('[data-floating], [role="menu"], [role="listbox"]') !== null;
}

export const shortcuts = new Shortcuts();
