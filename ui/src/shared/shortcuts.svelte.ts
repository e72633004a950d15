// Keys that act anywhere (UI-03). What is registered here is what `?` lists, so the two cannot differ.

export interface Shortcut {
  /** `mod+k`, `?`, `g d`: mod is Ctrl, on a Mac ⌘. Lower case. */
  keys: string;
  /** The key of its words. */
  label: string;
  /** Without: only listed, some part of the page answers to it. */
  run?: () => void;
}

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

  /** Answers how to take them back. */
  register(...shortcuts: Shortcut[]): () => void {
    this.all = [...this.all, ...shortcuts];
    return () => {
      this.all = this.all.filter((one) => !shortcuts.includes(one));
    };
  }

  /** Runs what the pressed keys stand for; what is typed into a field is text, unless Ctrl or ⌘ is held. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const command = onMac ? event.metaKey : event.ctrlKey;
    const target = event.target as HTMLElement | null;
    const typing =
      target !== null && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
    if (typing && !command) return;
    const pressed = `${command ? 'mod+' : ''}${event.key.toLowerCase()}`;
    const found = this.all.find((one) => one.run !== undefined && one.keys === pressed);
    if (found === undefined) return;
    event.preventDefault();
    found.run?.();
  }
}
export const shortcuts = new Shortcuts();
