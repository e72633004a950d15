import type { IconType } from './icon';

export interface MenuItem {
  label: string;
  icon?: IconType;
  /** Keys that do the same, for the eye. */
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Makes it a choice: whether it is the one in force. */
  checked?: boolean;
  href?: string;
  onselect?: () => void;
}
/** An item, a line between groups, or the name of the group below it. */
export type MenuEntry = MenuItem | 'line' | { group: string };
