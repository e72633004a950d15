import type plus from '@lucide/svelte/icons/plus';

/** A Lucide icon. Give it the class `icon` (16 px) or `icon sm` (14 px). */
export type IconType = typeof plus;
